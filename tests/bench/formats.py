"""How many rows a second are read of each format: `make bench`, or python -m tests.bench.formats

Prints a table in markdown. The rows are simulated posts of every kind, written by the tests' own
writers; each format is read three times, and the fastest counts.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from analyzers.read import read
from analyzers.simulate import simulate
from tests.read.exports import EXPORTS
from tests.read.exports.sample import of_campaign

POSTS = 20_000
TIMES = 3


def main() -> None:
    """Measure every format, and print."""
    campaign = simulate("outrage", posts=POSTS)
    found = of_campaign(campaign, campaign.dumped)
    print("| Format | Rows a second | MB a second |\n|---|--:|--:|")
    for name, export in EXPORTS.items():
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for file, content in export.files(found).items():
                paths.append(Path(folder) / file)
                paths[-1].write_bytes(content)
            weight = sum(path.stat().st_size for path in paths)
            took = min(_seconds(paths) for _ in range(TIMES))
        print(f"| {name} | {len(found.posts) / took:,.0f} | {weight / took / 1e6:.0f} |")


def _seconds(paths: list[Path]) -> float:
    before = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        read(*paths, directory=Path(folder) / "data")
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
