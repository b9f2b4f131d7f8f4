"""The learned tier's numbers in a file: arrays and no code, the large ones in whole numbers of a byte."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fsm_language.wordpieces import Wordpieces

Floats = NDArray[np.float32]
LARGE = 16  # the least rows and columns of an array that is kept in bytes
UNIT = ".unit"  # what one whole number is worth, for each row of a table of pieces or column of a matrix
VOCABULARY = "vocabulary"


def write(path: Path, pieces: Wordpieces, weights: Mapping[str, Floats]) -> None:
    """Write a vocabulary and its weights."""
    arrays: dict[str, NDArray[Any]] = {VOCABULARY: np.frombuffer("\n".join(pieces.vocabulary).encode(), dtype=np.uint8)}
    for name, values in sorted(weights.items()):
        arrays[name] = values.astype(np.float32)
        if min(values.shape) >= LARGE:
            axis = 1 if name.endswith("pieces") else 0
            unit = (np.abs(values).max(axis, keepdims=True) / 127 + 1e-12).astype(np.float32)
            arrays[name], arrays[name + UNIT] = np.round(values / unit).astype(np.int8), unit
    np.savez(path, allow_pickle=False, **arrays)


def read(path: Path) -> tuple[Wordpieces, dict[str, NDArray[Any]]]:
    """Return the vocabulary and the arrays of a file as they are kept. Raises `OSError` or `ValueError`."""
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    return Wordpieces(arrays.pop(VOCABULARY).tobytes().decode("utf-8").split("\n")), arrays


def floats(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Return the weights for which `arrays` stand."""
    return {
        name: (values * arrays[name + UNIT] if name + UNIT in arrays else values).astype(np.float32, copy=False)
        for name, values in arrays.items()
        if not name.endswith(UNIT)
    }
