"""Times each stage of a whole investigation at several sizes: `make bench`.

Each size runs in a process of its own, so that peak memory is its own too. Times depend on the
machine; the ratios to plain decoding of the same file, in the same run, travel better. Processor
seconds, which the last column sums up, say more than the clock where other work runs beside.
`python -m tests.bench.whole 300000` measures one size and prints both for every stage, as JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

SIZES = (10_000, 30_000, 100_000, 300_000)
STAGES = ("decode", "read", "enrich", "frame", "steps", "compose", "draw")


def main() -> None:
    """Print a table: a row per size, seconds per stage, peak memory."""
    print(
        f"{'posts':>9} {'MB':>6} ",
        *(f"{stage:>8}" for stage in (*STAGES, "total")),
        " peak MB  cpu",
    )
    for posts in SIZES:
        command = [sys.executable, "-m", "tests.bench.whole", str(posts)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        figures = json.loads(done.stdout)
        total = sum(figures[stage] for stage in STAGES[1:])
        worked = sum(figures[f"{stage}.cpu"] for stage in STAGES[1:])
        print(
            f"{posts:>9,} {figures['megabytes']:>6.0f} ",
            *(f"{figures[stage]:>8.2f}" for stage in STAGES),
            f"{total:>8.2f}  {figures['peak']:>7.0f} {worked:>5.0f}",
        )


def measure(posts: int) -> dict[str, float]:
    """Simulate, write and investigate one dump, timing each stage in seconds."""
    import msgspec

    from analyzers.catalog import STEPS
    from analyzers.compose import compose
    from analyzers.enrich import enrich
    from analyzers.investigation import Question, frame
    from analyzers.lib.targets import parse
    from analyzers.model.step import Found
    from analyzers.read import read
    from analyzers.render.disclosure import Disclosure
    from analyzers.render.figures import draw
    from analyzers.render.words import Words
    from analyzers.runner import run_step

    spent: dict[str, float] = {}

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        start, worked = time.perf_counter(), time.process_time()
        yield
        spent[stage] = time.perf_counter() - start
        spent[f"{stage}.cpu"] = time.process_time() - worked

    with tempfile.TemporaryDirectory() as folder:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            name, dump = apart.submit(_written, posts, folder).result()
        spent["megabytes"] = dump[0].stat().st_size / 1e6
        decode: Callable[[bytes], object] = msgspec.json.Decoder().decode
        with timed("decode"), dump[0].open("rb") as lines:
            for line in lines:
                decode(line)
        with timed("read"):
            dataset = read(*dump, directory=Path(folder) / "dataset")
        with timed("enrich"):
            dataset = enrich(dataset)
        with timed("frame"):
            target = parse(f"@{name}")
            case, setting = frame((dataset, Question(targets=(target,))))
        with timed("steps"):
            outcomes = [run_step(step, case) for step in STEPS]
        with timed("compose"):
            report = compose(case, setting, STEPS, outcomes)
        with timed("draw"):
            words = Words("en", Disclosure.public(report))
            for outcome in outcomes:
                for figure in outcome.finding.figures if isinstance(outcome, Found) else ():
                    draw(figure, words)
    spent["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return spent


def _written(posts: int, folder: str) -> tuple[str, list[Path]]:
    """Simulate a dump: the target's handle, and the files that are read; in a process of its own,
    because simulating takes more memory than investigating."""
    from analyzers.simulate import simulate, write

    campaign = simulate("rented_farm", posts=posts)
    files = write(campaign, Path(folder) / "bench.jsonl")
    unread = (".truth.json", ".events.csv")
    return campaign.truth.target, [path for path in files if not path.name.endswith(unread)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
