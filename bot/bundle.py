"""The result of an investigation as a folder: what may be shown, and apart from it what may not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analyzers.lib.account_sheet import AccountSheet
from analyzers.model.figure import Figure
from analyzers.model.refusal import BadInput
from analyzers.model.report import AccountLine, Report
from analyzers.model.step import Found, Run
from analyzers.model.text import Code, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figure_csv import harmless
from analyzers.render.redaction import redacted
from analyzers.render.report_json import dumps
from analyzers.render.words import Lang, Words
from bot.close_up import SHEETS, encoded
from bot.collect.result import read_result
from bot.kept_posts import POSTS
from bot.message import Message
from bot.request import BESIDE, Request
from bot.revised import Revising, revised
from bot.thread import PAGE, thread
from bot.thread_json import THREAD, thread_json
from bot.voice import Voice

SCHEMA = "limier.manifest/1"
MANIFEST = "manifest.json"
NAMES = "private/names.json"
"""Every pseudonym that the case ever gave, by account id: when it goes on, nobody gets another."""

GIVEN = "private/given"
"""The files of accounts, events and figures, kept so that the investigation can be run again."""

EARLIER = "private/earlier"
"""The result that this one revised, whole, with the one before that inside it, and so on."""


def write_bundle(
    report: Report,
    request: Request,
    lang: Lang,
    folder: Path,
    run: Run = map,
    sheets: Mapping[str, AccountSheet] | None = None,
    posts: bytes = b"",
    revising: Revising | None = None,
) -> tuple[Message, ...]:
    """Write every face of a report to `folder` and give back the thread's messages.

    Charts are drawn through `run`, one task each. All that is not below `private/` shows
    pseudonyms, unless the request reveals, and no more of the posts than its redaction lets
    through. A chart that fails costs only itself. `sheets` of accounts, by id, are kept with the
    private part and offered in the thread; `posts` (as `kept_posts.encoded` makes them) are kept
    there to be searched. With `revising` the messages are those of a thread that stands already and
    goes on.
    """
    words = Words(lang, request.disclosure(report))
    told = redacted(report) if words.disclosure.strict else report
    given: list[tuple[Path, bytes]] = [
        (folder / GIVEN / option / path.name, path.read_bytes())
        for option in BESIDE
        if (path := getattr(request, option))
    ]  # read first: it may stand in this very folder
    _clear(folder)
    (folder / "charts").mkdir(parents=True, exist_ok=True)
    (folder / "private").mkdir(exist_ok=True)
    pictures = _draw(told, words, folder / "charts", run)
    charts = {slug: f"charts/{slug}.png" for slug in pictures}
    close = [line.pseudonym for line in report.accounts if line.account_id in (sheets or {})]
    messages = thread(told, words, charts, close, _lacks(request))
    if revising:
        messages = revised(messages, told, revising, Voice(words))
    _write_page(told, words, pictures, folder / PAGE)
    _write_json(folder / THREAD, thread_json(messages))
    (folder / "private" / "report.json").write_bytes(dumps(report))
    _write_json(folder / NAMES, dict(report.names))
    if sheets:
        (folder / SHEETS).write_bytes(encoded(report, sheets, request.redaction))
    if posts:
        (folder / POSTS).write_bytes(posts)
    _write_accounts(report, lang, folder / "private" / "accounts.csv")
    for path, content in given:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    _write_json(folder / MANIFEST, _manifest(report, request, lang, folder))
    return messages


def _lacks(request: Request) -> tuple[Text, ...]:
    """What the collection of a request says that it lacks."""
    found = read_result(request.collection) if request.collection else None
    return (*found.missing, *found.limits) if found else ()


def ready(folder: Path) -> None:
    """Make a result's folder and see that it can be written; BadInput before any work is lost."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadInput(
            Text(
                "{folder} cannot be written to ({problem}): name another folder.",
                folder=Code(str(folder)),
                problem=Code(error.strerror or type(error).__name__),
            )
        ) from error


def _clear(folder: Path) -> None:
    """Take away the result that the folder held before, and nothing else that lies in it."""
    try:
        names = [*json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    inside = folder.resolve()
    for name in names:
        path = folder / str(name)
        if path.resolve().is_relative_to(inside) and path.is_file():
            path.unlink()


def _draw(report: Report, words: Words, charts: Path, run: Run) -> dict[str, bytes]:
    """Draw every figure to PNG and CSV; gives back the PNG of those that could be drawn."""
    figures = {
        figure.slug: figure
        for step in report.steps
        if isinstance(step.outcome, Found)
        for figure in step.outcome.finding.figures
    }
    drawn = {}
    for slug, made in zip(
        figures, run(_drawn, [(f, words) for f in figures.values()]), strict=True
    ):
        if isinstance(made, tuple):
            picture, table = made
            (charts / f"{slug}.png").write_bytes(picture)
            (charts / f"{slug}.csv").write_bytes(table)
            drawn[slug] = picture
    return drawn


def _drawn(task: tuple[Figure, Words]) -> tuple[bytes, bytes] | None:
    """A chart and its numbers, or `None`: whatever goes wrong here, the report goes on."""
    from analyzers.render.figure_csv import csv as table
    from analyzers.render.figures import draw

    figure, words = task
    try:
        return draw(figure, words, draft=True), table(figure, words)
    except Exception:
        import logging

        logging.getLogger(__name__).exception("The chart %s could not be drawn", figure.slug)
        return None


def _write_page(report: Report, words: Words, pictures: Mapping[str, bytes], path: Path) -> None:
    from analyzers.render.html import page

    path.write_text(page(report, words, pictures), encoding="utf-8", errors="replace")


def _write_json(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_bytes(text.encode("utf-8", "replace"))  # the system's file names may be no Unicode


def _write_accounts(report: Report, lang: Lang, path: Path) -> None:
    """The accounts in question as a file that `--accounts` takes back, tags included."""
    words = Words(lang, Disclosure.revealed(report))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("account", "handle", "pseudonym", "score", "signals", "ground", "note"))
    for line in report.accounts:
        writer.writerow(
            (
                line.account_id,
                harmless(line.handle or ""),
                line.pseudonym,
                f"{line.score:.6g}",
                " ".join(line.signals),
                harmless(report.cohort.ground or ""),
                harmless(_note(line, report, words)),
            )
        )
    path.write_text(text.getvalue(), encoding="utf-8", errors="replace")


def _note(line: AccountLine, report: Report, words: Words) -> str:
    """A person's own note as they wrote it; else why the data proposed the account."""
    if report.cohort.named_by_person:
        return str(dict(line.why.values).get("note", ""))
    return words.say(line.why)


def _manifest(report: Report, request: Request, lang: Lang, folder: Path) -> dict[str, Any]:
    """Everything needed to check the result and to make it again."""
    shown = request.disclosure(report)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        "schema": SCHEMA,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "version": report.run.version,
        "seed": report.run.seed,
        "dataset": report.case.digest,
        "sources": [
            {"name": shown.code(source.name), "format": source.format, "sha256": source.sha256}
            for source in report.case.sources
        ],
        "request": request.to_json() | {"lang": lang},
        "parameters": {step.id: step.parameters for step in report.steps if step.parameters},
        "files": {
            path.relative_to(folder).as_posix(): {
                "sha256": sha256(path),
                "bytes": path.stat().st_size,
            }
            for path in files
        },
    }


def asked_of(folder: Path, record: dict[str, Any], dumps: Sequence[Path]) -> Request:
    """The investigation that a result answers, of the given dumps and the files that it kept."""
    asked = record["request"]
    given = {name: folder / GIVEN / name / asked[name] for name in BESIDE if asked.get(name)}
    return Request(
        paths=tuple(dumps),
        targets=tuple(asked["targets"]),
        accounts=given.get("accounts"),
        events=given.get("events"),
        figures=given.get("figures"),
        names=given.get("names"),
        frozen=given.get("frozen"),
        since=datetime.fromisoformat(asked["since"]) if asked["since"] else None,
        until=datetime.fromisoformat(asked["until"]) if asked["until"] else None,
        mapping=tuple(asked["mapping"].items()),
        prior=tuple(asked.get("prior", {}).items()),
        seed=asked["seed"],
        reveal=asked["reveal"],
        redaction=asked.get("redaction", "usual"),
    )


def sha256(path: Path) -> str:
    """The SHA-256 of a file, read in pieces, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
