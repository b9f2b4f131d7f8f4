"""Which settings hold: those of the file found upward, its overrides for a path, and the flags given by hand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from fsm_language.rule import LEVELS
from fsm_language.settings import Settings

FILE_NAMES = (".fsm-language.yaml", ".fsm-language.yml")
FAIL_ON = (*LEVELS, "never")
# what a settings file says of a run; all else that it says is `Settings`
OF_THE_RUN = (
    *("fail_on", "text_field", "id_field", "date_field", "team_field", "audience_field", "group_by"),
    *("jobs", "baseline", "ignores", "overrides"),
)


@dataclass(frozen=True, slots=True)
class Override:
    """Settings that hold for some paths only."""

    paths: tuple[str, ...]
    settings: Mapping[str, Any]

    def concerns(self, path: str) -> bool:
        """Whether `path`, with slashes and counted from the settings file's folder, fits one of the patterns."""
        return any(_fits(glob, path) for glob in self.paths)


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that a settings file and flags say.

    `settings` shape what is found; the rest says how notes are read and what comes of findings. `flags` were given
    by hand for this run and win over everything in `file`.
    """

    settings: Settings = field(default_factory=Settings)
    file: Path | None = None
    fail_on: str = "warning"
    text_field: str = "text"
    id_field: str = "id"
    date_field: str = "date"
    team_field: str = "team"
    audience_field: str | None = None
    group_by: tuple[str, ...] = ()
    jobs: int = 0
    baseline: Path | None = None
    ignores: Path | None = None
    overrides: tuple[Override, ...] = ()
    flags: Mapping[str, Any] = field(default_factory=dict)

    def with_flags(self, **given: object) -> "Configuration":
        """Return this configuration with flags laid over it; a flag that is None was not given.

        `packs` and `ignore` add to what the file says, every other flag takes its place.
        """
        flags = {key: value for key, value in given.items() if value is not None}
        own: dict[str, Any] = {key: value for key, value in flags.items() if key in OF_THE_RUN}
        return replace(self, flags={**self.flags, **{k: v for k, v in flags.items() if k not in OF_THE_RUN}}, **own)

    def for_path(self, name: str) -> Settings:
        """Return the settings for the note or file `name`: the file's, its overrides' in order, then the flags."""
        settings = self.settings
        for override in self.overrides:
            if override.concerns(self.relative(name)):
                settings = replace(settings, **override.settings)
        added = {key: (*getattr(settings, key), *self.flags[key]) for key in ("packs", "ignore") if key in self.flags}
        return replace(settings, **{**self.flags, **added})

    def relative(self, name: str) -> str:
        """Return a path as overrides see it: with slashes, from the folder of the settings file."""
        path = Path(name)
        if self.file is not None:
            folder = self.file.parent.resolve()
            resolved = path.resolve()
            path = resolved.relative_to(folder) if resolved.is_relative_to(folder) else path
        return path.as_posix()


def _fits(glob: str, path: str) -> bool:
    """Whether a pattern fits: `*` within a name, `**` across folders; no slash means in any folder.

    Every way through the pattern is walked at once, so that none of them makes it slow.
    """
    glob = PurePath(glob).as_posix() + ("/**" if glob.endswith("/") else "")
    reached = {0}
    for part in re.split(r"(\*\*/?|\*|\?)", glob if "/" in glob else f"**/{glob}"):
        reached = set(_after(part, path, reached)) if reached else reached
    return len(path) in reached


def _after(part: str, path: str, reached: set[int]) -> Iterator[int]:
    """Yield where in `path` a part of a pattern may end that begins at any place of `reached`."""
    first = min(reached)
    if part == "**":
        yield from range(first, len(path) + 1)
    elif part == "**/":
        yield from reached
        yield from (at + 1 for at in range(first, len(path)) if path[at] == "/")
    elif part == "*":
        going = True
        for at in range(first, len(path) + 1):
            going = at in reached or (going and path[at - 1] != "/")
            if going:
                yield at
    elif part == "?":
        yield from (at + 1 for at in reached if path[at : at + 1] not in ("", "/"))
    else:
        yield from (at + len(part) for at in reached if path.startswith(part, at))


def find(start: Path) -> Path | None:
    """Return the settings file in `start` or the nearest folder above it, None if there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
    return None
