"""`fsm-language rules`: what the rules are, whether they prove themselves, and a start for a new one."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import click
import yaml

from fsm_language.formats.wording import many
from fsm_language.linter import Linter
from fsm_language.nearest import nearest
from fsm_language.packs import load
from fsm_language.rule import CATEGORIES, LEVELS, Rule
from fsm_language_cli.explain import known_rules
from fsm_language_cli.options import configuration, plain_errors, settings_options
from fsm_language_cli.run import FINDINGS

NEW = """\
topic: {topic}
about: What this file is about, in a sentence.
sources:
  our-guidance:
    title: The page or document
    publisher: Who published it
    url: https://example.org/our-guidance
rules:
  - id: {id}
    category: {category}
    level: suggestion
    principle: collaborative
    phrases:
      - "{{fail}} to (attend|come)"
    suggest: ["{{not $2}}"]
    ask: ["What got in the way?"]
    message: What these words may do to the person who reads them one day, in a sentence.
    why: Why it matters, in a sentence or two.
    sources: [our-guidance]
    unless: [quoted, negated, service_subject]
    examples:
      - note: "Mum failed to attend the review."
        becomes: "Mum did not attend the review."
      - note: "Dad fails to come."
        becomes: "Dad does not come."
      - note: "“She failed to attend,” said her sister."
        fine: quoted
      - note: "We failed to attend."
        fine: service_subject
"""


@click.group()
def command() -> None:
    """List, show, test and begin rules."""


@command.command("list")
@click.option("--category", type=click.Choice(CATEGORIES), help="Only this category.")
@click.option("--tag", metavar="TAG", help="Only rules with this tag.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@settings_options
def list_rules(category: str | None, tag: str | None, form: str, **flags: Any) -> None:
    """List the rules: id, level and what each says."""
    with plain_errors():
        rules = [
            rule for rule in _rules(**flags) if category in (None, rule.category) and (tag is None or tag in rule.tags)
        ]
    if form == "json":
        click.echo(json.dumps([_plain(rule) for rule in rules], ensure_ascii=False, indent=2))
        return
    widest = max((len(rule.id) for rule in rules), default=0)
    level = max(map(len, LEVELS))
    for rule in rules:
        off = "" if rule.enabled else "(off) "
        click.echo(f"{rule.id:<{widest}}  {rule.level:<{level}}  {off}{rule.message}")
    click.echo(f"{many(len(rules), 'rule')}.")


@command.command("show")
@click.argument("rule", shell_complete=known_rules)
@settings_options
def show_rule(rule: str, **flags: Any) -> None:
    """Show a rule as it is written, and where."""
    with plain_errors():
        found = _chosen(_rules(**flags), rule)
        click.echo(f"# {found.file}:{found.line}")
        click.echo(yaml.safe_dump([_plain(found)], allow_unicode=True, sort_keys=False, width=110), nl=False)


@command.command("test")
@click.argument("rule", required=False, shell_complete=known_rules)
@settings_options
@click.pass_context
def test_rules(context: click.Context, /, rule: str | None, **flags: Any) -> None:
    """Run the rules' own examples. Exit status: 0 all hold, 1 some do not, 2 the rules cannot be read."""
    from fsm_language.examples import prove

    with plain_errors():
        linter = Linter(configuration((), **flags).for_path(""))
        rules = linter.pack.rules if rule is None else (_chosen(linter.pack.rules, rule),)
        failures = 0
        for tested in rules:
            for failure in prove(tested, linter):
                click.echo(f"{tested.file}:{tested.line}: {failure}")
                failures += 1
    examples = sum(len(tested.examples) for tested in rules)
    outcome = "all hold" if not failures else f"{many(failures, 'does', 'do')} not hold"
    click.echo(f"{many(len(rules), 'rule')}, {many(examples, 'example')}: {outcome}.")
    context.exit(FINDINGS if failures else 0)


NEW_HELP = """Print a rule file to begin with, such as for ID blaming.no-show; send it to a file of your pack.

\b
fsm-language rules new blaming.no-show > our-rules/visits.yaml
fsm-language rules test --pack our-rules blaming.no-show
"""


@command.command("new", help=NEW_HELP)
@click.argument("rule_id", metavar="ID")
def new_rule(rule_id: str) -> None:
    """Print a rule file to begin with."""
    from fsm_language.rulefile import RULE_ID

    if not RULE_ID.fullmatch(rule_id):
        raise click.ClickException("An id is a category, a full stop and a name in small letters: blaming.no-show")
    category, name = rule_id.split(".", 1)
    if category not in CATEGORIES:
        raise click.ClickException(f"There is no category “{category}”{nearest(category, CATEGORIES)}")
    click.echo(NEW.format(id=rule_id, category=category, topic=name.replace("-", " ").capitalize()), nl=False)


@command.command("schema")
def schema() -> None:
    """Print a JSON schema of rule files, so that editors complete and check them."""
    from fsm_language.rule_schema import rule_schema

    click.echo(json.dumps(rule_schema(), ensure_ascii=False, indent=2))


def _rules(**flags: Any) -> tuple[Rule, ...]:
    return load(configuration((), **flags).for_path("").packs).rules


def _chosen(rules: Iterable[Rule], name: str) -> Rule:
    known = {rule.id: rule for rule in rules}
    if name not in known:
        raise click.ClickException(f"There is no rule “{name}”{nearest(name, known)}")
    return known[name]


def _plain(rule: Rule) -> dict[str, Any]:
    """Return a rule as it might be written: what is empty left out, sources by key."""
    row = {key: value for key, value in asdict(rule).items() if value not in ((), {}, "", None)}
    for key in ("file", "line", "topic"):
        row.pop(key, None)
    row["sources"] = [source.key for source in rule.sources]
    row["examples"] = [
        {key: value for key, value in asdict(example).items() if value is not None} for example in rule.examples
    ]
    if rule.enabled:
        row.pop("enabled", None)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()}
