"""`fsm-language` with every logger at its most talkative; with FAILING, an engine that breaks over some notes.

FAILING=raise quotes the note in an error, as a library might; FAILING=kill ends the process, as want of memory does.
"""

from __future__ import annotations

import logging
import os
import signal
import sys

from fsm_language_cli import main

import fsm_language.linter

logging.basicConfig(level=1)


def failing(document, _measures=fsm_language.linter.measures):
    if "Quillfeather" in document.text:
        if os.environ["FAILING"] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise ValueError(document.text)
    return _measures(document)


# the workers' processes read this file too, so the engine fails in them as well
if "FAILING" in os.environ:
    fsm_language.linter.measures = failing

if __name__ == "__main__":
    main(sys.argv[1:])
