"""Checks that a result is what was written, and that the same data gives the same report again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import msgspec

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.render.disclosure import Redaction
from bot.bundle import EARLIER, GIVEN, MANIFEST, SCHEMA, asked_of, sha256
from bot.request import BESIDE

if TYPE_CHECKING:
    from bot.pool import Pool

RECORD = "private/report.json"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the manifest says."""

    says: Text


class _File(TypedDict):
    sha256: str


class _Source(TypedDict):
    name: str
    sha256: str


class _Asked(TypedDict):
    targets: list[str]
    accounts: str | None
    events: str | None
    figures: NotRequired[str | None]  # results of version 0.1 have none
    names: NotRequired[str | None]  # as a case that was never revised
    since: datetime | None
    until: datetime | None
    mapping: dict[str, str]
    prior: NotRequired[dict[str, float]]  # nor this
    seed: int
    reveal: bool
    redaction: NotRequired[Redaction]  # nor this


class _Record(TypedDict):
    """What checking needs of a manifest."""

    schema: str
    version: str
    sources: list[_Source]
    request: _Asked
    files: dict[str, _File]


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result; BadInput when the folder is no result."""
    try:
        read: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        msgspec.convert(read, _Record)
        if read["schema"] == SCHEMA and not any(map(_leaves, _names(read))):
            return read
    except (OSError, ValueError, RecursionError, msgspec.ValidationError):
        pass
    raise BadInput(
        Text(
            "{folder} holds no result: name the folder that was given to --out.",
            folder=Code(str(folder)),
        )
    )


def _names(record: dict[str, Any]) -> Iterator[str]:
    """The files that a manifest names, below the folder of its result."""
    yield from record["files"]
    for option in BESIDE:
        if name := record["request"].get(option):
            yield f"{GIVEN}/{option}/{name}"


def _leaves(name: str) -> bool:
    """Whether a name leads out of the folder: a manifest may come from someone else."""
    return "\x00" in name or Path(name).is_absolute() or ".." in Path(name).parts


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
        added = name != MANIFEST and name not in record["files"]
        if path.is_file() and added and not path.is_relative_to(folder / EARLIER):
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
    report = answer(asked_of(folder, record, dumps), pool)
    if written(report) != (folder / RECORD).read_bytes():
        yield Difference(
            Text(
                "A new run gives another report. Made with Limier {then}, run again with {now}.",
                then=Code(record["version"]),
                now=Code(report.run.version),
            )
        )
