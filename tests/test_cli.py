"""The command line as people and scripts use it: whole processes, exit statuses, and what is printed where."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from yaml import safe_load

from fsm_language.packs import shipped

ROOT = Path(__file__).parent.parent
FOUND = "Mum failed to attend the review.\n"
CLEAN = "Gran made tea.\n"


def run(*arguments, stdin="", cwd=ROOT, **environment):
    paths = os.pathsep.join(str(ROOT / folder) for folder in ("", "cli"))
    env = {**os.environ, "PYTHONPATH": paths, "COLUMNS": "80", **environment}
    command = [sys.executable, "-m", "fsm_language_cli", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", cwd=cwd, env=env, check=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "found.txt").write_text(FOUND)
    (tmp_path / "clean.txt").write_text(CLEAN)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["found.txt"], 1),
        (["clean.txt"], 0),
        (["found.txt", "--fail-on", "error"], 0),
        (["found.txt", "--fail-on", "never"], 0),
        (["found.txt", "missing.txt"], 2),
        (["found.txt", "--ignore", "blaming.failed-to,jargon,acronym,readability"], 0),
        (["found.txt", "--select", "blaming.faild-to"], 2),
        (["found.txt", "--formt", "json"], 2),
        (["found.txt", "--format", "xml"], 2),
        (["found.txt", "--pack", "nowhere"], 2),
        (["found.txt", "--baseline", "nowhere.json"], 2),
        (["found.txt", "--output", "no/such/folder.txt"], 2),
        (["found.txt", "--diff"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_status(folder, arguments, status):
    done = run("check", "--no-context", *arguments, cwd=folder)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert bool(done.stderr) is (status == 2)


def test_the_shipped_example_is_found_and_let_be():
    done = run("check", "docs/examples/visit.txt")
    assert done.returncode == 1
    assert "Try: did not attend" in done.stdout
    assert "punched" not in [line.strip() for line in done.stdout.splitlines()]
    assert "Traceback" not in done.stderr


def test_jsonl_gives_an_object_a_note_with_errors_among_them(folder):
    (folder / "n.jsonl").write_text(
        '{"id": "a", "text": "Mum failed to attend."}\n{"id": broken\n{"id": "c", "text": "x"}\n'
    )
    done = run("check", "n.jsonl", "--format", "jsonl", "--no-context", cwd=folder)
    a, b, c = map(json.loads, done.stdout.splitlines())
    assert [note["id"] for note in (a, b, c)] == ["a", "line 2", "c"]
    assert a["findings"][0]["rule"] == "blaming.failed-to"
    assert b["error"]
    assert b["findings"] == []
    assert done.returncode == 2
    assert "n.jsonl" in done.stderr


def test_standard_input_is_checked():
    assert run("check", "-", "--no-context", stdin=FOUND).returncode == 1
    assert run("check", "--no-context", stdin=FOUND).returncode == 1


def test_fields_are_taken_as_told(folder):
    (folder / "n.csv").write_text("Ref,Note\nw1,Mum failed to attend.\n")
    told = ("--text-field", "Note", "--id-field", "Ref")
    done = run("check", "n.csv", "--format", "jsonl", "--no-context", *told, cwd=folder)
    assert json.loads(done.stdout)["id"] == "w1"


def test_output_goes_to_a_file_in_utf_8(folder):
    done = run("check", "found.txt", "--output", "out.txt", "--no-context", cwd=folder, PYTHONIOENCODING="ascii")
    assert done.stdout == ""
    assert "│" in (folder / "out.txt").read_text(encoding="utf-8")
    assert "│" in run("check", "found.txt", "--no-context", cwd=folder, PYTHONIOENCODING="ascii").stdout


def test_colour_is_for_terminals_and_for_those_who_ask(folder):
    assert "\x1b" not in run("check", "found.txt", "--no-context", cwd=folder).stdout
    assert "\x1b" in run("check", "found.txt", "--no-context", "--color", "always", cwd=folder).stdout


def test_diff_changes_no_file(folder):
    done = run("check", "found.txt", "--diff", "--no-context", cwd=folder)
    assert "+Mum did not attend the review." in done.stdout
    assert (folder / "found.txt").read_text() == FOUND


def test_settings_are_found_upward_and_a_wrong_one_is_explained(folder):
    (folder / "deep").mkdir()
    (folder / "deep" / "n.txt").write_text(FOUND)
    (folder / ".fsm-language.yaml").write_text("fail_on: never\ncontextual: false\n")
    assert run("check", folder / "deep" / "n.txt").returncode == 0
    (folder / ".fsm-language.yaml").write_text("fail_no: never\n")
    done = run("check", folder / "deep" / "n.txt")
    assert done.returncode == 2
    assert ":1: unknown key “fail_no”; did you mean “fail_on”?" in done.stderr


def test_a_baseline_silences_what_was_there_and_tells_what_was_mended(folder):
    made = run("baseline", "update", ".", "--baseline", "b.json", "--no-context", cwd=folder)
    assert made.returncode == 0
    silent = run("check", ".", "--baseline", "b.json", "--no-context", cwd=folder)
    assert silent.returncode == 0
    assert "kept quiet" in silent.stdout
    (folder / "found.txt").write_text("Mum came to the review.\n")
    mended = run("check", ".", "--baseline", "b.json", "--no-context", cwd=folder)
    assert "no longer needed (blaming.failed-to)" in mended.stderr
    (folder / "clean.txt").write_text("Dad failed to ring.\n")
    updated = run("baseline", "update", ".", "--baseline", "b.json", "--no-context", cwd=folder)
    assert "1 finding not in the baseline" in updated.stdout
    assert json.loads((folder / "b.json").read_text())["entries"] == []


def test_an_ignore_leaves_one_finding_be(folder):
    added = run("ignore", "add", "found.txt", "--line", "1", "--rule", "blaming.failed-to", "--no-context", cwd=folder)
    assert added.returncode == 0
    assert "blaming.failed-to" not in run("check", "found.txt", "--no-context", cwd=folder).stdout
    assert "attend" not in (folder / ".fsm-language-ignores.json").read_text()
    nothing = run("ignore", "add", "clean.txt", "--line", "1", "--no-context", cwd=folder)
    assert nothing.returncode == 2


def test_explain_says_why_and_who():
    done = run("explain", "blaming.failed-to")
    assert done.returncode == 0
    assert "http" in done.stdout
    wrong = run("explain", "blaming.faild-to")
    assert wrong.returncode == 2
    assert "did you mean “blaming.failed-to”?" in wrong.stderr


def test_rules_are_listed_for_people_and_scripts():
    listed = json.loads(run("rules", "list", "--category", "blaming", "--format", "json").stdout)
    assert "blaming.failed-to" in [rule["id"] for rule in listed]
    assert {rule["category"] for rule in listed} == {"blaming"}
    assert "blaming.failed-to" in run("rules", "list").stdout


def test_a_new_rule_proves_itself_and_fits_the_schema(tmp_path):
    made = run("rules", "new", "blaming.no-show").stdout
    (tmp_path / "ours.yaml").write_text(made, encoding="utf-8")
    tested = run("rules", "test", "--pack", tmp_path, "blaming.no-show")
    assert (tested.returncode, "all hold" in tested.stdout) == (0, True)
    schema = json.loads(run("rules", "schema").stdout)
    Draft202012Validator(schema).validate(safe_load(made))
    broken = safe_load(made.replace("suggest:", "sugest:"))
    assert not Draft202012Validator(schema).is_valid(broken)


def test_every_shipped_rule_file_fits_the_schema():
    schema = json.loads(run("rules", "schema").stdout)
    Draft202012Validator.check_schema(schema)
    for file in shipped().glob("*.yaml"):
        Draft202012Validator(schema).validate(safe_load(file.read_text(encoding="utf-8")))


def test_a_rule_that_does_not_hold_is_told(tmp_path):
    made = run("rules", "new", "blaming.no-show").stdout.replace("Mum did not attend", "Mum never came to")
    (tmp_path / "ours.yaml").write_text(made, encoding="utf-8")
    done = run("rules", "test", "--pack", tmp_path, "blaming.no-show")
    assert done.returncode == 1
    assert "Mum did not attend the review" in done.stdout


def test_config_show_says_what_holds_where(folder):
    (folder / ".fsm-language.yaml").write_text("level: warning\noverrides: [{paths: [letters/], level: error}]\n")
    shown = run("config", "show", "letters/a.txt", cwd=folder).stdout
    assert safe_load(shown)["level"] == "error"
    assert "letters" in shown.splitlines()[1]
    assert safe_load(run("config", "show", "b.txt", cwd=folder).stdout)["level"] == "warning"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_back(shell):
    assert "_FSM_LANGUAGE_COMPLETE" in run("completion", shell).stdout


def test_completion_offers_rule_ids():
    words = {"COMP_WORDS": "fsm-language explain blaming.fai", "COMP_CWORD": "2"}
    done = run(_FSM_LANGUAGE_COMPLETE="bash_complete", **words)
    assert "blaming.failed-to" in done.stdout


def test_a_check_imports_nothing_heavy_when_nothing_needs_the_parser(folder):
    code = (
        "import sys; from fsm_language_cli import main\n"
        "try: main(['check', 'clean.txt', '--no-tone'])\n"
        "except SystemExit: print(*(name for name in ('spacy', 'pygls', 'multiprocessing') if name in sys.modules))"
    )
    paths = os.pathsep.join(str(ROOT / part) for part in ("", "cli"))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        check=True,
    )
    assert done.stdout.splitlines()[-1] == ""


def test_help_names_every_command():
    told = run("--help").stdout
    assert all(name in told for name in ("check", "explain", "rules", "config", "baseline", "ignore", "completion"))


def test_an_unknown_command_gets_the_nearest():
    done = run("chekc")
    assert done.returncode == 2
    assert "did you mean “check”?" in done.stderr


def test_version():
    assert run("--version").stdout.startswith("fsm-language 0.")


@pytest.mark.parametrize(
    ("flags", "parsed", "asked"),
    [([], True, True), (["--no-context"], False, True), (["--no-tone"], True, False)],
    ids=["by default", "without context", "without the learned tier"],
)
def test_context_and_the_learned_tier_are_on_unless_switched_off(flags, parsed, asked):
    shown = safe_load(run("config", "show", *flags).stdout)
    assert (shown["contextual"], shown["tone"]) == (parsed, asked)
