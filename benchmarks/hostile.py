"""What hostile notes and files cost: seconds and the most memory of a process of its own for each.

    python benchmarks/hostile.py                    all of them
    python benchmarks/hostile.py --quick            a tenth of each

Rules and readability, without parser and learned tier. The last row is the floor: a note of four words.
"""

import argparse
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

from fsm_language import Linter, Settings
from fsm_language.readers import Fields, read_bytes

Made = tuple[str, bytes]
MEGABYTE = 1 << 20


def text(piece: str, times: int) -> Made:
    """Return a plain note."""
    return "n.txt", (piece * times).encode()


def bomb(name: str, part: str, size: int) -> Made:
    """Return a packed file of which one part is `size` bytes of nothing."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(part, b" " * size)
    return name, stream.getvalue()


CASES: dict[str, Callable[[float], Made]] = {
    "a million beginnings of a phrase": lambda much: text("failed to ", int(much * 1_000_000)),
    "a paragraph of 10 MB": lambda much: text("lorem ipsum ", int(much * 850_000)),
    "a word of 1 MB": lambda much: text("a", int(much * 1_000_000)),
    "100,000 quotations in each other": lambda much: text("“", int(much * 100_000)),
    "10,000 acronyms": lambda much: ("n.txt", " ".join(f"QXZ{n}" for n in range(int(much * 10_000))).encode()),
    "every plane of Unicode": lambda _: ("n.txt", "".join(map(chr, range(0xE000, 0x110000))).encode()),
    "a letter with 100,000 accents": lambda much: text("a" + "\u0301" * 100_000, max(1, int(much))),
    "right to left and back 100,000 times": lambda much: text("\u202ea\u202c", int(much * 100_000)),
    "HTML in HTML, 100,000 deep": lambda much: ("n.html", b"<div>" * int(much * 100_000)),
    "Markdown in Markdown, 10,000 deep": lambda much: ("n.md", b"> " * int(much * 10_000)),
    "JSON in JSON, 1,000,000 deep": lambda much: ("n.jsonl", b'{"text": ' + b"[" * int(much * 1_000_000)),
    "a CSV field of 100 MB": lambda much: ("n.csv", b'text\n"' + b"word " * int(much * 20 * MEGABYTE) + b'"\n'),
    "a zip that unpacks to 1 GB": lambda much: bomb("n.zip", "a.txt", int(much * 1024) * MEGABYTE),
    "a Word document that does": lambda much: bomb("n.docx", "word/document.xml", int(much * 1024) * MEGABYTE),
    "a workbook that does": lambda much: bomb("n.xlsx", "xl/workbook.xml", int(much * 1024) * MEGABYTE),
    "nothing hostile": lambda _: ("n.txt", b"Mum failed to attend."),
}


def measure(name: str, much: float) -> str:
    """Return the row of a case: seconds to read and check it, the most memory, and what came of it."""
    linter = Linter(Settings(contextual=False, tone=False))
    linter.check("Mum failed to attend.")
    file, content = CASES[name](much)
    start = time.perf_counter()
    said = ""
    for note in read_bytes(content, file, Fields()):
        said = "refused" if note.error else f"{len(linter.check(note.text).findings):,} findings"
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {name} | {len(content):,} | {seconds:.1f} | {memory:,.0f} | {said} |"


def main() -> None:
    """Do as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", choices=CASES)
    parser.add_argument("--quick", action="store_true")
    said = parser.parse_args()
    if said.name:
        print(measure(said.name, 0.1 if said.quick else 1))
        return
    print("| what | bytes | seconds | megabytes | what came of it |\n| --- | --- | --- | --- | --- |", flush=True)
    for name in CASES:
        subprocess.run([sys.executable, __file__, name, *(["--quick"] if said.quick else [])], check=False)


if __name__ == "__main__":
    main()
