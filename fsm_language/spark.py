"""The same linter on a Spark DataFrame: a row a note goes in, a row with its findings comes out.

Spark hands each Python worker batches of rows as Arrow tables (`DataFrame.mapInArrow`), and a worker keeps its linter
from one batch to the next. Nothing is collected on the driver.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, cast

from fsm_language.batch import chunks
from fsm_language.bench import Bench
from fsm_language.configuration import Configuration
from fsm_language.finding import Report
from fsm_language.formats.jsonl import Json, record
from fsm_language.nearest import nearest
from fsm_language.processes import received, sent
from fsm_language.readers.note import Note
from fsm_language.settings import Settings, SettingsError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

NAME = "<spark>"
ENDED = (
    "Spark gave up: a note ended the worker that checked it, perhaps for want of memory. Rows that were written are "
    "kept. Go on with --resume and without --engine spark, which makes an error of that note alone"
)
AHEAD = 4  # chunks of notes handed out for each core at once, so that no core waits long for another
EDIT = "struct<start: int, end: int, text: string>"
SUGGESTION = f"struct<label: string, edits: array<{EDIT}>>"
FINDING = (
    "struct<rule: string, category: string, level: string, start: int, end: int, line: int, column: int, "
    f"message: string, suggestions: array<{SUGGESTION}>, fingerprint: string>"
)
# what scripts rely on of a report, as columns; offsets count code points
COLUMNS = f"id string, findings array<{FINDING}>, measures map<string, double>, error string"


def check(df: DataFrame, text: str = "text", id: str = "id", settings: Settings | None = None) -> DataFrame:  # noqa: A002
    # reason for the name: `id` is what the record and the output contract call it
    """Return a DataFrame with a row for each row of `df`: `id`, `findings`, `measures` and `error`.

    `text` and `id` name the columns that hold the note and the record's own id; an id of any type comes out as text.
    Findings are those of `Linter(settings).check`, with offsets in code points of the note, half open. A note that
    cannot be checked has an `error` and no findings. The result is lazy, as Spark's are.

    Raises `SettingsError` for a column that is not there, and, since rules and settings are tried on the driver first,
    whatever `Linter` raises. `settings.packs` must be at the same path on every worker.
    """
    from pyspark.sql.functions import col
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType

    for column in (text, id):
        if column not in df.columns:
            raise SettingsError(f"there is no column “{column}”{nearest(column, df.columns)}")
    configuration = Configuration(settings or Settings())
    Bench(configuration).linter(NAME)
    notes = df.select(col(id).cast("string").alias("id"), col(text).cast("string").alias("text"))
    columns = cast("StructType", StructType.fromDDL(COLUMNS))
    return notes.mapInArrow(_worker(configuration, to_arrow_schema(columns)), columns)


def _worker(
    configuration: Configuration, columns: pa.Schema
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        bench = _bench(configuration)
        for batch in batches:
            notes = (Note(NAME, row["text"] or "", row["id"]) for row in batch.to_pylist())
            rows = [_row(report) for chunk in chunks(notes) for report in bench.check_all(chunk)]
            yield pa.RecordBatch.from_pylist(rows, schema=columns)

    return work


_kept: list[Bench] = []  # of this worker process


def _bench(configuration: Configuration) -> Bench:
    """Return the linters of this process, made when it first works with `configuration`."""
    for bench in _kept:
        if bench.configuration == configuration:
            return bench
    _kept[:] = [Bench(configuration)]
    return _kept[0]


def _row(report: Report) -> Json:
    found = record(report)
    return {name: found[name] for name in ("id", "findings", "measures", "error")}


def check_notes(notes: Iterable[Note], configuration: Configuration) -> Iterator[Report]:
    """Yield what `batch.check` yields, in the same order, with the work done by Spark's Python workers.

    This process reads the notes and hands them out, a few chunks a core at a time, so that memory stays small. Uses the
    session there is, else that of `spark-submit`, else a Spark of this machine's own that listens to nobody outside.
    Raises as `batch.check` does, and `SettingsError` where PySpark or Java is missing, or a worker of Spark's is ended.
    """
    Bench(configuration).linter("")  # what is wrong with rules or settings is said before anything else
    session, ours = _session()
    from py4j.protocol import Py4JJavaError

    try:
        context = session.sparkContext
        parts = chunks(notes)
        while handed := list(islice(parts, context.defaultParallelism * AHEAD)):
            done = context.parallelize(handed, len(handed)).map(partial(_reports, configuration)).collect()
            for chunk, reports in zip(handed, done, strict=True):
                yield from map(received, chunk, reports)
    except Py4JJavaError:  # it is long, and of Spark's inside
        raise SettingsError(ENDED) from None
    finally:
        if ours:
            session.stop()


def _reports(configuration: Configuration, chunk: list[Note]) -> list[Report]:
    bench = _bench(configuration)
    return [sent(report) for report in bench.check_all(chunk)]


def _session() -> tuple[SparkSession, bool]:
    """Return a session, and whether it was begun here."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise SettingsError('Spark needs PySpark 4: pip install "fsm-language[spark]"') from None
    if active := SparkSession.getActiveSession():
        return active, False
    builder = SparkSession.builder.config("spark.ui.enabled", "false")
    builder = builder.config(
        "spark.io.encryption.enabled", "true"
    )  # or notes would pass through files that can be read
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # not begun by spark-submit
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master("local[*]").config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1")
    try:
        return builder.getOrCreate(), True
    except PySparkRuntimeError:
        raise SettingsError("Spark cannot be started: it needs Java 17 or newer, on PATH or at JAVA_HOME") from None
