"""What hostile notes and files cost: how long `fsm-language check` takes for each, and the most memory it needs.

    python benchmarks/hostile.py                    all of them
    python benchmarks/hostile.py --share 0.1        a tenth of each
    python benchmarks/hostile.py --tiers            with parser and learned tier, which are left out otherwise
    python benchmarks/hostile.py "10,000 acronyms"  this one only

The seconds are those of the clock; the last row is the floor: the program, and a note of four words.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, repeat
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

sys.path.append(str(Path(__file__).parents[1] / "tests"))
MEGABYTE = 1 << 20
NOTE = "Mum failed to attend."
HTML = "<p>Mum <b>{}</b> failed to attend.</p>\n"
NOTHING = b" " * MEGABYTE
# packs to a thirtieth or so, as text can; less well than what is refused at once
WORDS = b"".join(b"%d We met at the park. " % (number * 7919 % 1000) * 4 for number in range(11_000))[:MEGABYTE]
BODIES = {  # of a packed document: the part that holds its text, what begins a paragraph there, and a paragraph
    ".docx": ("word/document.xml", b"<w:p>", b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>"),
    ".xlsx": ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row><c t="inlineStr"><is><t>%b</t></is></c></row>'),
    ".odt": ("content.xml", b"<text:p>", b"<text:p>%b</text:p>"),
}
Make = Callable[[Path, float], None]


def text(piece: str, times: int, before: str = "", after: str = "") -> Make:
    """Return what writes a file for a share of it: a piece over and over again."""

    def make(file: Path, share: float) -> None:
        file.write_bytes(before.encode() + piece.encode() * ceil(times * share) + after.encode())

    return make


def numbered(piece: str, times: int) -> Make:
    """Return the same of a piece with a number in it."""

    def make(file: Path, share: float) -> None:
        file.write_text("".join(piece.format(number) for number in range(ceil(times * share))), encoding="utf-8")

    return make


def packed(megabyte: bytes, megabytes: int) -> Make:
    """Return the same of a packed document whose text is so many megabytes longer than that of a good one."""

    def make(file: Path, share: float) -> None:
        from surfaces import parts

        body, begins, paragraph = BODIES[file.suffix]
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts(file.name).items():
                if name != body:
                    archive.writestr(name, content)
        before, _, after = parts(file.name)[body].partition(begins)
        write(file, body, before, repeat(paragraph % megabyte, ceil(megabytes * share)), begins + after)

    return make


def zipped(megabyte: bytes, megabytes: int) -> Make:
    """Return the same of a zip of one note."""
    return lambda file, share: write(file, "a.txt", b"", repeat(megabyte, ceil(megabytes * share)), b"")


def write(file: Path, name: str, before: bytes, pieces: Iterable[bytes], after: bytes) -> None:
    """Add a member to a zip file, piece by piece."""
    with (
        ZipFile(file, "a", ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        for piece in chain([before], pieces, [after]):
            member.write(piece)


def many(megabyte: bytes, files: int, each: int) -> Make:
    """Return the same of a zip of files of `each` megabytes."""

    def make(file: Path, share: float) -> None:
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for number in range(files):
                archive.writestr(f"{number}.txt", megabyte * ceil(each * share))

    return make


def planes(file: Path, _share: float) -> None:
    """Write every character of every plane, but for the halves of characters."""
    file.write_text("".join(map(chr, range(0xE000, 0x110000))), encoding="utf-8")


CASES: dict[str, tuple[str, Make]] = {
    "a million beginnings of a phrase": ("n.txt", text("failed to ", 1_000_000)),
    "a paragraph of 10 MB": ("n.txt", text("lorem ipsum ", 870_000)),
    "a word of 1 MB": ("n.txt", text("a", MEGABYTE)),
    "100,000 quotations in each other": ("n.txt", text("“", 100_000)),
    "10,000 acronyms": ("n.txt", numbered("QXZ{} ", 10_000)),
    "every plane of Unicode": ("n.txt", planes),
    "a letter with 100,000 accents": ("n.txt", text("\u0301", 100_000, before="a")),
    "right to left and back 100,000 times": ("n.txt", text("\u202ea\u202c", 100_000)),
    "100,000 elements in HTML": ("n.html", numbered(HTML, 50_000)),
    "HTML in HTML, 100,000 deep": ("n.html", text("<div>", 100_000, after=NOTE)),
    "100,000 marks in Markdown": ("n.md", numbered("- *Mum* `{}` failed to attend.\n", 33_333)),
    "Markdown in Markdown, 10,000 deep": ("n.md", text("> ", 10_000, after=NOTE)),
    "JSON in JSON, 1,000,000 deep": ("n.jsonl", text("[", 1_000_000, before='{"text": ')),
    "a CSV field of 100 MB": ("n.csv", text("word ", 20 * MEGABYTE, before='text\n"', after='"\n')),
    "a zip of 1 GB of nothing": ("n.zip", zipped(NOTHING, 1024)),
    "a zip of 1 GB of words": ("n.zip", zipped(WORDS, 1024)),
    "a zip of ten notes of 10 MB": ("n.zip", many(WORDS, 10, 10)),
    "a Word document of 1 GB of nothing": ("n.docx", packed(NOTHING, 1024)),
    "a Word document of 1 GB of words": ("n.docx", packed(WORDS, 1024)),
    "a Word document of 40 MB of words": ("n.docx", packed(WORDS, 40)),
    "a workbook of 1 GB of nothing": ("n.xlsx", packed(NOTHING, 1024)),
    "a workbook of 1 GB of words": ("n.xlsx", packed(WORDS, 1024)),
    "an OpenDocument text of 1 GB of words": ("n.odt", packed(WORDS, 1024)),
    "nothing hostile": ("n.txt", text(NOTE, 1)),
}


def made(case: str, share: float, folder: Path) -> Path:
    """Write the file of a case."""
    name, make = CASES[case]
    make(folder / name, share)
    return folder / name


def outcome(out: Path, status: int) -> str:
    """Return how many findings there are, or why there are none."""
    if status not in (0, 1, 2) or not out.exists():
        return f"ended with {status}"
    notes = [json.loads(line) for line in out.open(encoding="utf-8")]
    errors = {note["error"] for note in notes if note["error"]}
    return " ".join(errors) or f"findings: {sum(len(note['findings']) for note in notes):,}"


def measure(case: str, share: float, options: list[str], elsewhere: ProcessPoolExecutor) -> str:
    """Return the row of a case: bytes, seconds, the most memory in megabytes, and what came of it.

    What needs memory of its own is done `elsewhere`: a process is taken to need what the one that starts it has needed.
    """
    with tempfile.TemporaryDirectory() as place:
        file = elsewhere.submit(made, case, share, Path(place)).result()
        out = file.with_name("out.jsonl")
        command = [sys.executable, "-m", "fsm_language_cli", "check", str(file), "--format", "jsonl"]
        start = time.perf_counter()
        silent = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
        told = [*command, "--output", str(out), *options]
        process = os.posix_spawn(sys.executable, told, os.environ, file_actions=silent)
        _, status, used = os.wait4(process, 0)
        seconds = time.perf_counter() - start
        said = elsewhere.submit(outcome, out, os.waitstatus_to_exitcode(status)).result()
        return f"| {case} | {file.stat().st_size:,} | {seconds:.1f} | {used.ru_maxrss / 1024:,.0f} | {said} |"


def main() -> None:
    """Do as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="*", metavar="CASE")
    parser.add_argument("--share", type=float, default=1)
    parser.add_argument("--tiers", action="store_true")
    said = parser.parse_args()
    options = ["--jobs", "1", *([] if said.tiers else ["--no-context", "--no-tone"])]
    print("| what | bytes | seconds | megabytes | what came of it |\n| --- | --- | --- | --- | --- |", flush=True)
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        for case in said.case or CASES:
            print(measure(case, said.share, options, elsewhere), flush=True)


if __name__ == "__main__":
    main()
