"""The encoder of the learned tier: a small transformer and the gate before it, as functions of their weights.

The same lines run it (with NumPy) and train it (`benchmarks/train_tone.py`, with `jax.numpy`). The encoder is the one
of J. Devlin and others, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", 2019.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

HEADS = 12
FAR_AWAY = -1e4  # added to the attention that padding would get
Array = Any  # of NumPy when it runs, of JAX when it learns
Weights = Mapping[str, Array]
Drop = Callable[[Array], Array]


def kept(values: Array) -> Array:
    """Return the values as they are: nothing is dropped out when the encoder is not learning."""
    return values


def encode(xp: ModuleType, weights: Weights, embedded: Array, present: Array, drop: Drop = kept) -> Array:
    """Return a vector for each piece: `embedded` pieces (sentence, place, width), `present` 1 or 0 (padding)."""
    padding = ((1 - present) * FAR_AWAY)[:, None, None, :]
    values = drop(_norm(xp, embedded + weights["places"][: embedded.shape[1]], weights, "norm"))
    layer = 0
    while f"{layer}.attend" in weights:
        values = _norm(xp, values + drop(_attention(xp, weights, layer, values, padding)), weights, f"{layer}.attended")
        values = _norm(xp, values + drop(_feed(xp, weights, layer, values)), weights, f"{layer}.fed")
        layer += 1
    return values


def _norm(xp: ModuleType, values: Array, weights: Weights, name: str) -> Array:
    centred = values - values.mean(-1, keepdims=True)
    scale = weights[f"{name}.scale"] / xp.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-6)
    return centred * scale + weights[f"{name}.shift"]


def _line(weights: Weights, name: str, values: Array) -> Array:
    """Return the values times a matrix, plus its shift; as one large product, which is quicker than many."""
    flat = values.reshape(-1, values.shape[-1]) @ weights[name] + weights[f"{name}.shift"]
    return flat.reshape(*values.shape[:-1], -1)


def _attention(xp: ModuleType, weights: Weights, layer: int, values: Array, padding: Array) -> Array:
    sentences, places, width = values.shape
    split = (sentences, places, 3, HEADS, width // HEADS)
    parts = _line(weights, f"{layer}.attend", values).reshape(split)
    asked, offered, said = (parts[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
    fit = asked @ offered.transpose(0, 1, 3, 2) * (width // HEADS) ** -0.5 + padding
    fit = xp.exp(fit - fit.max(-1, keepdims=True))
    heard = fit @ said / fit.sum(-1, keepdims=True)
    heard = heard.transpose(0, 2, 1, 3).reshape(sentences, places, width)
    return _line(weights, f"{layer}.gather", heard)


def _feed(xp: ModuleType, weights: Weights, layer: int, values: Array) -> Array:
    inner = _line(weights, f"{layer}.widen", values)
    inner = inner * (xp.tanh(0.79788456 * inner * (1 + 0.044715 * inner * inner)) + 1) * 0.5  # close to GELU
    return _line(weights, f"{layer}.narrow", inner)


def chances(xp: ModuleType, weights: Weights, values: Array) -> Array:
    """Return the chance of each column for each vector."""
    scores = _line(weights, "answer", values)
    odds = xp.exp(scores - scores.max(-1, keepdims=True))
    return odds / odds.sum(-1, keepdims=True)


def promise(xp: ModuleType, weights: Weights, embedded: Array) -> Array:
    """Return how promising each piece is by itself and its two neighbours; a sentence is as promising as its best.

    `embedded` are the gate's own vectors of the pieces (..., place, width), with no sentence's end beside another's
    start but for the closing and opening pieces between them.
    """
    blank = embedded[..., :1, :] * 0
    before = xp.concatenate([blank, embedded[..., :-1, :]], axis=-2)
    after = xp.concatenate([embedded[..., 1:, :], blank], axis=-2)
    seen = xp.concatenate([before, embedded, after], axis=-1)
    inner = xp.maximum(_line(weights, "gate.look", seen), 0)
    return (inner @ weights["gate.answer"])[..., 0] + weights["gate.shift"]
