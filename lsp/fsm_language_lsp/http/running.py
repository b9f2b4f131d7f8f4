"""Running the service until it is told to stop."""

import contextlib
import os
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import uvicorn

from fsm_language.settings import SettingsError
from fsm_language_lsp.connection.quiet import quiet
from fsm_language_lsp.http.limits import PromptProtocol
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.request import BYTES
from fsm_language_lsp.http.service import Service

FINISHING = 30  # seconds that what was taken may need to be finished
HEADERS = 16_384  # bytes
BACKLOG = 512  # connections that may wait to be taken


def run(options: Options, say: Callable[[str], None]) -> None:
    """Serve until a signal says stop, then finish what was taken; `say` tells where, once all is ready.

    Raises `OSError` when the address cannot be listened on, `SettingsError` when a certificate cannot be used, and
    `RuleError`, `SettingsError` or `ModelError` when there is nothing to check with.
    """
    quiet()
    certificate, key = options.certificate or (None, None)
    if certificate and key:
        check_certificate(certificate, key)
    with listening(options) as listener:
        address = _address(options, listener)
        service = Service(options, ready=lambda: say(f"Ready at {address} (stop with Ctrl+C)"))
        config = uvicorn.Config(
            service.app(),
            ssl_certfile=certificate,
            ssl_keyfile=key,
            http=PromptProtocol,
            ws="websockets-sansio",
            ws_max_size=options.most_text * BYTES,
            h11_max_incomplete_event_size=HEADERS,
            limit_concurrency=options.most_open,
            timeout_graceful_shutdown=FINISHING,
            access_log=False,
            log_config=None,
            server_header=False,
        )
        with contextlib.suppress(KeyboardInterrupt, SystemExit):  # uvicorn has stopped by then
            uvicorn.Server(config).run(sockets=[listener])
    if service.failure is not None:
        raise service.failure


def check_certificate(certificate: Path, key: Path) -> None:
    """Raise `SettingsError` when TLS cannot be served with these files."""
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except OSError as error:
        reason = (
            "these are not a certificate and its key, in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        )
        raise SettingsError(f"{certificate}, {key}: {reason}") from None


def listening(options: Options) -> socket.socket:
    """Return a socket that listens where `options` say. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        listener = socket.create_server((options.host, options.port), family=family, backlog=BACKLOG)
        # an answer goes out in two parts, and the second would wait 40 ms for word that the first has come
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        raise OSError(
            error.errno,
            f"cannot be listened on ({os.strerror(error.errno or 0)}); choose another with --port",
            f"{options.host}:{options.port}",
        ) from None
    return listener


def _address(options: Options, listener: socket.socket) -> str:
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http{'s' * bool(options.certificate)}://{host}:{listener.getsockname()[1]}/"
