"""Invented case notes in any number, the same for the same seed: to measure with, not to judge wording by.

python benchmarks/notes_maker.py 10000 notes.jsonl [--seed 0]      or notes.csv, notes.parquet
"""

import argparse
import csv
import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

Row = dict[str, str]

COLUMNS = ("id", "text", "date", "team", "worker", "audience")
TEAMS = ("North", "South", "East", "Assessment", "Looked After", "Leaving Care")
CHILDREN = ("Tia", "Callum", "Zoë", "Reuben", "Amina", "Jakub", "Ffion", "Idris")
ADULTS = ("Mum", "Dad", "Gran", "Mr Okafor", "Ms Price", "Auntie Bea", "the foster carer")
OPENINGS = (
    "Visit to {child}’s home at {hour}pm.",
    "I rang {adult} about {child} this morning.",
    "Core group for {child}; school and the health visitor came.",
    "{child} was seen alone in the front room.",
)
FOUND = (
    "{adult} failed to attend the review and was hard to reach.",
    "{adult} refused to engage with the CIN plan.",
    "{child} kicked off when the placement was mentioned.",
    "{adult} claims that the boiler was mended in {month}.",
    "There was a domestic incident at the address, {adult} disclosed.",
    "{adult} is in denial about the impact on {child}, and the LAC nurse has been made aware of it all.",
    "It was felt that {child} is attention seeking.",
    "NFA at this time; the case will be stepped down to EH.",
)
RIGHT = (
    "{adult} made tea and showed me {child}’s drawing of the sea.",
    "“I failed him,” {adult} said, and cried.",
    "We failed to book an interpreter, and I said sorry for that.",
    "{child} told me that school is fine, but lunch is too loud.",
    "He punched her in the kitchen while {child} watched from the stairs.",
    "The Placement Order was made in {month}.",
    "The bedroom was warm, with a made bed and books on the floor.",
    "{adult} has asked for the next visit to be after {hour}, because of the new shift.",
    "We agreed that {adult} will ring the clinic, and that I will send the letter by Friday.",
    "{child} has grown, and laughed about the haircut.",
)
SENTENCES = (5, 13)  # of a note, the fewest and the most: about 100 words, of ten notes eight have 58 to 144
MONTHS = ("January", "March", "June", "September", "November")


def notes(count: int, seed: int = 0) -> Iterator[Row]:
    """Yield `count` notes, a quarter of whose sentences have wording that rules find."""
    draw = random.Random(seed)  # noqa: S311  # notes, not secrets
    first = dt.date(2025, 1, 1)
    for number in range(count):
        child, adult = draw.choice(CHILDREN), draw.choice(ADULTS)
        words = {"child": child, "adult": adult, "hour": str(draw.randint(1, 8)), "month": draw.choice(MONTHS)}
        sentences = [draw.choice(OPENINGS)]
        sentences += [
            draw.choice(FOUND if draw.random() < 0.25 else RIGHT) for _ in range(draw.randint(*SENTENCES) - 1)
        ]
        said = (sentence.format(**words) for sentence in sentences)
        yield {
            "id": f"n{number:07}",
            "text": " ".join(sentence[0].upper() + sentence[1:] for sentence in said),
            "date": (first + dt.timedelta(days=draw.randint(0, 500))).isoformat(),
            "team": draw.choice(TEAMS),
            "worker": f"W{draw.randint(1, 60)}",
            "audience": draw.choice(("professional", "professional", "family")),
        }


def write(file: Path, count: int, seed: int = 0) -> None:
    """Write `count` notes to `file`, in the form that its ending says; a few at a time."""
    if file.suffix == ".parquet":
        _write_parquet(file, count, seed)
        return
    with file.open("w", encoding="utf-8", newline="") as stream:
        if file.suffix == ".csv":
            table = csv.DictWriter(stream, COLUMNS)
            table.writeheader()
            table.writerows(notes(count, seed))
        else:
            stream.writelines(json.dumps(note, ensure_ascii=False) + "\n" for note in notes(count, seed))


def _write_parquet(file: Path, count: int, seed: int) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with parquet.ParquetWriter(file, schema) as writer:
        together: list[Row] = []
        for note in notes(count, seed):
            together.append(note)
            if len(together) == 1000:
                writer.write_table(pa.Table.from_pylist(together, schema))
                together.clear()
        writer.write_table(pa.Table.from_pylist(together, schema))


def main() -> None:
    """Write as many notes as the command line says."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--seed", type=int, default=0)
    chosen = arguments.parse_args()
    write(chosen.file, chosen.count, chosen.seed)


if __name__ == "__main__":
    main()
