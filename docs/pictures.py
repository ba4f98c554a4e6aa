"""Makes the README's pictures from the demo: `make pictures`, whenever the thread changes its look.

Everything in `docs/images` is drawn by the program itself: the thread as the terminal shows it, and
charts as they are posted in Discord.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from analyzers.investigation import investigate
from analyzers.model.report import Report
from analyzers.model.step import Found
from analyzers.render.disclosure import Disclosure
from analyzers.render.figures import draw
from analyzers.render.terminal import show
from analyzers.render.words import Words
from analyzers.simulate import simulate, write

IMAGES = Path(__file__).parent / "images"
CHARTS = ("template", "creation", "timeline", "languages")
"""The steps whose first chart the README shows."""

COLUMNS = 88
LINES = 62
"""Of the terminal's thread: the bottom line and the first steps, which fit on a screen."""


def main() -> None:
    """Investigate the demo and draw its pictures."""
    report = _demo()
    words = Words("en", Disclosure.public(report))
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "thread.svg").write_text(_thread(report, words), encoding="utf-8")
    for step in CHARTS:
        outcome = report.step(step).outcome
        assert isinstance(outcome, Found)
        (IMAGES / f"{step}.png").write_bytes(draw(outcome.finding.figures[0], words))


def _demo() -> Report:
    with tempfile.TemporaryDirectory() as folder:
        campaign = simulate("rented_farm")
        files = write(campaign, Path(folder) / "demo.jsonl")
        events = next(path for path in files if path.name.endswith(".events.csv"))
        dump = [path for path in files if path.suffix != ".json" and path != events]
        return investigate(dump, targets=[f"@{campaign.truth.target}"], events=events)


def _thread(report: Report, words: Words) -> str:
    """The first lines of the thread in a terminal, as an SVG that loads nothing from elsewhere."""
    text = io.StringIO()
    show(report, words, Console(file=text, width=COLUMNS, force_terminal=True))
    console = Console(record=True, file=io.StringIO(), width=COLUMNS)
    for line in text.getvalue().splitlines()[:LINES]:
        console.print(Text.from_ansi(line))
    svg = console.export_svg(title="limier demo", unique_id="limier")
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    main()
