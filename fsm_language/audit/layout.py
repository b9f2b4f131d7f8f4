"""What a row of a journal is made of, to tell those of another version, or of another program, before they are used."""

from collections.abc import Iterator, Mapping

WORDS, MAYBE, NUMBER = (str,), (str, type(None)), (int,)
ROW: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("findings", "notices", "hidden"), (list,)),
    **dict.fromkeys(("measures", "groups"), (dict,)),
    **dict.fromkeys(("id", "error", "date", "team", "audience"), MAYBE),
    "name": WORDS,
}
FINDING: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("rule", "category", "level", "message", "fingerprint", "wording"), WORDS),
    **dict.fromkeys(("start", "end", "line", "column"), NUMBER),
    "suggestions": (list,),
}
ENDS: dict[str, tuple[type, ...]] = dict.fromkeys(("end_line", "end_column"), NUMBER)  # rows came to have them late


def amiss(row: object, *, ends: bool) -> str | None:
    """Return what `row` lacks, or has in another form than a row has it, None where nothing is.

    `ends` asks for where findings end, which formats need and figures do not.
    """
    return next(_amiss(row, {**FINDING, **ENDS} if ends else FINDING), None)


def _amiss(row: object, of_finding: Mapping[str, tuple[type, ...]]) -> Iterator[str]:
    if not isinstance(row, dict):
        yield "all of it"
        return
    yield from (key for key in ROW if not isinstance(row.get(key, ...), ROW[key]))
    if row["error"] is None and not isinstance(row["measures"].get("words"), int | float):
        yield "measures.words"
    for finding in row["findings"]:
        if not isinstance(finding, dict):
            yield "findings"
            return
        yield from (f"findings.{key}" for key in of_finding if not isinstance(finding.get(key, ...), of_finding[key]))
