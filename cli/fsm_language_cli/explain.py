"""`fsm-language explain`: why a rule is there, who recommends it, and what to write instead."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from fsm_language.glossary import Acronym
from fsm_language.nearest import nearest
from fsm_language.packs import Pack, load
from fsm_language.rule import Rule
from fsm_language_cli.options import configuration, plain_errors, settings_options

WIDTH = 90


def known_rules(_context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the rules whose ids begin as typed, for the shell to offer."""
    return [CompletionItem(rule.id, help=rule.message) for rule in load().rules if rule.id.startswith(begun)]


@click.command()
@click.argument("rule", shell_complete=known_rules)
@settings_options
def command(rule: str, config: Path | None, **flags: Any) -> None:
    """Explain a rule: why, who says so, and what to write instead. Also explains an acronym, such as CIN."""
    with plain_errors():
        settings = configuration((), config, **flags).for_path("")
        pack = load(settings.packs)
        found = find_rule(pack, rule)
        click.echo("\n".join(_rule(found) if isinstance(found, Rule) else _acronym(found)))


def find_rule(pack: Pack, name: str) -> Rule | Acronym:
    """Return the rule with the id `name`, or the acronym that is written so. Raises `ClickException`."""
    for rule in pack.rules:
        if rule.id == name:
            return rule
    for acronym in pack.glossary:
        if name.casefold() in (spelling.casefold() for spelling in (acronym.acronym, *acronym.variants)):
            return acronym
    likely = nearest(name, [rule.id for rule in pack.rules])
    raise click.ClickException(
        f"There is no rule or acronym “{name}”{likely or '; `fsm-language rules list` shows them'}"
    )


def _rule(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}  ({rule.category}, {rule.level}{'' if rule.enabled else ', switched off'})"
    yield ""
    yield from _paragraph(rule.message)
    yield from _paragraph(rule.why)
    yield f"It serves practice that is {rule.principle}."
    if rule.tags:
        yield f"Tags: {', '.join(rule.tags)}"
    yield ""
    if rule.ask:
        yield "Questions to ask yourself"
        yield from (f"  {question}" for question in rule.ask)
        yield ""
    found = [example for example in rule.examples if example.fine is None]
    let_be = [example for example in rule.examples if example.fine is not None]
    if found:
        yield "Found"
        for example in found:
            yield f"  {example.note}"
            if example.becomes is not None:
                yield f"    → {example.becomes}"
        yield ""
    if let_be:
        yield "Let be"
        yield from (f"  {example.note}  ({example.fine})" for example in let_be)
        yield ""
    yield "Who recommends it"
    for source in rule.sources:
        yield f"  {source.publisher}, {source.title}"
        yield f"  {source.url}"
    yield ""
    yield f"Switch it off:  --ignore {rule.id},  or under “ignore:” in .fsm-language.yaml"


def _acronym(acronym: Acronym) -> Iterator[str]:
    yield f"{acronym.acronym}: {' or '.join(acronym.expansions)}"
    yield ""
    yield from _paragraph(acronym.plain)
    if acronym.ambiguous:
        yield "It may stand for something else: write it out."
    elif acronym.common:
        yield "Most people know it."


def _paragraph(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH)
    yield ""
