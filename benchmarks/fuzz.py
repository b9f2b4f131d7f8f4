"""Whether anything at all that is sent to a surface makes it fail: a fuzzer guided by coverage, one surface at a time.

    pip install atheris
    python benchmarks/fuzz.py --list
    python benchmarks/fuzz.py "docx, its body" --minutes 5
    python benchmarks/fuzz.py --minutes 4              each surface in turn, or those named, for four minutes
    python benchmarks/fuzz.py rtf --again crash-…      what was found once more, with its traceback

What is run is in `tests/surfaces.py`. Of several surfaces a row each is printed: how often it was fed, for how many
minutes, and what was found. The folder `--into` (the present one, unless named) gets the rows, a log a surface, the
inputs that failed, and those that did something new: the next round there begins with them.
"""

import argparse
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import atheris

sys.path.append(str(Path(__file__).parents[1] / "tests"))
SEEN = [  # packages whose branches guide the fuzzer
    "fsm_language", "fsm_language_lsp", "striprtf", "docx", "openpyxl.worksheet", "openpyxl.reader", "pypdf", "email",
    "html.parser", "markdown_it", "pygls", "starlette",
]  # fmt: skip
with atheris.instrument_imports(include=SEEN):
    from surfaces import TARGETS

NEVER = 1_000_000  # seconds: the fuzzer itself goes by the clock
LONGEST = 20_000  # bytes of an input
SLOWEST = 30  # seconds of the processor that one input may take: the clock goes on while others have it
MOST_MEMORY = 4096  # megabytes
DONE = re.compile(r"Done (\d+) runs in (\d+) second|stat::number_of_executed_units: (\d+)")


class TooSlowError(BaseException):
    """An input took longer than `SLOWEST`. No reader takes it for a damaged file."""


def stop(*_: object) -> None:
    """End what takes too long."""
    raise TooSlowError


def place(name: str) -> str:
    """Return what files of a surface are called."""
    return name.replace(", ", "-").replace(" ", "-")


def fuzz(name: str, minutes: float, into: Path) -> None:
    """Feed a surface until the time is over or it fails; the process ends then."""
    target = TARGETS[name]
    corpus = into / place(name)
    corpus.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=SEEN):
        for number, seed in enumerate(target.seeds()):
            (corpus / f"seed-{number}").write_bytes(seed)
            target.feed(seed)  # what is made and imported at first use is so now

    def feed(content: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, SLOWEST)
        target.feed(content)

    signal.signal(signal.SIGVTALRM, stop)
    limits = [f"-max_len={LONGEST}", f"-timeout={NEVER}", f"-rss_limit_mb={MOST_MEMORY}"]
    told = [f"-max_total_time={int(minutes * 60)}", "-print_final_stats=1", f"-artifact_prefix={into / place(name)}-"]
    atheris.Setup([sys.argv[0], *limits, *told, str(corpus)], feed)
    atheris.Fuzz()


def row(name: str, minutes: float, into: Path) -> str:
    """Fuzz a surface in a process of its own, and return what came of it."""
    command = [sys.executable, __file__, name, "--minutes", str(minutes), "--into", str(into)]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    took = (time.monotonic() - began) / 60
    said = done.stdout + done.stderr
    (into / f"{place(name)}.log").write_text(said[-20_000:], encoding="utf-8")
    runs = max((int(found[1] or found[3]) for found in DONE.finditer(said)), default=0)
    fault = re.search(r"Uncaught Python exception: ===\s*(.*)|(ERROR: libFuzzer: .*)", said)
    outcome = next(filter(None, fault.groups())) if fault else "nothing" if done.returncode == 0 else "see the log"
    return f"| {name} | {runs:,} | {took:.1f} | {outcome} |"


def in_turn(names: Iterable[str], minutes: float, into: Path) -> Iterator[str]:
    """Fuzz surfaces one after another; yield the lines of a table as it goes."""
    yield "| surface | fed | minutes | what was found |\n| --- | --- | --- | --- |"
    for name in names:
        yield row(name, minutes, into)


def main() -> None:
    """Do as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="SURFACE")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--into", type=Path, default=Path())
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--again", type=Path)
    said = parser.parse_args()
    if unknown := set(said.names) - set(TARGETS):
        parser.error(f"there is no surface {min(unknown)!r}; --list names them")
    if said.list:
        print("\n".join(TARGETS))
    elif said.again:
        TARGETS[said.names[0]].feed(said.again.read_bytes())
    elif len(said.names) == 1:
        fuzz(said.names[0], said.minutes, said.into)
    else:
        said.into.mkdir(parents=True, exist_ok=True)
        with (said.into / "rows.md").open("a", encoding="utf-8") as kept:
            for line in in_turn(said.names or TARGETS, said.minutes, said.into):
                print(line, flush=True)
                print(line, file=kept, flush=True)


if __name__ == "__main__":
    main()
