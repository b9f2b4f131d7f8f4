"""A Parquet file holds a note a row."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from fsm_language.readers.archive import is_trap
from fsm_language.readers.note import Fields, Note, failed
from fsm_language.readers.record import At, missing_field, note_of

if TYPE_CHECKING:
    from pyarrow import DataType
    from pyarrow.parquet import FileMetaData, ParquetFile

TOGETHER = 1  # rows: of a few bytes, a file can make many rows of many megabytes
PIECE = 1 << 20  # bytes of a column that are read together, however many rows it has without a break
TRAP = "It unpacks to many hundred times its size, as files made to do harm do. It was not read."


def read(stream: BinaryIO, name: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes in `stream`, one a row."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(stream, buffer_size=PIECE, pre_buffer=False)
        columns = file.schema_arrow.names
        if fields.text not in columns:
            yield failed(name, f"Among its columns {missing_field(fields.text, columns, 'column')}")
        elif is_trap(_unpacked(file.metadata), stream.seek(0, os.SEEK_END)):
            yield failed(name, TRAP)
        else:
            yield from _notes(file, name, fields)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError, RuntimeError):
        yield failed(name, "It cannot be read as a Parquet file: it is damaged, or was cut short. Export it again.")


def _notes(file: "ParquetFile", name: str, fields: Fields) -> Iterator[Note]:
    named = (fields.text, fields.id)
    columns = [column.name for column in file.schema_arrow if column.name in named or _is_told(column.type)]
    number = 0
    for batch in file.iter_batches(TOGETHER, columns=columns, use_threads=False):
        for values in batch.to_pylist():
            number += 1
            own = f"row {number}"
            yield note_of(name, values, fields, At(own, f"{own}, column {fields.text}"))


def _is_told(kind: "DataType") -> bool:
    """Whether values of a type are what people write; others would come out empty, and need not be read."""
    from pyarrow import types

    return not (types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind))


def _unpacked(told: "FileMetaData") -> int:
    """Return how many bytes all columns are said to have. To ask a column itself ends the process if it is damaged."""
    return sum(told.row_group(number).total_byte_size for number in range(told.num_row_groups))
