"""The command line: fsm-language."""

from fsm_language_cli.run import main

__all__ = ["main"]
