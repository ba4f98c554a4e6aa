"""Checks that a result is what was written, and that the same data gives the same report again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.bundle import GIVEN, MANIFEST, SCHEMA, sha256
from bot.request import Request

if TYPE_CHECKING:
    from bot.pool import Pool

RECORD = "private/report.json"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the manifest says."""

    says: Text


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result; BadInput when the folder is no result."""
    try:
        read: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        kinds = {"files": dict, "request": dict, "sources": list}
        if read["schema"] == SCHEMA and all(isinstance(read[k], v) for k, v in kinds.items()):
            return read
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise BadInput(
        Text(
            "{folder} holds no result: name the folder that was given to --out.",
            folder=Code(str(folder)),
        )
    )


def rehash(folder: Path, record: dict[str, Any]) -> Iterator[Difference]:
    """Compare every file with its hash, and name those that are missing or were added."""
    for name, entry in sorted(record["files"].items()):
        path = folder / name
        if not path.is_file():
            yield Difference(Text("{file} is missing.", file=Code(name)))
        elif sha256(path) != entry["sha256"]:
            yield Difference(Text("{file} was changed.", file=Code(name)))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST and name not in record["files"]:
            yield Difference(Text("{file} was added.", file=Code(name)))


def rerun(
    folder: Path, record: dict[str, Any], dumps: Sequence[Path], pool: Pool
) -> Iterator[Difference]:
    """Investigate the same files again and compare the reports byte by byte."""
    from analyzers.render.report_json import dumps as written
    from bot.pipeline import answer, present

    known = {source["sha256"] for source in record["sources"]}
    hashes = {sha256(present(path)): path for path in dumps}
    for digest, path in hashes.items():
        if digest not in known:
            yield Difference(Text("{file} is not a source of this result.", file=Code(path.name)))
    for source in record["sources"]:
        if source["sha256"] not in hashes:
            yield Difference(Text("The source {file} was not given.", file=Code(source["name"])))
    report = answer(_request(folder, record["request"], dumps), pool)
    if written(report) != (folder / RECORD).read_bytes():
        yield Difference(
            Text(
                "A new run gives another report. Made with Limier {then}, run again with {now}.",
                then=Code(record["version"]),
                now=Code(report.run.version),
            )
        )


def _request(folder: Path, asked: dict[str, Any], dumps: Sequence[Path]) -> Request:
    return Request(
        paths=tuple(dumps),
        targets=tuple(asked["targets"]),
        accounts=folder / GIVEN / "accounts" / asked["accounts"] if asked["accounts"] else None,
        events=folder / GIVEN / "events" / asked["events"] if asked["events"] else None,
        since=datetime.fromisoformat(asked["since"]) if asked["since"] else None,
        until=datetime.fromisoformat(asked["until"]) if asked["until"] else None,
        mapping=tuple(asked["mapping"].items()),
        seed=asked["seed"],
        reveal=asked["reveal"],
    )
