"""Whether the findings of a Parquet file on Spark are those of the same notes here, row for row; what each costs.

    python benchmarks/spark_equal.py 100000 [--no-tone]

Spark is `local[2]` with its Python workers; here is `fsm_language.batch.check` with two processes. Seconds are wall
clock of reading, checking and writing; that of Spark's own start is told apart.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import notes_maker

from fsm_language.batch import check
from fsm_language.configuration import Configuration
from fsm_language.formats.jsonl import record
from fsm_language.readers import Fields, read
from fsm_language.settings import Settings
from fsm_language.spark import check as check_on_spark

KEYS = ("id", "findings", "measures", "error")


def here(notes: Path, settings: Settings) -> Iterator[str]:
    """Yield a line for each note of `notes`, as Spark's rows have it."""
    for report in check(read(notes, Fields(), set()), Configuration(settings, jobs=2)):
        row: dict[str, Any] = record(report)
        findings = [{name: value for name, value in one.items() if name != "place"} for one in row["findings"]]
        yield json.dumps({**{key: row[key] for key in KEYS}, "findings": findings}, sort_keys=True)


def there(notes: Path, settings: Settings, folder: Path) -> Iterator[str]:
    """Yield the same from Spark, by way of a Parquet file that it writes, a part at a time."""
    from pyspark.sql import SparkSession

    began = time.perf_counter()
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = builder.getOrCreate()
    print(f"Spark started in {time.perf_counter() - began:.1f} s", flush=True)
    began = time.perf_counter()
    frame = session.read.parquet(str(notes)).repartitionByRange(2, "id")
    check_on_spark(frame, settings=settings).write.parquet(str(folder))
    print(f"Spark: {time.perf_counter() - began:.1f} s", flush=True)
    rows = session.read.parquet(str(folder)).orderBy("id").toLocalIterator()
    yield from (json.dumps(row.asDict(recursive=True), sort_keys=True) for row in rows)
    session.stop()


def main() -> None:
    """Compare as many notes as the command line says."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int)
    arguments.add_argument("--no-tone", action="store_true")
    chosen = arguments.parse_args()
    settings = Settings(tone=not chosen.no_tone)
    with tempfile.TemporaryDirectory() as place:
        notes, kept = Path(place) / "notes.parquet", Path(place) / "here.jsonl"
        notes_maker.write(notes, chosen.count)
        began = time.perf_counter()
        with kept.open("w", encoding="utf-8") as stream:
            stream.writelines(line + "\n" for line in here(notes, settings))
        print(f"here: {time.perf_counter() - began:.1f} s", flush=True)
        with kept.open(encoding="utf-8") as stream:
            rows = zip_longest((line.rstrip("\n") for line in stream), there(notes, settings, Path(place) / "there"))
            differing = sum(one != other for one, other in rows)
    print(f"{chosen.count:,} notes, {differing:,} of them with another row")
    sys.exit(differing > 0)


if __name__ == "__main__":
    main()
