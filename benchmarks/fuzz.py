"""Whether anything at all that is sent to a surface makes it fail: a fuzzer guided by coverage, one surface at a time.

    pip install atheris
    python benchmarks/fuzz.py --list
    python benchmarks/fuzz.py "docx, its body" --minutes 5
    python benchmarks/fuzz.py --all --minutes 2        each surface in turn, for two minutes
    python benchmarks/fuzz.py rtf --again crash-…      what was found once more, with its traceback

What is run is in `tests/surfaces.py`. Printed are a row a surface: how often it was fed, for how many minutes, and
what was found.
Inputs that did something new are kept in a folder of this run only, those that failed in the present folder.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.append(str(Path(__file__).parents[1] / "tests"))
SEEN = ["fsm_language", "fsm_language_lsp", "striprtf"]  # packages whose branches guide the fuzzer
with atheris.instrument_imports(include=SEEN):
    from surfaces import TARGETS, Target

LONGEST = 20_000  # bytes of an input
SLOWEST = 30  # seconds that one input may take
MOST_MEMORY = 4096  # megabytes
DONE = re.compile(r"Done (\d+) runs in (\d+) second|stat::number_of_executed_units: (\d+)")


def fuzz(target: Target, minutes: float, corpus: Path) -> None:
    """Feed `target` until the time is over or it fails; the process ends then."""
    with atheris.instrument_imports(include=SEEN):
        for number, seed in enumerate(target.seeds()):
            (corpus / f"seed-{number}").write_bytes(seed)
            target.feed(seed)  # what is made and imported at first use is so now
    limits = [f"-max_len={LONGEST}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MEMORY}"]
    time = [f"-max_total_time={int(minutes * 60)}", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, *time, str(corpus)], target.feed)
    atheris.Fuzz()


def row(name: str, minutes: float) -> str:
    """Fuzz a surface in a process of its own, and return what came of it."""
    command = [sys.executable, __file__, name, "--minutes", str(minutes)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    said = done.stdout + done.stderr
    (Path.cwd() / f"fuzz-{name.replace(', ', '-').replace(' ', '-')}.log").write_text(said[-20_000:], encoding="utf-8")
    runs = max((int(found[1] or found[3]) for found in DONE.finditer(said)), default=0)
    fault = re.search(r"Uncaught Python exception: ===\s*(.*)|(ERROR: libFuzzer: .*)", said)
    outcome = next(filter(None, fault.groups())) if fault else "nothing" if done.returncode == 0 else "see the log"
    return f"| {name} | {runs:,} | {minutes:g} | {outcome} |"


def main() -> None:
    """Do as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--again", type=Path)
    said = parser.parse_args()
    if said.list:
        print("\n".join(TARGETS))
    elif said.again:
        TARGETS[said.name].feed(said.again.read_bytes())
    elif said.all:
        for name in TARGETS:
            print(row(name, said.minutes), flush=True)
    else:
        with tempfile.TemporaryDirectory() as corpus:
            fuzz(TARGETS[said.name], said.minutes, Path(corpus))


if __name__ == "__main__":
    main()
