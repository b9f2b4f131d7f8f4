"""`fsm-language serve` with every logger at its most talkative; with FAILING, an engine that breaks over some notes."""

from __future__ import annotations

import logging
import os

from fsm_language_cli import main

import fsm_language.linter

logging.basicConfig(level=1)


def failing(document, _measures=fsm_language.linter.measures):
    if "Quillfeather" in document.text:
        raise ValueError(document.text)
    return _measures(document)


# the workers' processes read this file too, so the engine fails in them as well
if "FAILING" in os.environ:
    fsm_language.linter.measures = failing

if __name__ == "__main__":
    main(["serve", "--port", "0", "--workers", "1"])
