"""What a format may be asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that some formats heed and others have no use for.

    colour   whether the reader's terminal shows colour
    width    columns that text may fill
    quiet    only the summary; verbose: also why, sources and notes without findings
    fail_on  the lowest level that makes a run fail, or "never"
    version  the version of the tool, for formats that name it
    """

    colour: bool = False
    width: int = 80
    quiet: bool = False
    verbose: bool = False
    fail_on: str = "warning"
    version: str = ""
