"""The same findings on Spark as here, on a real local cluster of two workers."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fsm_language import Linter, Settings, SettingsError
from fsm_language.audit import FINDINGS, Audit, run
from fsm_language.configuration import Configuration
from fsm_language.formats.jsonl import record
from fsm_language.readers import Note
from fsm_language.spark import check_notes

pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")

DOCS = Path(__file__).parents[1] / "docs"
NOTES = DOCS / "examples/notes.jsonl"
EXAMPLE = re.compile(r"^```py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = Settings(tone=False)


@pytest.fixture(scope="module")
def spark():
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17 or newer")
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    session = (
        pyspark.sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()
    patch.undo()


def checked(frame, **options):
    from fsm_language.spark import check

    return {row["id"]: row.asDict(recursive=True) for row in check(frame, settings=SETTINGS, **options).collect()}


def test_findings_are_those_of_the_linter(spark):
    notes = [json.loads(line) for line in NOTES.read_text(encoding="utf-8").splitlines()]
    frame = spark.createDataFrame([(note["id"], note["text"]) for note in notes], "id string, text string")
    linter = Linter(SETTINGS)
    expected = {}
    for note in notes:
        local = record(linter.check(note["text"], "<spark>", note["id"]))
        findings = [{key: value for key, value in one.items() if key != "place"} for one in local["findings"]]
        expected[note["id"]] = {**{key: local[key] for key in ("id", "measures", "error")}, "findings": findings}
    assert checked(frame.repartition(2)) == expected


def test_notes_come_from_a_parquet_file_with_columns_of_any_name(spark, tmp_path):
    frame = spark.createDataFrame([(7, "Mum failed to attend the review."), (8, None)], "ref int, note string")
    frame.write.parquet(str(tmp_path / "notes"))
    found = checked(spark.read.parquet(str(tmp_path / "notes")), text="note", id="ref")
    assert [one["rule"] for one in found["7"]["findings"]] == ["blaming.failed-to"]
    assert found["8"] == {**found["8"], "findings": [], "error": None}


def test_a_column_that_is_not_there_is_an_error_that_names_the_nearest(spark):
    from fsm_language.spark import check

    frame = spark.createDataFrame([("1", "A note.")], "id string, text string")
    with pytest.raises(SettingsError, match="there is no column “txet”; did you mean “text”"):
        check(frame, text="txet")


def test_the_page_shows_code_that_runs(spark, tmp_path, capfd):
    frame = spark.createDataFrame([("1", "Mum failed to attend.", "North")], "id string, note string, team string")
    frame.write.parquet(str(tmp_path / "notes.parquet"))
    code = "".join(EXAMPLE.findall((DOCS / "spark.md").read_text(encoding="utf-8")))
    # Spark counts relative paths from where its own process was started
    exec(compile(code.replace('parquet("', f'parquet("{tmp_path}/'), "spark.md", "exec"), {})  # noqa: S102
    # reason: running the page is the point of the test
    assert re.search(r"North *\| *blaming *\| *1\b", capfd.readouterr().out)
    assert (tmp_path / "findings.parquet").is_dir()


def test_an_audit_has_the_same_rows_in_the_same_order(spark, tmp_path):
    notes = [Note("n.csv", f"{text}\n\n" * 10, str(number), record={"team": "North"}) for number, text in many()]
    asked = Audit(Configuration(SETTINGS, jobs=1))
    local = list(run(asked, iter(notes), tmp_path / "local"))
    assert list(run(asked, iter(notes), tmp_path / "spark", engine=check_notes)) == local
    assert (tmp_path / "spark" / FINDINGS).read_bytes() == (tmp_path / "local" / FINDINGS).read_bytes()
    assert spark.range(1).count() == 1  # the session was there before, so it stays


def many():
    texts = [json.loads(line)["text"] for line in NOTES.read_text(encoding="utf-8").splitlines()]
    return enumerate(texts * (120 // len(texts)))


def test_an_audit_by_command_starts_a_spark_of_its_own(tmp_path):
    command = [sys.executable, "-m", "fsm_language_cli", "audit", str(NOTES), "--no-tone", "--output"]
    for engine in ("local", "spark"):
        subprocess.run([*command, str(tmp_path / engine), "--engine", engine], check=True, capture_output=True)
    for name in (FINDINGS, "run.json", "report.html"):
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()


CANARY = Path(__file__).parent
# Spark's workers are processes of their own, so that the engine must be made to fail in them too
IN_WORKERS = f"import sys\nsys.path.append({str(CANARY)!r})\nimport canary\n"


@pytest.mark.parametrize(
    ("failing", "says"),
    [("raise", "could not be checked (ValueError)"), ("kill", "Go on with --resume")],
    ids=["a note fails", "a worker is killed"],
)
def test_no_word_of_a_note_is_in_a_log_an_error_or_a_file_that_is_left_when_a_note_fails(tmp_path, failing, says):
    out, startup, notes = tmp_path / "out", tmp_path / "startup", tmp_path / "notes.jsonl"
    for folder in (out, startup):
        folder.mkdir()
    (startup / "sitecustomize.py").write_text(IN_WORKERS, encoding="utf-8")
    notes.write_text('{"id": "1", "text": "Zebulon Quillfeather was there. Mum failed to attend."}\n', encoding="utf-8")
    environment = {
        **os.environ,
        **{name: str(out) for name in ("TMPDIR", "SPARK_LOCAL_DIRS")},
        "FAILING": failing,
        "PYTHONPATH": str(startup),
        "PYSPARK_SUBMIT_ARGS": "--conf spark.log.level=DEBUG pyspark-shell",
    }
    command = [sys.executable, str(CANARY / "canary.py"), "audit", str(notes), "--output", str(out / "audit")]
    command += ["--engine", "spark", "--no-tone", "--no-context"]
    done = subprocess.run(command, env=environment, cwd=out, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert says in done.stderr
    assert " DEBUG " in done.stderr  # of Spark itself
    assert "Quillfeather" not in done.stdout + done.stderr
    assert not any(b"Quillfeather" in file.read_bytes() for file in out.rglob("*") if file.is_file())


def test_without_java_a_plain_sentence_says_what_to_install(tmp_path):
    command = [
        sys.executable,
        "-m",
        "fsm_language_cli",
        "audit",
        str(NOTES),
        "--output",
        str(tmp_path),
        "--engine",
        "spark",
    ]
    nowhere = {**os.environ, "PATH": str(tmp_path), "JAVA_HOME": str(tmp_path)}
    done = subprocess.run(command, env=nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "needs Java 17 or newer" in done.stderr
