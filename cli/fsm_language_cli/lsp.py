"""`fsm-language lsp`: the language server, for editors; the same as `fsm-language-server`."""

from fsm_language_lsp import main as command

__all__ = ["command"]
