"""What is said of a finding to the person who wrote the words."""

from collections.abc import Iterator

from fsm_language.finding import Finding
from fsm_language.formats.wording import advice

NAME = "fsm-language"


def comment(finding: Finding) -> str:
    """Return message, better wordings, questions and who recommends it, a line each."""
    return "\n".join((advice(finding), *recommended(finding)))


def recommended(finding: Finding) -> Iterator[str]:
    """Yield a line that names the publishers who recommend what a finding says, if any."""
    if publishers := dict.fromkeys(source.publisher for source in finding.rule.sources):
        yield f"Recommended by: {', '.join(publishers)}"
