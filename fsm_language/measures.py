"""Figures about a note."""

from fsm_language.document import Document


def measures(document: Document) -> dict[str, float]:
    """Return figures about a note."""
    return {}
