"""`make fuzz` runs every family for a while: `python -m tests.fuzz tables --seconds 60` runs one.

atheris (github.com/google/atheris) changes seeds towards code that no input reached yet. Whatever
it makes must end in a dataset whose counts add up, or in a refusal, within ten seconds and 2 GB.
An input that does not lies in out/fuzz afterwards: make a test of it, then mend the reader.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris
import polars as pl

with atheris.instrument_imports(include=["analyzers.read"]):
    from analyzers.model.refusal import BadInput
    from analyzers.read import Limits
    from analyzers.read.limits import MIB
    from analyzers.read.reading import Shown, find, read_export
    from analyzers.read.sidecar import Sidecar
    from analyzers.read.sink import Sink

from analyzers.tables import Writer
from tests.fuzz.seeds import FAMILIES

OUT = Path("out") / "fuzz"
LONGEST = 64 * 1024  # bytes of an input: a few posts of any format
PATH = Path(tempfile.mkdtemp()) / "dump"
LIMITS = Limits(bytes=MIB, decompressed=8 * MIB, item=MIB, field=MIB // 4)


class Nowhere(Writer):
    """Keeps nothing: what is written to the disk is the same whatever was read."""

    def __init__(self) -> None:
        pass

    def add(self, table: str, frame: pl.DataFrame) -> None:
        pass


def one(content: bytes) -> None:
    """Read bytes as a file of no name that says anything."""
    PATH.write_bytes(content)
    try:
        for found in find([PATH], {}, LIMITS):
            if isinstance(found.format, Sidecar):
                continue
            with Sink(Nowhere(), remember=False) as sink:
                source = read_export(found, sink, LIMITS, Shown(None, 0))
            assert source.used >= 0
            assert source.rows == source.used + sum(one.count for one in source.skipped)
    except BadInput:
        return


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    seeds = OUT / asked.family
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(FAMILIES[asked.family]()):
        (seeds / f"seed-{number}").write_bytes(seed)
    flags = [
        f"-max_total_time={asked.seconds}",
        f"-max_len={LONGEST}",
        "-timeout=10",
        "-rss_limit_mb=2048",
        f"-artifact_prefix={OUT}/{asked.family}-",
    ]
    atheris.Setup([sys.argv[0], *flags, str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
