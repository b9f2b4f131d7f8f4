"""Our categories and rules in LanguageTool's terms, by which its clients choose colours and say what something is."""

from fsm_language import Rule

# the identifiers are LanguageTool's own; clients know no others
CATEGORY_IDS = {
    "blaming": "STYLE",
    "judgemental": "STYLE",
    "jargon": "PLAIN_ENGLISH",
    "acronym": "PLAIN_ENGLISH",
    "readability": "PLAIN_ENGLISH",
}
CATEGORY_NAMES = {
    "blaming": "Words that blame",
    "judgemental": "Words that judge",
    "jargon": "Words of the office",
    "acronym": "Letters that need explaining",
    "readability": "Ease of reading",
}
ISSUE_TYPE = "style"  # of all of them: nothing here is a mistake


def of_whole_text(rule: Rule) -> bool:
    """Whether a rule asks about the text as a whole, and not about a sentence or a paragraph by itself."""
    return rule.category == "acronym" or rule.check == "reading-age"
