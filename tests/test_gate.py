"""The hook and the action that others build on do what they say."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / ".github" / "actions" / "fsm-language" / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PROGRAM = """\
#!/bin/sh
exec {python} -m fsm_language_cli "$@"
"""


@pytest.fixture
def place(tmp_path):
    """A folder with a program where the action's first step would have put it, and two letters."""
    program = tmp_path / "fsm-language" / "bin" / "fsm-language"
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM.format(python=shlex.quote(sys.executable)))
    program.chmod(0o755)
    (tmp_path / "found.txt").write_text("Mum failed to attend.\n")
    (tmp_path / "clean.txt").write_text("Gran made tea.\n")
    return tmp_path


def run(command, place, **environment):
    paths = os.pathsep.join(str(ROOT / part) for part in ("", "cli"))
    path = os.pathsep.join([str(place / "fsm-language" / "bin"), os.environ["PATH"]])
    env = {**os.environ, "PYTHONPATH": paths, "PATH": path, "RUNNER_TEMP": str(place), **environment}
    return subprocess.run(command, cwd=place, env=env, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("inputs", "status", "marked"),
    [
        ({"paths": "found.txt clean.txt"}, 1, True),
        ({"paths": "found.txt", "fail-on": "error"}, 0, True),
        ({"paths": "clean.txt"}, 0, False),
        ({"paths": ".", "arguments": "--ignore blaming,jargon,judgemental"}, 0, False),
    ],
    ids=["finds", "fails on errors alone", "finds nothing", "takes more flags"],
)
def test_the_action_marks_the_change_and_fails_as_told(place, inputs, status, marked):
    given = {name: inputs.get(name, declared["default"]) for name, declared in ACTION["inputs"].items()}
    step = ACTION["runs"]["steps"][-1]
    environment = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")] for name, value in step["env"].items()
    }
    done = run([step["shell"], "-e", "-o", "pipefail", "-c", step["run"]], place, **environment)
    assert done.returncode == status, done.stderr
    assert ("::warning file=found.txt,line=1" in done.stdout) is marked


def test_the_action_installs_this_project_by_itself():
    package = ACTION["inputs"]["package"]["default"].replace(
        "${{ github.action_path }}", str(ROOT / ".github/actions/fsm-language")
    )
    assert (Path(package).resolve() / "pyproject.toml").is_file()


def test_the_hook_stops_a_commit_with_findings_and_no_other(place):
    assert run([*shlex.split(HOOK["entry"]), "clean.txt"], place).returncode == 0
    assert run([*shlex.split(HOOK["entry"]), "found.txt", "clean.txt"], place).returncode == 1
