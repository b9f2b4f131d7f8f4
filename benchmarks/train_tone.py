"""Train the learned tier from the marked notes: the same notes and seed give the same weights.

    python benchmarks/train_tone.py      all notes; writes fsm_language/tone.npz

Needs JAX (extra `dev`). It starts from `start.npz`, the word pieces and lower layers of a small English model
(`make_start.py`), and goes over every sentence of every marked note. Grey words are not scored, and traps weigh
double: a false alarm costs more trust than a miss. The rules' own examples are lessons too. The gate learns beside the
encoder to tell the sentences that hold something. The seed fixes the order of sentences, dropped words and dropout.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

# one thread, so that sums are always made in the same order
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
sys.path.insert(0, str(Path(__file__).parent))

import jax
import jax.numpy as jnp
import numpy as np
from lessons import arrays, batches, from_rules, lessons
from marked import Note, read_notes

from fsm_language.encoder import FAR_AWAY, Sentences, encode, promise
from fsm_language.hints import COLUMNS
from fsm_language.tone import WEIGHTS
from fsm_language.weights import floats, read, write
from fsm_language.wordpieces import SHAPES, Wordpieces

HERE = Path(__file__).parent
NOTES = HERE / "notes"
START = HERE / "start.npz"
SEED = 7
ROUNDS = 3
PACE = 2e-4
QUICKER = 5.0  # what starts from nothing learns so much faster
DROPOUT = 0.1
SMOOTHING = 0.05
GATE_WIDTH, GATE_INNER = 32, 48
Weights = dict[str, Any]


def beginning(seed: int) -> tuple[Wordpieces, Weights]:
    """Return the vocabulary and the weights that training starts from."""
    pieces, kept = read(START)
    weights: Weights = dict(floats(kept))
    random = np.random.default_rng(seed)
    width = weights["pieces"].shape[1]
    weights["shapes"] = np.zeros((SHAPES, width))
    weights["answer"] = random.normal(0, 0.02, (width, COLUMNS))
    weights["answer.shift"] = np.zeros(COLUMNS)
    centred = weights["pieces"] - weights["pieces"].mean(0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    weights["gate.pieces"] = centred @ axes[:, : -GATE_WIDTH - 1 : -1]
    weights["gate.look"] = random.normal(0, 0.2, (3 * GATE_WIDTH, GATE_INNER))
    weights["gate.look.shift"] = np.zeros(GATE_INNER)
    weights["gate.answer"] = random.normal(0, 0.2, (GATE_INNER, 1))
    weights["gate.shift"] = np.zeros(1)
    return pieces, {name: jnp.asarray(values, dtype=jnp.float32) for name, values in weights.items()}


def train(
    notes: Sequence[Note], *, rounds: int = ROUNDS, seed: int = SEED, examples: bool = True
) -> tuple[Wordpieces, Weights]:
    """Return the vocabulary and the weights, trained on `notes` and, if wanted, on the rules' examples."""
    pieces, weights = beginning(seed)
    course = [lesson for note in (*notes, *(from_rules() if examples else ())) for lesson in lessons(pieces, note)]
    random = np.random.default_rng(seed)
    key = jax.random.PRNGKey(seed)
    zero = jax.tree.map(jnp.zeros_like, weights)
    state = (weights, zero, jax.tree.map(jnp.zeros_like, weights), jax.tree.map(jnp.array, weights))
    plan = [batch for _ in range(rounds) for batch in batches(course, random)]
    for at, (length, batch) in enumerate(plan):
        key, dropping = jax.random.split(key)
        pace = PACE * min((at + 1) / (0.1 * len(plan)), max(0.02, (len(plan) - at) / (0.9 * len(plan))))
        state = _step(state, float(at + 1), pace, dropping, *arrays(pieces, length, batch, random))
    return pieces, {name: np.asarray(values) for name, values in state[-1].items()}


def _loss(weights: Weights, key: jax.Array, *batch: jax.Array) -> jax.Array:
    numbers, shapes, present, right, weight, something = batch
    keys = iter(jax.random.split(key, 32))

    def drop(values: jax.Array) -> jax.Array:
        return values * jax.random.bernoulli(next(keys), 1 - DROPOUT, values.shape) / (1 - DROPOUT)

    embedded = weights["pieces"][numbers] + weights["shapes"][shapes] + weights["places"][: numbers.shape[1]]
    padding = ((1 - present) * FAR_AWAY)[:, None, None, :]
    read = encode(jnp, weights, Sentences(embedded, padding), drop)
    scores = jax.nn.log_softmax(read @ weights["answer"] + weights["answer.shift"])
    wanted = jax.nn.one_hot(right, COLUMNS) * (1 - SMOOTHING) + SMOOTHING / COLUMNS
    words = -((wanted * scores).sum(-1) * weight).sum() / jnp.maximum(weight.sum(), 1)
    promises = promise(jnp, weights, drop(weights["gate.pieces"][numbers]))
    best = jax.nn.logsumexp(jnp.where(present > 0, promises, -1e4), axis=1)
    gate = jax.nn.softplus(jnp.where(something > 0, -best, best)) * (something >= 0)
    return words + gate.sum() / jnp.maximum((something >= 0).sum(), 1)


@partial(jax.jit, donate_argnums=(0,))
def _step(state: tuple[Weights, ...], at: Any, pace: Any, key: jax.Array, *batch: jax.Array) -> tuple[Weights, ...]:  # noqa: ANN401
    """Take one step of Adam (D. Kingma and J. Ba, 2015) with clipped gradients; keep a running mean of the weights."""
    weights, first, second, mean = state
    gradients = jax.grad(_loss)(weights, key, *batch)
    clip = jnp.minimum(1, 1 / jnp.sqrt(sum((g * g).sum() for g in gradients.values()) + 1e-12))
    gradients = {name: gradient * clip for name, gradient in gradients.items()}
    first = {name: 0.9 * first[name] + 0.1 * gradient for name, gradient in gradients.items()}
    second = {name: 0.98 * second[name] + 0.02 * gradient**2 for name, gradient in gradients.items()}
    weights = {
        name: values
        - pace * _quicker(name) * (first[name] / (1 - 0.9**at) / (jnp.sqrt(second[name] / (1 - 0.98**at)) + 1e-6))
        for name, values in weights.items()
    }
    keep = jnp.minimum(0.998, (1 + at) / (10 + at))
    return weights, first, second, {name: keep * mean[name] + (1 - keep) * weights[name] for name in weights}


def _quicker(name: str) -> float:
    return QUICKER if name.startswith(("answer", "gate.", "shapes")) else 1.0


def main() -> None:
    """Train on the notes named on the command line, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("notes", nargs="*", type=Path, help="marked notes (default: all)")
    arguments.add_argument("--output", type=Path, default=WEIGHTS)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument("--seed", type=int, default=SEED)
    chosen = arguments.parse_args()
    files = chosen.notes or sorted(NOTES.iterdir())
    notes = [note for file in files for note in read_notes(file)]
    began = time.perf_counter()
    write(chosen.output, *train(notes, rounds=chosen.rounds, seed=chosen.seed))
    print(f"{len(notes)} notes, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
