"""Our phrases as a style for Vale, so that both can be asked to do the same work.

    python benchmarks/vale.py FOLDER

Guards, bending suggestions and what is said about a finding have no counterpart there: only the phrases go over, as
regular expressions, one Vale rule for each of ours.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from fsm_language import Pack, load
from fsm_language.phrases import Item, parse

BETWEEN = r"[\s-]+"
ANY_WORD = r"[\w'’]+"
INI = """StylesPath = styles
MinAlertLevel = suggestion

[*.txt]
BasedOnStyles = CaseNotes
"""


def expression(items: Sequence[Item]) -> str:
    """Return a regular expression for the words of a phrase."""
    parts = [(one(item), item.kind) for item in items if item.kind != "mark"]
    written = ""
    for part, kind in parts:
        if kind == "gap":
            written += part
        elif kind == "maybe":
            written += f"(?:{BETWEEN}{part})?" if written else f"(?:{part}{BETWEEN})?"
        else:
            written += f"{BETWEEN}{part}" if written and not written.endswith(f"{BETWEEN})?") else part
    return written


def one(item: Item) -> str:
    """Return a regular expression for one part of a phrase."""
    if item.kind in ("word", "brace"):
        return f"(?:{'|'.join(sorted(map(spelling, item.keys), key=len, reverse=True))})"
    if item.kind == "star":
        return ANY_WORD
    if item.kind == "gap":
        return rf"(?:[^\w.!?]+{ANY_WORD}){{0,{item.most}}}"
    return f"(?:{'|'.join(map(expression, item.branches))})"


def spelling(key: str) -> str:
    """Return a regular expression for a word as phrases know it."""
    return re.escape(key[:-1]) + "['’]?t" if key.endswith("nt") else re.escape(key).replace("'", "['’]")


def export(pack: Pack, folder: Path) -> int:
    """Write a Vale configuration and style into `folder`; return how many phrases are in it."""
    style = folder / "styles" / "CaseNotes"
    style.mkdir(parents=True)
    (folder / ".vale.ini").write_text(INI, encoding="utf-8")
    count = 0
    for rule in pack.rules:
        tokens = [expression(parse(phrase, pack.words)) for phrase in rule.phrases]
        if tokens:
            written = {
                "extends": "existence",
                "message": "%s",
                "level": rule.level,
                "ignorecase": True,
                "tokens": tokens,
            }
            # JSON is YAML
            (style / f"{rule.id.replace('.', '-')}.yml").write_text(json.dumps(written), encoding="utf-8")
            count += len(tokens)
    return count


if __name__ == "__main__":
    print(f"{export(load(), Path(sys.argv[1]))} phrases")
