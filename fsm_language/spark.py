"""The same linter on a Spark DataFrame: a row a note goes in, a row with its findings comes out.

Spark hands each Python worker batches of rows as Arrow tables (`DataFrame.mapInArrow`), and a worker keeps its linter
from one batch to the next. Nothing is collected on the driver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from fsm_language.batch import Bench
from fsm_language.configuration import Configuration
from fsm_language.formats.jsonl import Json, record
from fsm_language.nearest import nearest
from fsm_language.readers.note import Note
from fsm_language.settings import Settings, SettingsError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

NAME = "<spark>"
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
            rows = [_row(bench, row["id"], row["text"]) for row in batch.to_pylist()]
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


def _row(bench: Bench, id: str | None, text: str | None) -> Json:  # noqa: A002  # as in `check`
    found = record(bench.check(Note(NAME, text or "", id)))
    return {name: found[name] for name in ("id", "findings", "measures", "error")}
