"""`python -m analyzers.calibration`: simulate, fit, judge, and write the page (see `--help`)."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from analyzers.calibration.cases import MECHANISM, ORGANIC, Observation, Split, observe, planned
from analyzers.weigh.weights import FILE, decoded, encoded

ROOT = Path(__file__).parents[2]
FIT_CASES = 108
"""Cases of each scenario on the fitting variants: twelve a variant."""
JUDGE_CASES = 171
"""Cases of each coordinated scenario: 1,026 in all, enough for an interval of ± 3 points."""
ORGANIC_CASES = 1_000
"""Cases of each organic scenario: the fewest in which four false accusations are 4 in 1,000."""
_TASKS_EACH = 40
"""Cases per worker process, after which a fresh one takes over: memory stays flat."""


def main() -> None:
    """Do what the arguments ask."""
    asked = _arguments()
    split: Split = "locked" if asked.locked else "judge"
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = [] if asked.locked else list(_plan("fit", asked.fit, asked.fit))
    wanted += _plan(split, asked.judge, asked.organic)
    known = _known(asked.out)
    missing = [task for task in wanted if task[:2] not in known]
    print(f"{len(known)} cases known, {len(missing)} to simulate", file=sys.stderr)
    with (asked.out / "cases.ndjson").open("ab") as file:
        for number, each in enumerate(_simulated(missing, asked.workers), start=1):
            file.write(msgspec.json.encode(each) + b"\n")
            file.flush()
            known[each.scenario, each.seed] = each
            if not number % 50:
                print(f"{number} of {len(missing)}", file=sys.stderr, flush=True)
    if not asked.simulate_only:
        chosen = [known[task[:2]] for task in wanted]
        _conclude(chosen, split, asked.page)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "calibration")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "calibration.md")
    parser.add_argument("--fit", type=int, default=FIT_CASES, help="cases a scenario, to fit")
    parser.add_argument("--judge", type=int, default=JUDGE_CASES, help="cases a scenario, to judge")
    parser.add_argument("--organic", type=int, default=ORGANIC_CASES, help="of each organic one")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--locked", action="store_true", help="judge on the locked variants only")
    parser.add_argument("--simulate-only", action="store_true", help="fit and judge nothing yet")
    return parser.parse_args()


def _plan(split: Split, coordinated: int, organic: int) -> Iterator[tuple[str, int, Split]]:
    """Tasks in rounds over the scenarios, so that an early end leaves all of them alike."""
    counts = {name: organic if name in ORGANIC else coordinated for name in MECHANISM}
    for number in range(max(counts.values())):
        for name, count in counts.items():
            if number < count:
                yield from planned(split, name, 1, number)


def _known(folder: Path) -> dict[tuple[str, int], Observation]:
    """The cases that an earlier run simulated; a line cut short by its end is left out."""
    path = folder / "cases.ndjson"
    found: dict[tuple[str, int], Observation] = {}
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            each = msgspec.json.decode(line, type=Observation)
        except msgspec.DecodeError:
            continue
        found[each.scenario, each.seed] = each
    return found


def _simulated(tasks: list[tuple[str, int, Split]], workers: int) -> Iterable[Observation]:
    # one thread a library and process: many small cases, not one large one
    for name in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, maxtasksperchild=_TASKS_EACH) as pool:
        yield from pool.imap_unordered(observe, tasks)


def _conclude(observations: list[Observation], split: Split, page: Path) -> None:
    from analyzers.calibration.fit import fit
    from analyzers.calibration.page import write_page

    fitting = [each for each in observations if each.split == "fit"]
    judging = [each for each in observations if each.split == split]
    if fitting:
        weights = fit(fitting)
        FILE.write_text(json.dumps(encoded(weights), indent=1) + "\n", encoding="utf-8")
    weights = decoded(json.loads(FILE.read_text(encoding="utf-8")))
    write_page(page, weights, fitting, judging)


if __name__ == "__main__":
    main()
