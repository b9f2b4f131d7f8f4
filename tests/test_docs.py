"""The pages tell the truth: what they show runs, what they list is whole, and their links lead somewhere."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from fsm_language_cli.commands import cli

from fsm_language import Linter, Settings
from fsm_language.configuration import Configuration
from fsm_language.examples import prove
from fsm_language.rulefile import FILE_KEYS, RULE_KEYS
from fsm_language.settingsfile import KEYS, load

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
WRITTEN = "<!-- Written by docs/generate.py."
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
BY_HAND = [page for page in PAGES if WRITTEN not in page.read_text(encoding="utf-8")[:80]]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"""(?:\]\(|src=")([^)"\s]+)""")
COMMAND = re.compile(r"(?:^|&& )(?:\.venv/bin/)?fsm-language (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| `([\w-]+)` \| (.*?) \|", re.MULTILINE)


def blocks(language, pages=BY_HAND):
    """Every example in one language: where it stands, what it says, and the `text` that follows it or nothing."""
    for page in pages:
        found = [match.groups() for match in FENCE.finditer(page.read_text(encoding="utf-8"))]
        for number, (kind, content) in enumerate(found):
            if kind == language:
                after = found[number + 1] if number + 1 < len(found) else ("", "")
                name = f"{page.relative_to(ROOT).as_posix()}:{number + 1}"
                yield pytest.param(content, after[1] if after[0] == "text" else None, id=name)


def rows(page):
    """The first two cells of a page's tables, where the first is a name."""
    return dict(ROW.findall((DOCS / page).read_text(encoding="utf-8")))


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A folder with the shipped examples, as one who follows the README has it."""
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize(("code", "printed"), list(blocks("python")))
def test_python_examples_run_and_print_what_they_say(code, printed):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "<example>", "exec"), {"__name__": "example"})  # noqa: S102  # the point of the test
    assert printed is None or out.getvalue() == printed


def is_pack(content):
    return set(yaml.safe_load(content)) <= set(FILE_KEYS)


@pytest.mark.parametrize(("content", "_after"), [row for row in blocks("yaml") if is_pack(row.values[0])])
def test_packs_in_examples_load_and_prove_themselves(content, _after, tmp_path):
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-rules" / "anytown.yaml").write_text(content, encoding="utf-8")
    linter = Linter(Settings(packs=(tmp_path / "our-rules",)))
    named = {rule["id"] for rule in yaml.safe_load(content)["rules"]}
    rules = [rule for rule in linter.pack.rules if rule.id in named]
    assert len(rules) == len(named)
    assert [problem for rule in rules for problem in prove(rule, linter)] == []
    for acronym in yaml.safe_load(content).get("glossary", ()):
        assert linter.pack.glossary.find(acronym["acronym"]).plain == acronym["plain"]


@pytest.mark.parametrize(("content", "_after"), [row for row in blocks("yaml") if not is_pack(row.values[0])])
def test_settings_in_examples_can_be_used(content, _after, tmp_path):
    (tmp_path / "our-rules").mkdir()
    file = tmp_path / ".fsm-language.yaml"
    file.write_text(content, encoding="utf-8")
    loaded = load(file)
    assert replace(loaded, file=None) != Configuration()
    for place in ("visit.txt", "letters/visit.txt"):
        settings = loaded.for_path(str(tmp_path / place))
        assert Linter(settings).rules  # raises when it names a rule that there is not


@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize(
    "arguments",
    [pytest.param(line, id=line) for row in blocks("sh", PAGES[:1]) for line in COMMAND.findall(row.values[0])],
)
def test_commands_of_the_readme_run(arguments):
    done = CliRunner().invoke(cli, shlex.split(arguments))
    assert done.exit_code in (0, 1), done.output
    assert done.exit_code == 0 or arguments.startswith("check")
    assert done.output


def test_the_readme_shows_the_main_job_and_the_tests():
    commands = "".join(row.values[0] for row in blocks("sh", PAGES[:1]))
    assert "pip install . && .venv/bin/fsm-language check --fail-on never docs/examples/visit.txt" in commands
    assert 'pip install -e ".[dev]" && .venv/bin/pytest' in commands
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 200


@pytest.mark.parametrize(
    ("words", "note", "found"),
    [
        ("fails to attend", "Mum fails to attend.", True),
        ("was failing to engage", "Dad was failing to engage.", True),
        ("“I failed him,” Mum said", "“I failed him,” Mum said.", False),
        ("Mum failed to attend", "Mum failed to attend.", True),
        ("we failed to book an interpreter", "On Monday we failed to book an interpreter.", False),
        ("the boiler failed", "In March the boiler failed.", False),
        ("not hard to reach", "Dad is not hard to reach.", False),
        ("please avoid “hard to reach”", "In this team please avoid “hard to reach”.", False),
        ("Placement Order", "The Placement Order was made in May.", False),
        ("Mr Crook", "I spoke to Mr Crook.", False),
        ("a dirty nappy", "Tia had a dirty nappy.", False),
        ("He punched her", "He punched her.", False),
        ("domestic incident", "There was a domestic incident.", True),
    ],
    ids=str,
)
def test_the_readme_says_truly_what_is_found(words, note, found, linter):
    assert re.sub(r"\s+", " ", words) in re.sub(r"\s+", " ", PAGES[0].read_text(encoding="utf-8"))
    assert bool(linter.check(note).findings) is found


def test_a_pack_begun_as_the_page_says_proves_itself(copy):
    begun = CliRunner().invoke(cli, ["rules", "new", "blaming.no-show"]).output
    (copy / "our-rules").mkdir()
    (copy / "our-rules" / "visits.yaml").write_text(begun, encoding="utf-8")
    done = CliRunner().invoke(cli, ["rules", "test", "--pack", "our-rules", "blaming.no-show"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page):
    links = [link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_index():
    reached, ahead = set(), [DOCS / "index.md"]
    while ahead:
        page = ahead.pop().resolve()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            links = LINK.findall(page.read_text(encoding="utf-8"))
            ahead += [page.parent / link.partition("#")[0] for link in links if "://" not in link and link[0] != "#"]
    assert {page.resolve() for page in PAGES} <= reached


def test_the_settings_page_names_every_key_and_its_default():
    told = rows("settings.md")
    assert set(told) == set(KEYS)
    for field in fields(Settings):
        default = field.default
        if isinstance(default, bool):
            assert told[field.name] == f"`{str(default).lower()}`", field.name
        elif isinstance(default, str):
            assert told[field.name] == f"`{default}`", field.name
        elif isinstance(default, int):
            assert told[field.name] == str(default), field.name


def test_the_rule_page_names_every_key_of_a_rule():
    text = (DOCS / "writing-rules.md").read_text(encoding="utf-8")
    assert [key for key in RULE_KEYS if f"`{key}`" not in text] == []


def test_the_privacy_page_names_every_dependency_as_it_is_required():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=!~]", need)[0]: need for need in project["dependencies"]}
    assert set(needed) <= set(rows("privacy.md"))
    page = (DOCS / "privacy.md").read_text(encoding="utf-8")
    exact = re.findall(r"^\| `([\w-]+)` \|.*\| ([\d.]+) exactly \|", page, re.MULTILINE)
    assert {f"{name}=={version}" for name, version in exact} == {need for need in needed.values() if "==" in need}


def test_generated_pages_are_current():
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / folder) for folder in ("", "cli"))}
    command = [sys.executable, DOCS / "generate.py", "--check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=ROOT, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
