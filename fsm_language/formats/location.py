"""Where a note lies, as build systems name files."""

from pathlib import Path, PurePath
from urllib.parse import quote


def path_of(name: str) -> str:
    """Return a note's name as a path with slashes, from the current folder where it lies below it."""
    path = Path(name)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return PurePath(path).as_posix()


def uri_of(name: str) -> str:
    """Return a note's name as a URI reference: relative, or `file:` for a path from the root."""
    path = path_of(name)
    return PurePath(path).as_uri() if PurePath(path).is_absolute() else quote(path)
