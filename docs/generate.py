"""Writes the pages that say what the program says itself; with --check, only says which are out of date."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import click
import screenshot

from fsm_language import Example, Pack, Rule, Source, load
from fsm_language.guards import GUARDS
from fsm_language.packs import rule_files, shipped
from fsm_language.rulefile import read
from fsm_language.wording import readable

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py. Change the program, not this page. -->\n\n"
SIGNS = re.compile(r"([\\`*_\[\]<>|#])")
RULES_INTRO = """\
# The rules, topic by topic

What fsm-language looks for, why, and who recommends otherwise. Each topic is a page to read, and a file in `rules/` to
change; [writing-rules.md](writing-rules.md) says how. What lets wording be is in [guards.md](guards.md), the acronyms
are in [glossary.md](glossary.md).

A `warning` rests on several publishers who agree. A `suggestion` is gentler: fewer say so, opinions differ, or only the
writer can know.

| topic | rules | about |
| --- | --- | --- |
"""
GUARDS_INTRO = """\
# Guards

Guards are named tests of the words around a match. A rule asks for them by name: `unless` lets the wording be when one
of them holds, `only` counts it when all of them do. Those that need to know who does what may ask the parser; they come
after the others, and only in the sentences where it matters.

| guard | holds when |
| --- | --- |
"""
GLOSSARY_INTRO = """\
# Glossary

What the letters in case notes stand for, and what that means in words a parent or a child would use. Where there are
several meanings, fsm-language asks which one you mean. `fsm-language explain CIN` tells the same in a terminal.

| acronym | stands for | plain meaning |
| --- | --- | --- |
"""
ACQUITTALS = {
    "exceptions": "the rule names this as an exception",
    "within": "the words that would make it count are not there",
    "without": "other words in the sentence make it right",
    "phrases": "nothing here to find",
}


def cli_page() -> str:
    """Return docs/cli.md: every command and what it says of itself."""
    from fsm_language_cli.commands import cli

    return "# The command line\n\n" + "\n".join(_command(cli, "fsm-language", None))


def _command(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    settings = {**command.context_settings, "terminal_width": 88}
    context = click.Context(command, parent, info_name=name.rpartition(" ")[2], **settings)
    yield f"## {name}\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from _command(found, f"{name} {below}", context)


@cache
def _pack() -> Pack:
    return load()


@cache
def _topics() -> dict[str, tuple[str, str, list[Rule]]]:
    """Return, by the name of its file, each topic that has rules: its title, what it is about, its rules."""
    found = {}
    for file in rule_files([shipped()]):
        rules = [rule for rule in _pack().rules if rule.file == file.name]
        if rules:
            content = read(file)[1]
            found[file.stem] = (str(content["topic"]), " ".join(str(content.get("about", "")).split()), rules)
    return dict(sorted(found.items(), key=lambda item: item[1][0]))


def rules_page() -> str:
    """Return docs/rules.md: the topics, and how many rules each has."""
    rows = [
        f"| [{title}](rules/{name}.md) | {len(rules)} | {_plain(about)} |\n"
        for name, (title, about, rules) in _topics().items()
    ]
    return f"{RULES_INTRO}{''.join(rows)}\n{len(_pack().rules)} rules in {len(rows)} topics.\n"


def topic_page(name: str) -> str:
    """Return a page of docs/rules/: a topic, and each of its rules with an example found and one let be."""
    title, about, rules = _topics()[name]
    head = f"# {title}\n\n{_plain(about)}\n\n[All topics](../rules.md) · written in `rules/{name}.yaml`\n"
    return "\n".join([head, *("\n".join(_rule(rule)) for rule in rules)])


def _rule(rule: Rule) -> Iterator[str]:
    off = " · off unless you switch it on" * (not rule.enabled)
    yield f"## {rule.id}\n"
    yield f"{rule.level} · {rule.category} · {rule.principle}{off}\n"
    yield f"**{_plain(rule.message)}**\n"
    yield f"{_plain(rule.why)}\n"
    if rule.suggest:
        yield f"- Try: {' / '.join(_plain(readable(template)) for template in rule.suggest)}"
    yield from (f"- Ask: {_plain(question)}" for question in rule.ask)
    found = sorted((e for e in rule.examples if e.fine is None), key=lambda e: e.becomes is None)
    let_be = sorted((e for e in rule.examples if e.fine is not None), key=lambda e: e.fine not in GUARDS)
    yield from (f"- Found: {_found(example)}" for example in found[:1])
    yield from (f"- Let be: {_let_be(example)}" for example in let_be[:1])
    yield f"- Who recommends it: {'; '.join(map(_source, rule.sources))}"
    yield ""


def _found(example: Example) -> str:
    return _plain(example.note) + (f" → {_plain(example.becomes)}" if example.becomes is not None else "")


def _let_be(example: Example) -> str:
    fine = str(example.fine)
    reason = f"[{fine}](../guards.md)" if fine in GUARDS else ACQUITTALS[fine]
    return f"{_plain(example.note)} ({reason})"


def _source(source: Source) -> str:
    url = source.url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{_plain(source.title)}]({url}), {_plain(source.publisher)}"


def _plain(text: str) -> str:
    """Return `text` on one line, with nothing in it that Markdown would obey."""
    return " ".join(SIGNS.sub(r"\\\1", text).split())


def guards_page() -> str:
    """Return docs/guards.md: every guard and what it means."""
    return GUARDS_INTRO + "".join(f"| `{name}` | {_plain(guard.meaning)} |\n" for name, guard in GUARDS.items())


def glossary_page() -> str:
    """Return docs/glossary.md: every acronym, what it stands for, and what that means in plain words."""
    rows = (
        f"| {_plain(acronym.acronym)} | {_plain(' or '.join(acronym.expansions))} | {_plain(acronym.plain)} |\n"
        for acronym in sorted(_pack().glossary, key=lambda acronym: (acronym.acronym.casefold(), acronym.acronym))
    )
    return GLOSSARY_INTRO + "".join(rows)


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "rules.md": rules_page,
    "guards.md": guards_page,
    "glossary.md": glossary_page,
    screenshot.FILE: screenshot.picture,
}


def pages() -> dict[str, Callable[[], str]]:
    """Return every page that is written, by its path in docs/, and what writes it."""
    return {**PAGES, **{f"rules/{name}.md": partial(topic_page, name) for name in _topics()}}


def main() -> int:
    """Write every page, or with --check return 1 when one is out of date."""
    stale: list[str] = []
    written = pages()
    for name, page in written.items():
        file, content = DOCS / name, NOTE + page()
        if file.exists() and file.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            file.parent.mkdir(exist_ok=True)
            file.write_text(content, encoding="utf-8", newline="\n")
    for file in (DOCS / "rules").glob("*.md"):
        if (name := f"rules/{file.name}") not in written:
            stale.append(name)
            if "--check" not in sys.argv:
                file.unlink()
    for name in stale:
        print(f"docs/{name} " + ("is out of date: run python docs/generate.py" if "--check" in sys.argv else "written"))
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
