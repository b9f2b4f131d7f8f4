"""Packs that were read and proved once, kept on disk between runs so that a note is checked at once.

A file holds rules only, never a word of a note. It is named by a digest of every rule file it was made from, so
a stale one is never read; a damaged or unreadable one is ignored, and a folder that cannot be written does no harm.
"""

import contextlib
import hashlib
import json
import os
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fsm_language import whole

KEPT = 8


def folder() -> Path:
    """Return where packs are kept: the platform's cache folder, or what FSM_LANGUAGE_CACHE says."""
    if chosen := os.environ.get("FSM_LANGUAGE_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        parent = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        parent = Path.home() / "Library" / "Caches"
    else:
        parent = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return parent / "fsm-language"


def digest(version: str, files: Iterable[Path]) -> str:
    """Return the name under which a pack made from `files` is kept. Raises `OSError` when one cannot be read."""
    content = hashlib.blake2b(version.encode(), digest_size=16)
    for file in files:
        text = file.read_bytes()
        content.update(f"\0{file}\0{len(text)}\0".encode("utf-8", "surrogateescape"))
        content.update(text)
    return content.hexdigest()


def recall(name: str) -> dict[str, Any] | None:
    """Return what was kept under `name`, or None."""
    try:
        file = folder() / f"{name}.json"
        check, _, kept = file.read_bytes().partition(b"\n")
        with contextlib.suppress(OSError):  # a folder that can only be read is as good
            os.utime(file)  # what is used is not let go of
        content = json.loads(kept) if check == _check(kept) else None
    except (OSError, ValueError, RuntimeError):
        return None
    return content if isinstance(content, dict) and content.get("name") == name else None


def _check(kept: bytes) -> bytes:
    """Return what damage changes: a single bit could otherwise turn one word of a rule into another."""
    return b"%08x" % zlib.crc32(kept)


def remember(name: str, content: dict[str, Any]) -> None:
    """Keep `content` under `name`, whole or not at all, and let go of the oldest beyond a few."""
    with contextlib.suppress(OSError, RuntimeError):
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        kept = json.dumps({"name": name, **content}, separators=(",", ":")).encode()  # ASCII is read a third sooner
        whole.write(place / f"{name}.json", b"\n".join((_check(kept), kept)))
        for old in sorted(place.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
