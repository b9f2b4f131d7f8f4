"""A Parquet file holds a note a row."""

from collections.abc import Iterator
from typing import BinaryIO

from fsm_language.readers.note import Fields, Note, failed
from fsm_language.readers.record import At, missing_field, note_of

TOGETHER = 256  # rows


def read(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in `stream`, one a row."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(stream)
        columns = file.schema_arrow.names
        if fields.text not in columns:
            yield failed(name, f"Among its columns {missing_field(fields.text, columns, 'column')}")
            return
        number = 0
        for batch in file.iter_batches(TOGETHER, use_threads=False):
            for values in batch.to_pylist():
                number += 1
                own = f"row {number}"
                yield note_of(name, values, fields, At(own, f"{own}, column {fields.text}"))
    except (pa.ArrowException, OSError, ValueError):
        yield failed(name, "It cannot be read as a Parquet file: it is damaged, or was cut short. Export it again.")
