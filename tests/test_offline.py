"""No note, and nothing about one, ever goes near a network."""

from __future__ import annotations

import json
import subprocess
import sys

BLOCKED = """
import json, os, socket, sys

def refused(*_arguments, **_options):
    sys.stderr.write("NETWORK")
    sys.stderr.flush()
    os._exit(3)

class NoSocket(socket.socket):
    connect = connect_ex = sendto = sendmsg = refused

socket.socket = NoSocket
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = socket.gethostbyname_ex = refused
socket.gethostbyaddr = socket.create_server = refused
"""
NOTE = (
    "Home visit, Tuesday.\\n\\nWe met in the kitchen, and in the end the one who had been waiting so patiently failed "
    "to engage with the LAC review. The boiler, which the landlord mended twice, kicked off again. "
    "Mum refused to attend "
    "the CIN meeting, and dad is hard to reach."
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKED + code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_the_block_itself_works():
    done = run("import urllib.request\nurllib.request.urlopen('http://example.org')")
    assert (done.returncode, done.stderr) == (3, "NETWORK")


def test_no_web_client_comes_with_the_parser_until_somebody_asks_for_spacys_own_command_line():
    done = run(
        f"""
from fsm_language import Linter
Linter().check("{NOTE}")
clients = {{"http.client", "httpx", "requests", "ssl", "urllib3"}}
print(json.dumps({{"parser": "spacy" in sys.modules, "clients": sorted(clients & set(sys.modules)),
                  "version": sys.modules["spacy"].info(silent=True)["spacy_version"]}}))
"""
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["parser"]
    assert told["clients"] == []
    assert told["version"].startswith("3.")


def test_a_note_is_checked_with_context_and_measures_and_no_network():
    done = run(
        f"""
from fsm_language import Linter
report = Linter().check("{NOTE}")
report.corrected()
print(json.dumps({{"rules": [f.rule.id for f in report.findings], "measures": dict(report.measures),
                  "parser": "spacy" in sys.modules}}))
"""
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rules"]
    assert told["parser"]
    assert told["measures"]["words"] > 40
