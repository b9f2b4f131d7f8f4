"""Who may ask the service and who may not, what it takes on, and that no word of a note leaves it another way."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, repeat
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from fsm_language_cli.commands import cli
from fsm_language_lsp.http.limits import Pace
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.problem import Problem
from fsm_language_lsp.http.security import HEADERS
from serving import TALKATIVE, served
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from fsm_language.settings import SettingsError

TOKEN = "a0b1c2d3e4f5a6b7c8d9"  # noqa: S105  # of a service that lives for a test
RECORDS = "https://records.example.org"
CANARY = "Zebulon Quillfeather"
NOTE = {"text": f"{CANARY} failed to attend."}


@pytest.fixture(scope="module")
def guarded():
    """A service with a token, an origin, and small limits."""
    limits = ("--seconds", "3", "--most-waiting", "2", "--most-open", "12", "--most-text", "60000")
    origins = ("--origin", RECORDS, "--origin", "moz-extension://", "--name", "notes.example.org")
    with served("--workers", "1", *limits, *origins, env={**os.environ, "FSM_LANGUAGE_TOKEN": TOKEN}) as running:
        running.client.headers["authorization"] = f"Bearer {TOKEN}"
        yield running


# Requests that break a rule: what is sent besides a note, and what comes back.
REFUSED = {
    "a name that is not ours (DNS rebinding)": ({"host": "evil.example"}, 421),
    "our address as part of another name": ({"host": "127.0.0.1.evil.example"}, 421),
    "a name that is none": ({"host": "[::1"}, 421),
    "another page": ({"origin": "https://evil.example"}, 403),
    "a page without a name": ({"origin": "null"}, 403),
    "a page that begins as one of ours": ({"origin": f"{RECORDS}.evil.example"}, 403),
    "an allowed page without TLS": ({"origin": "http://records.example.org"}, 403),
    "an add-on of another browser": ({"origin": "chrome-extension://abcdefgh"}, 403),
    "an image in another page": ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
    "no token": ({"authorization": ""}, 401),
    "a wrong token": ({"authorization": f"Bearer {TOKEN[:-1]}x"}, 401),
    "a token beyond ASCII": ({"authorization": "Bearer ключ".encode()}, 401),
    "another scheme": ({"authorization": f"Basic {TOKEN}"}, 401),
}
ALLOWED = {
    "the token": {},
    "localhost": {"host": "localhost:8081"},
    "IPv6": {"host": "[::1]:8081"},
    "a name given": {"host": "notes.example.org"},
    "the page of the service": {"host": "localhost:8081", "origin": "http://localhost:8081"},
    "the page behind a proxy that does TLS": {"host": "notes.example.org", "origin": "https://notes.example.org"},
    "a page that was let in": {"origin": RECORDS},
    "an add-on that was let in": {"origin": "moz-extension://0f8fad5b-d9cb-469f-a165-70867728950e"},
}


@pytest.mark.parametrize(("headers", "status"), REFUSED.values(), ids=REFUSED)
def test_who_may_not_ask_is_told_so_in_a_sentence(guarded, headers, status):
    answer = guarded.client.post("/check", json=NOTE, headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"].endswith((".", "."))
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("headers", ALLOWED.values(), ids=ALLOWED)
def test_who_may_ask_is_answered(guarded, headers):
    answer = guarded.client.post("/check", json=NOTE, headers=headers)
    assert answer.status_code == 200
    elsewhere = headers.get("origin") if "host" not in headers else None
    assert answer.headers.get("access-control-allow-origin") == elsewhere
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/check", "/v2/check", "/lsp", "/nowhere", "/"])
def test_a_browser_is_told_what_a_page_may_ask(guarded, path):
    asked = {
        "origin": RECORDS,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,authorization",
        "access-control-request-private-network": "true",
        "authorization": "",
    }
    answer = guarded.client.request("OPTIONS", path, headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == RECORDS
    assert answer.headers["access-control-allow-headers"] == "content-type,authorization"
    assert answer.headers["access-control-allow-private-network"] == "true"
    refused = guarded.client.request("OPTIONS", path, headers={**asked, "origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "access-control-allow-private-network" not in refused.headers


def test_options_without_a_page_is_answered_too(guarded):
    """Word's add-in asks so first, and LanguageTool's own server answers it with an error."""
    assert guarded.client.request("OPTIONS", "/v2/check", headers={"authorization": ""}).status_code == 204


def test_the_token_may_stand_in_the_address(guarded):
    with httpx.Client(base_url=f"{guarded.address}/key/{TOKEN}", timeout=60) as client:
        assert client.post("/check", json=NOTE).status_code == 200
        assert client.get("/v2/languages").status_code == 200
        assert client.get("/").status_code == 200
    with httpx.Client(base_url=f"{guarded.address}/key/wrong", timeout=60) as client:
        assert client.post("/check", json=NOTE).status_code == 401
        assert client.get("/rules").status_code == 401


def test_only_what_holds_no_note_and_no_rule_is_open(guarded):
    with httpx.Client(base_url=guarded.address, timeout=60) as client:
        opened = [path for path in ("/", "/health", "/openapi.json", "/static/page.js") if client.get(path).is_success]
        closed = ["/rules", "/rules/blaming.failed-to", "/glossary", "/v2/languages", "/v2/words", "/v2/info", "/check"]
        assert opened == ["/", "/health", "/openapi.json", "/static/page.js"]
        assert {client.get(path).status_code for path in closed} == {401}


def test_every_answer_has_the_headers_that_keep_a_page_safe(guarded):
    for path in ("/", "/check", "/nowhere", "/static/page.js"):
        headers = guarded.client.get(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS


def raw(service, sent, *more):
    """What comes back for bytes that no client would send, until the service closes the connection."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
        connection.sendall(sent)
        for piece in more:
            try:
                connection.sendall(piece)
            except ConnectionError:
                break
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
                if b"\r\n\r\n" in received and b"content-length: 0" in received.lower():
                    break
        except ConnectionError:
            pass
        return received


HEAD = f"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n".encode()
CHUNK = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


def asking(line):
    return f"{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()


def with_body(body):
    return HEAD + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


# What was sent, and the status that came back; None is a connection that was closed without a word.
HOSTILE = {
    "not HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "no host": (b"POST /check HTTP/1.1\r\n\r\n", 400),
    "no host, HTTP/1.0": (b"GET /health HTTP/1.0\r\n\r\n", 421),
    "two hosts": (b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
    "a head of 100 kB": (HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n", 400),
    "a length that is no number": (HEAD + b"Content-Length: ten\r\n\r\n", 400),
    "a length in Arabic figures": (HEAD + "Content-Length: ١٠\r\n\r\n".encode(), 400),
    "a question that is no text": (
        b"GET /v2/words?\xa2=\xff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + f"Authorization: Bearer {TOKEN}\r\n\r\n".encode(),
        400,
    ),
    "two lengths": (HEAD + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", 400),
    "a length below nothing": (HEAD + b"Content-Length: -5\r\n\r\n", 400),
    "a length of ten gigabytes": (HEAD + b"Content-Length: 10000000000\r\n\r\n", 413),
    "chunks without end": (chain([HEAD + b"Transfer-Encoding: chunked\r\n\r\n"], repeat(CHUNK, 64)), 413),
    "a chunk of no size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
    "a body that does not come": (HEAD + b"Content-Length: 50\r\n\r\n{", 408),
    "a head that does not come": (b"POST /check HTTP/1.1\r\nHost: local", None),
    "nothing at all": (b"", None),
    "half a letter": (with_body(b'{"text": "\xff\xfe"}'), 400),
    "half a pair of surrogates": (with_body(rb'{"text": "\ud83d failed to attend"}'), 200),
    "the other half": (with_body(rb'{"text": "Mum failed to attend \ude00", "unit": "utf-8"}'), 200),
    "a null character": (with_body(rb'{"text": "Mum\u0000 failed to attend"}'), 200),
    "brackets 100,000 deep": (with_body(b"[" * 100_000), 400),
    "an object 50,000 deep": (with_body(b'{"text":' * 50_000), 400),
    "a number of 50,000 figures": (with_body(b'{"text": ' + b"9" * 50_000 + b"}"), 400),
    "no number": (with_body(b'{"text": NaN}'), 400),
    "a long name of a key": (with_body(b'{"' + b"k" * 50_000 + b'": 1}'), 400),
    "a path out of the folder": (asking("GET /static/../../options.py"), 404),
    "the same in disguise": (asking("GET /static/%2e%2e/%2e%2e/options.py"), 404),
    "another server's address": (asking("GET http://evil.example/rules"), 401),
    "a method nobody knows": (asking("BREW /check"), 401),
    "a tunnel": (asking("CONNECT evil.example:443"), 401),
}


@pytest.mark.parametrize(("sent", "status"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_malformed_huge_slow_or_hostile_gets_an_answer_and_nothing_else(guarded, sent, status):
    pieces = iter([sent] if isinstance(sent, bytes) else sent)
    answer = raw(guarded, next(pieces), *pieces)
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    assert (int(found[1]) if found else None) == status, answer[:200]
    assert guarded.client.get("/health").status_code == 200


def test_more_connections_than_are_taken_are_turned_away(guarded):
    address = ("127.0.0.1", guarded.port)
    answers = []
    with ExitStack() as connections:  # each stays open when it has been answered
        for _ in range(20):
            connection = connections.enter_context(socket.create_connection(address, timeout=60))
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answers.append(connection.recv(65536)[:12])
    assert answers[0] == b"HTTP/1.1 200"
    assert set(answers) == {b"HTTP/1.1 200", b"HTTP/1.1 503"}


def test_a_note_that_takes_too_long_is_given_up_and_the_next_is_checked():
    endless = "Mum, who had been asked, failed to attend the CIN review and is hard to reach. " * 25_000
    with served("--workers", "1", "--seconds", "3", "--most-text", "3000000") as hurried:
        answer = hurried.check(endless)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert hurried.check("Mum failed to attend.").json()["findings"]


@pytest.mark.parametrize(
    ("host", "headers"),
    [("localhost", {"origin": "https://evil.example"}), ("evil.example", {}), ("localhost", {"authorization": "x"})],
    ids=["page", "name", "token"],
)
def test_a_websocket_is_guarded_as_everything_else(guarded, host, headers):
    given = {"authorization": f"Bearer {TOKEN}", **headers}
    line = socket.create_connection(("127.0.0.1", guarded.port), timeout=60)
    with line, pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{host}/lsp", sock=line, additional_headers=given)
    assert refused.value.response.status_code == 403


def test_too_many_requests_from_one_address_are_told_when_to_come_back():
    now = [0.0]
    pace = Pace(6, lambda: now[0])
    for _ in range(6):
        pace.count("one")
    with pytest.raises(Problem) as refused:
        pace.count("one")
    assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "10"})
    pace.count("another")
    now[0] = 10.0
    pace.count("one")


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"host": "0.0.0.0"}, "clients must show a token"),  # noqa: S104
        ({"host": "192.0.2.7"}, "clients must show a token"),
        ({"host": "notes.example.org"}, "clients must show a token"),
        ({"token": "short"}, "16 letters and figures or more"),
        ({"token": "a token with/slashes and spaces"}, "16 letters and figures or more"),
        ({"host": "::", "token": TOKEN}, "say with --name"),
    ],
    ids=str,
)
def test_the_service_does_not_start_when_it_would_be_open(choices, says):
    with pytest.raises(SettingsError, match=says):
        Options(**choices)


@pytest.mark.parametrize("choices", [{"names": ("notes.example.org",)}])
def test_rules_are_not_tried_for_people_elsewhere_without_a_token(choices):
    assert not Options(**choices).private
    assert Options(token=TOKEN, **choices).private


def talk(service):
    """Everything that a client might send, with a name in it, right and wrong."""
    client = service.client
    client.post("/check", json=NOTE)
    client.post("/check", json={**NOTE, CANARY: 1})
    client.post("/check", json={**NOTE, "unit": CANARY})
    client.post("/check", content=f'{{"text": "{CANARY}')
    client.post("/check", json={"text": f"{CANARY} " * 20_000})
    client.post("/v2/check", data=NOTE)
    client.post("/v2/check", data={"data": CANARY})
    client.post("/v2/words/add", data={"word": CANARY})
    client.post("/rules/try", json={"rule": CANARY, **NOTE})
    client.get("/v2/check", params=NOTE)
    client.get(f"/{CANARY}")
    client.get("/glossary", params={"q": CANARY})
    client.get(f"/rules/{CANARY}")
    with connect(service.address.replace("http", "ws") + "/lsp") as editor:
        document = {"uri": "untitled:note", "languageId": "plaintext", "version": 1, **NOTE}
        for message in (
            {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
            {"method": "textDocument/didOpen", "params": {"textDocument": document}},
            {"method": CANARY, "params": NOTE},
            {"method": "textDocument/didOpen", "params": NOTE},
        ):
            editor.send(json.dumps({"jsonrpc": "2.0", **message}))
        editor.send(f"no JSON: {CANARY}")
        while "publishDiagnostics" not in editor.recv(timeout=120):
            pass


@pytest.mark.parametrize("environment", [{}, {"FAILING": "raise"}], ids=["sound", "failing"])
def test_no_word_of_a_note_is_logged_even_when_everything_is(environment):
    with served("--workers", "1", command=TALKATIVE, env={**os.environ, **environment}) as service:
        answer = service.check(**NOTE)
        assert answer.status_code == (500 if environment else 200)
        if environment:
            assert answer.json() == {
                "error": "The note could not be checked (ValueError). Please tell the makers of fsm-language."
            }
        talk(service)
        service.process.terminate()
        said, logged = service.process.communicate(timeout=60)
    assert "Quillfeather" not in said + logged


def test_what_was_taken_is_finished_when_the_service_is_stopped():
    long = "Mum, who had been asked, failed to attend the CIN review and is hard to reach. " * 60
    with served("--workers", "1", "--most-waiting", "2") as service, ThreadPoolExecutor(3) as threads:
        answers = [threads.submit(service.check, long) for _ in range(3)]
        while service.client.get("/v2/healthcheck").status_code != 503:
            assert not any(answer.done() for answer in answers)
        refused = service.check("One more.")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        service.process.send_signal(signal.SIGTERM)
        assert [answer.result().status_code for answer in answers] == [200, 200, 200]
        service.process.wait(timeout=60)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", service.port))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--certificate", "README.md", "--key", "README.md"], "these are not a certificate and its key, in PEM"),
        (["--certificate", "none.pem", "--key", "README.md"], "none.pem, README.md: No such file or directory"),
        (["--certificate", "README.md"], "TLS needs both --certificate and --key."),
        (["--port", "TAKEN"], "cannot be listened on (Address already in use); choose another with --port"),
        (["--token-file", "none.txt"], "none.txt: No such file or directory"),
    ],
    ids=["no PEM", "no file", "no key", "taken", "no token"],
)
def test_what_keeps_the_service_from_starting_is_said(arguments, says, monkeypatch):
    monkeypatch.chdir(Path(__file__).parent.parent)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        given = [str(taken.getsockname()[1]) if argument == "TAKEN" else argument for argument in arguments]
        done = CliRunner().invoke(cli, ["serve", *given])
    assert done.exit_code != 0
    assert says in done.output


def test_tls_is_served_with_a_certificate(tmp_path):
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    subprocess.run(
        [*made, "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    with served("--workers", "1", "--certificate", str(certificate), "--key", str(key)) as service:
        trusting = ssl.create_default_context(cafile=str(certificate))
        answer = httpx.get(f"https://localhost:{service.port}/health", verify=trusting, timeout=60)
        assert answer.json()["status"] == "ok"
