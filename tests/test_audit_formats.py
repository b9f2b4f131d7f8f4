"""An audit as SARIF and JUnit is what `check` gives for the same notes, made from its rows alone.

Run with --regenerate to write the golden files anew, then read the difference.
"""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from fsm_language import __version__
from fsm_language.audit import Audit, Showing, recalled, run
from fsm_language.batch import check
from fsm_language.configuration import Configuration
from fsm_language.formats import FORMATS, Options
from fsm_language.packs import Pack, load
from fsm_language.readers import Note, failed
from fsm_language.report import ALSO, Also, write
from fsm_language.settings import Settings

GOLDEN = Path(__file__).parent / "golden"
PLAIN = Configuration(Settings(contextual=False, tone=False), jobs=1)
NOTES = (
    Note("visit 1.txt", "Visit, 4pm.\nMum failed to\nattend 👩‍👧 the review.\r\nDad failed to ring."),
    Note("notes.csv", "Mum claims that the boiler was mended.", "w1"),
    Note("notes.csv", "Gran made tea.", "w2"),
    failed("notes.csv", "Row 4 has no note.", "w3"),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(())


@pytest.fixture
def audited(tmp_path, pack):
    def made(*formats, showing=Showing(), fail_on="warning"):  # noqa: B008  # frozen
        list(run(Audit(PLAIN, showing=showing), NOTES, tmp_path, anew=True))
        write(tmp_path, pack, also=Also(formats, fail_on))
        return tmp_path

    return made


@pytest.mark.parametrize("form", list(ALSO))
def test_the_file_is_as_it_was(audited, form, request):
    written = (audited(form) / ALSO[form]).read_text(encoding="utf-8").replace(f'"{__version__}"', '"VERSION"')
    golden = GOLDEN / f"audit.{form}"
    if request.config.getoption("--regenerate"):
        golden.write_text(written, encoding="utf-8", newline="\n")
    assert written == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", list(ALSO))
def test_with_text_it_is_what_check_gives(audited, form):
    written = (audited(form, showing=Showing(text=True)) / ALSO[form]).read_text(encoding="utf-8")
    assert written == "".join(FORMATS[form](check(NOTES, PLAIN), Options(version=__version__)))


def test_without_text_no_words_of_a_note_are_in_it(audited):
    folder = audited(*ALSO)
    for file in ALSO.values():
        written = (folder / file).read_text(encoding="utf-8")
        assert "boiler" not in written
        assert "failed to\nattend" not in written


def test_what_fails_is_what_was_asked(audited):
    suites = ET.parse(audited("junit", fail_on="error") / ALSO["junit"]).getroot()  # noqa: S314  # our own
    assert {suite.get("failures") for suite in suites} == {"0"}
    assert sum(int(suite.get("errors")) for suite in suites) == 1


def test_files_that_are_not_asked_for_again_are_gone(audited):
    folder = audited(*ALSO)
    assert all((folder / file).exists() for file in ALSO.values())
    audited()
    assert not any((folder / file).exists() for file in ALSO.values())


def test_a_rule_that_is_no_longer_there_is_told_by_what_the_row_knows(tmp_path, pack):
    (row,) = run(Audit(PLAIN), NOTES[1:2], tmp_path)
    known = {rule.id: rule for rule in pack.rules}
    with_rule, without = recalled(row, known), recalled(row, {})
    assert [f.rule.id for f in without.findings] == [f.rule.id for f in with_rule.findings] != []
    log = json.loads("".join(FORMATS["sarif"]([without], Options())))
    assert [result["level"] for result in log["runs"][0]["results"]] == ["warning"]
    assert replace(without, findings=()) == replace(with_rule, findings=())
