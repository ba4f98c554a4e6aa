"""What `demo` and `investigate` do once they know what is asked: run it, write it, show it."""

from __future__ import annotations

import sys
from pathlib import Path

from analyzers.model.text import Code, Text
from bot.cli.speaking import language, note, progress_bar
from bot.request import Request


def run_and_show(request: Request, lang: str | None, out: Path | None, as_json: bool) -> None:
    """Investigate; write the bundle to `out` if given; print the thread, or just the JSON."""
    from analyzers.investigation import Progress
    from analyzers.model.target import shown
    from bot.bundle import ready, write_bundle
    from bot.config import PoolSettings
    from bot.pipeline import Answer, answer, answer_closely
    from bot.pool import Pool

    if out:
        ready(out)
    with progress_bar(lang) as progress, Pool.of(PoolSettings()) as pool:
        if out:
            answered = answer_closely(request, pool, progress)
            progress(Progress("draw", 0, 1))
            made = (pool.run, answered.sheets, answered.posts)
            write_bundle(answered.report, request, language(lang), out, *made)
        else:
            answered = Answer(answer(request, pool, progress), {})
    report = answered.report
    if report.case.candidates:
        found = tuple(
            Text(
                "{target} ({posts} posts)",
                target=shown(candidate.target),
                posts=candidate.posts,
            )
            for candidate in report.case.candidates
        )
        note(Text("No target was named; --target could be {targets}.", targets=found), lang)
    if as_json:
        from analyzers.render.report_json import dumps

        sys.stdout.buffer.write(dumps(report))
        return
    from rich.console import Console

    from analyzers.render.terminal import show
    from analyzers.render.words import Words

    show(report, Words(language(lang), request.disclosure(report)), Console())
    if out:
        note(
            Text("The page, the charts and the thread are in {folder}.", folder=Code(str(out))),
            lang,
        )
