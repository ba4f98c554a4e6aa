"""Families of near-duplicates: Limier beside its peers, in one run, on the same texts.

    python -m tests.bench.near_duplicates [--peers PYTHON] [--sizes 10000 1000000] [--only NAME]

`--peers` is the Python in which the peers are installed (`make bench` sees to it); without it
Limier runs alone. Every contender runs in a process of its own, one after the other, and is
stopped after `--patience` seconds. Prints tables in markdown.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.agreement import Agreement, agreement
from tests.bench.contenders import CONTENDERS
from tests.bench.corpora import (
    SCRIPTS,
    Texts,
    disguised,
    half_swapped,
    mixed,
    one_edit,
    several_edits,
    swapped_in,
)

LIMIER = "limier"
SIZES = (10_000, 100_000, 1_000_000)

QUADRATIC = {"rapidfuzz cdist": 10_000, "coordination-network-toolkit": 10_000}
"""Contenders whose time grows with the square of the texts, and the most that they are given."""


class Outcome(NamedTuple):
    """What one contender did with one set of texts; `None` where it was stopped."""

    seconds: float | None
    processor_seconds: float | None
    megabytes: float | None
    quality: Agreement | None


def main() -> None:
    """Print the tables."""
    asked = _arguments()
    print("## Limier and its peers\n")
    print(
        "Texts of 8 to 22 words, 5 % of them in families of 20 with a word swapped, another "
        "mention, other punctuation or capitals.\n"
    )
    print(
        "| texts | contender | seconds | × Limier | processor seconds | peak MB | recall | "
        "precision |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for size in asked.sizes:
        _beside_peers(size, asked)
    print("\n## Limier on harder texts\n")
    print("| texts | of them | seconds | recall | precision |")
    print("|---|---|---|---|---|")
    for name, texts in _harder():
        ours = _run(LIMIER, texts, sys.executable, asked.patience)
        assert ours.quality is not None
        print(
            f"| {name} | {len(texts.texts):,} | {ours.seconds:.2f} | {ours.quality.recall:.3f} | "
            f"{ours.quality.precision:.4f} |",
            flush=True,
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="the Python in which the peers are installed")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument(
        "--only", nargs="+", choices=CONTENDERS, default=list(CONTENDERS), help="which peers to run"
    )
    parser.add_argument("--patience", type=float, default=300.0, help="seconds for one contender")
    return parser.parse_args()


def _beside_peers(size: int, asked: argparse.Namespace) -> None:
    texts = mixed(size, 1, one_edit)
    ours = _run(LIMIER, texts, sys.executable, asked.patience)
    _row(size, LIMIER, ours, ours)
    for name in asked.only:
        if name != LIMIER and asked.peers and size <= QUADRATIC.get(name, size):
            _row(size, name, _run(name, texts, str(asked.peers), asked.patience), ours)


def _row(size: int, name: str, done: Outcome, ours: Outcome) -> None:
    if done.seconds is None or done.quality is None:
        print(f"| {size:,} | {name} | stopped | | | | | |", flush=True)
        return
    assert ours.seconds
    print(
        f"| {size:,} | {name} | {done.seconds:.2f} | {done.seconds / ours.seconds:.1f} | "
        f"{done.processor_seconds:.1f} | {done.megabytes:.0f} | {done.quality.recall:.3f} | "
        f"{done.quality.precision:.4f} |",
        flush=True,
    )


def _run(name: str, texts: Texts, python: str, patience: float) -> Outcome:
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "texts.json", Path(place) / "labels.json"
        source.write_text(json.dumps(texts.texts), encoding="utf-8")
        command = [python, "-m", "tests.bench.contenders", name, str(source), str(target)]
        try:
            subprocess.run(command, check=True, timeout=patience, stdout=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return Outcome(None, None, None, None)
        done = json.loads(target.read_text(encoding="utf-8"))
    quality = agreement(texts.truth, done["labels"])
    return Outcome(done["seconds"], done["processor_seconds"], done["megabytes"], quality)


def _harder() -> Iterator[tuple[str, Texts]]:
    yield "several edits in each text", mixed(100_000, 2, several_edits)
    yield "short insults, half with a word swapped", mixed(100_000, 3, half_swapped, (3, 6))
    yield "disguised: links, emoji, accents, odd letters, cut", mixed(100_000, 4, disguised)
    for name, script in SCRIPTS.items():
        yield f"{name}, a word swapped in each", swapped_in(script, 100_000, 5)
    yield "families of 20", mixed(100_000, 6, one_edit, share=0.2)
    yield "one family of 20,000", mixed(100_000, 6, one_edit, share=0.2, family=20_000)


if __name__ == "__main__":
    main()
