"""Which settings hold for a note: those of the file found upward from it, read anew when it has changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from fsm_language import Finding, Report, suppress
from fsm_language.configuration import Configuration, find
from fsm_language.formats.wording import sentence
from fsm_language.settings import SettingsError
from fsm_language.suppress import Silence, Store

IGNORES = ".fsm-language-ignores.json"


class _Read(NamedTuple):
    stamp: tuple[int, int, int]
    content: Any


class Configurations:
    """Settings files and files of ignores, by path. What is wrong with one is told, and the last right one holds."""

    def __init__(self, tell: Callable[[str], None], base: Configuration | None = None) -> None:
        """Begin with none read; with `base`, those settings hold for every note and no file is looked for."""
        self._tell = tell
        self._base = base
        self._read: dict[Path, _Read] = {}
        self.left_here = suppress.new()  # what is left as it is where no folder could keep it

    def of(self, path: Path | None, folder: Path | None, named: str, over: Mapping[str, Any]) -> Configuration:
        """Return the settings for a note at `path`, or for one that is in no file and belongs to `folder`.

        `named` is a settings file to use instead of the one found upward; `over` is laid over what it says.
        """
        if self._base is not None:
            return self._base.with_flags(**over)
        start = path.parent if path is not None else folder
        file = (folder or Path.cwd()) / Path(named).expanduser() if named else start and find(start)
        found = self._once(file, _settings) if file else None
        return (found or Configuration()).with_flags(**over)

    def ignores_file(self, configuration: Configuration, folder: Path | None) -> Path | None:
        """Return where ignores are kept: as the settings say, beside them, or in the workspace; None for nowhere."""
        if self._base is not None:
            return None
        beside = configuration.file.parent if configuration.file else folder
        return configuration.ignores or (beside / IGNORES if beside else None)

    def silences(self, configuration: Configuration, folder: Path | None) -> list[Silence]:
        """Return what keeps findings quiet: the baseline and the ignores."""
        files = (configuration.baseline, self.ignores_file(configuration, folder))
        stores = [self._once(file, suppress.load) for file in files if file is not None and file.is_file()]
        return [Silence(store) for store in (*stores, self.left_here) if isinstance(store, Store) and store.entries]

    def leave_here(self, finding: Finding, report: Report) -> None:
        """Leave wording as it is for as long as the editor is connected."""
        here = self.left_here
        self.left_here = replace(here, entries=(*here.entries, here.entry(finding, report)))

    def _once(self, file: Path, read: Callable[[Path], Any]) -> Any:  # noqa: ANN401  # as `read` gives it
        """Return what `read` makes of `file`, the last right one if it is wrong now, None if it never was right."""
        known = self._read.get(file)
        try:
            stat = file.stat()
            stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)  # a clock may go back, a change never does
        except OSError:
            stamp = (0, 0, 0)
        if known is not None and known.stamp == stamp:
            return known.content
        try:
            content = read(file)
        except SettingsError as error:
            self._tell(f"{sentence(str(error))} Until this is mended, the settings before it hold.")
            content = known.content if known is not None else None
        self._read[file] = _Read(stamp, content)
        return content


def _settings(file: Path) -> Configuration:
    from fsm_language.settingsfile import load

    return load(file)
