"""The encoder of the learned tier: a small transformer and the gate before it, as functions of their weights.

The same lines run it (with NumPy) and train it (`benchmarks/train_tone.py`, with `jax.numpy`). The encoder is the one
of J. Devlin and others, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", 2019.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, NamedTuple

HEAD = 32  # numbers in each of the heads of a layer
FAR_AWAY = -1e4  # added to the attention between pieces that have nothing to say to each other
Array = Any  # of NumPy when it runs, of JAX when it learns
Weights = Mapping[str, Array]
Drop = Callable[[Array], Array]
EVERY = slice(None)


def kept(values: Array) -> Array:
    """Return the values as they are: nothing is dropped out when the encoder is not learning."""
    return values


class Sentences(NamedTuple):
    """What is to be read: rows of pieces, with one sentence in each or several, one after another.

    `embedded` are the vectors of the pieces (row, piece, width), with those of their places in their sentences. `apart`
    is added to the attention (row, head, piece, other piece): 0 within a sentence, `FAR_AWAY` for what lies without.
    `wanted` (row, any number of pieces) are the pieces whose vectors are asked for; None asks for all.
    """

    embedded: Array
    apart: Array
    wanted: Array | None = None


def encode(xp: ModuleType, weights: Weights, sentences: Sentences, drop: Drop = kept) -> Array:
    """Return a vector for each piece that is wanted; the last layer works for these alone, which changes none."""
    embedded, apart, wanted = sentences
    values = drop(_norm(xp, embedded, weights, "norm"))
    layers = list(_layers(weights))
    for layer in layers:
        asking = values
        if wanted is not None and layer is layers[-1]:
            asking = xp.take_along_axis(values, wanted[:, :, None], axis=1)
            apart = xp.take_along_axis(apart, wanted[:, None, :, None], axis=2)
        heard = _attention(xp, layer, asking, values, apart)
        values = _norm(xp, asking + drop(heard), layer, "attended")
        values = _norm(xp, values + drop(_feed(xp, layer, values)), layer, "fed")
    return values


def _layers(weights: Weights) -> Iterator[Weights]:
    """Yield the weights of each layer, the first first."""
    at = 0
    while f"{at}.attend" in weights:
        mark = f"{at}."
        yield {name.removeprefix(mark): values for name, values in weights.items() if name.startswith(mark)}
        at += 1


def _norm(xp: ModuleType, values: Array, weights: Weights, name: str) -> Array:
    width = values.shape[-1]
    centred = values - values.sum(-1, keepdims=True) / width
    spread = xp.einsum("...i,...i->...", centred, centred)[..., None] / width
    return centred / xp.sqrt(spread + 1e-6) * weights[f"{name}.scale"] + weights[f"{name}.shift"]


def _line(weights: Weights, name: str, values: Array, columns: slice = EVERY) -> Array:
    """Return the values times a matrix, or some columns of it, plus its shift; as one large product, which is quick."""
    flat = values.reshape(-1, values.shape[-1]) @ weights[name][:, columns] + weights[f"{name}.shift"][columns]
    return flat.reshape(*values.shape[:-1], -1)


def _attention(xp: ModuleType, weights: Weights, asking: Array, values: Array, apart: Array) -> Array:
    """Return what the pieces that are `asking` take from all pieces of their sentences."""
    width = weights["gather"].shape[0]
    asked = _by_head(_line(weights, "attend", asking, slice(width)) * HEAD**-0.5)
    offered = _by_head(_line(weights, "attend", values, slice(width, 2 * width)))
    said = _by_head(_line(weights, "attend", values, slice(2 * width, None)))
    fit = asked @ offered.transpose(0, 1, 3, 2) + apart
    fit = xp.exp(fit - fit.max(-1, keepdims=True))
    heard = fit @ said / fit.sum(-1, keepdims=True)
    return _line(weights, "gather", heard.transpose(0, 2, 1, 3).reshape(*asking.shape[:-1], width))


def _by_head(values: Array) -> Array:
    return values.reshape(*values.shape[:-1], -1, HEAD).transpose(0, 2, 1, 3)


def _feed(xp: ModuleType, weights: Weights, values: Array) -> Array:
    inner = _line(weights, "widen", values)
    inner = inner * (xp.tanh(0.79788456 * inner * (1 + 0.044715 * inner * inner)) + 1) * 0.5  # close to GELU
    return _line(weights, "narrow", inner)


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
