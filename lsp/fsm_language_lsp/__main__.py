"""Run the language server: `python -m fsm_language_lsp`."""

from fsm_language_lsp import main

main()
