"""What a person asked for, whichever face they asked it at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analyzers.compose import limier_version
from analyzers.investigation import SEED
from analyzers.lib.targets import parse
from analyzers.model.dataset import Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.model.target import typed
from analyzers.model.text import Code, Text
from analyzers.render.disclosure import Disclosure, Redaction
from analyzers.render.words import Lang

BESIDE = ("accounts", "events", "figures", "names", "frozen")
"""The small files that are read beside the dump; a result keeps them, so that it can be run again.
All but `names`, and `frozen` of a collection, are the person's own."""

ASKED = "asked"
"""Beside what is asked for: the `digest` of it, by which the case is found again."""


@dataclass(frozen=True)
class Request:
    """One investigation to run. Times are UTC; `mapping` says which column holds which field,
    `prior` what is believed of rival explanations beforehand, where it is not the usual.

    `names` is a JSON file of the pseudonyms, by account id, that an earlier result of this case
    gave. `dataset` stands in for `paths` once they have been read. `reveal` shows handles to
    whoever sees the result, `redaction` says how much of the posts all others see. `exhibits` names
    the folder of pictures that wait for the case. `collection` is the folder of what is collected
    for it; while there are no `paths`, that is still to be done.
    """

    paths: tuple[Path, ...]
    targets: tuple[str, ...] = ()
    accounts: Path | None = None
    events: Path | None = None
    figures: Path | None = None
    names: Path | None = None
    frozen: Path | None = None
    since: datetime | None = None
    until: datetime | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    prior: tuple[tuple[str, float], ...] = ()
    seed: int = SEED
    reveal: bool = False
    redaction: Redaction = "usual"
    dataset: Dataset | None = None
    exhibits: str = ""
    collection: Path | None = None

    @property
    def collects(self) -> bool:
        """Whether its posts are still to be collected."""
        return self.collection is not None and not self.paths

    def disclosure(self, report: Report) -> Disclosure:
        """What its result shows to whoever sees it."""
        if self.reveal:
            return Disclosure.revealed(report)
        return Disclosure.public(report, self.redaction)

    def to_json(self) -> dict[str, Any]:
        """What the manifest keeps of it: enough to ask again, with the same files."""
        return {
            "targets": list(self.targets),
            "accounts": self.accounts.name if self.accounts else None,
            "events": self.events.name if self.events else None,
            "figures": self.figures.name if self.figures else None,
            "names": self.names.name if self.names else None,
            "frozen": self.frozen.name if self.frozen else None,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "mapping": dict(self.mapping),
            "prior": dict(self.prior),
            "seed": self.seed,
            "reveal": self.reveal,
            "redaction": self.redaction,
        }

    def to_row(self) -> dict[str, Any]:
        """As `to_json`, with where the files stand: enough to go on after a restart."""
        beside = {name: getattr(self, name) for name in BESIDE}
        return {
            **self.to_json(),
            **{name: str(path) if path else None for name, path in beside.items()},
            "paths": [str(path) for path in self.paths],
            "exhibits": self.exhibits,
            "collection": str(self.collection) if self.collection else None,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Request:
        """The request that `to_row` kept; its files are read anew."""
        beside = {name: Path(row[name]) if row.get(name) else None for name in BESIDE}
        return cls(
            paths=tuple(Path(path) for path in row["paths"]),
            targets=tuple(row["targets"]),
            since=datetime.fromisoformat(row["since"]) if row["since"] else None,
            until=datetime.fromisoformat(row["until"]) if row["until"] else None,
            mapping=tuple(row["mapping"].items()),
            prior=tuple(row["prior"].items()),
            seed=row["seed"],
            reveal=row["reveal"],
            redaction=row.get("redaction", "usual"),  # jobs of earlier versions have none
            accounts=beside["accounts"],
            events=beside["events"],
            figures=beside["figures"],
            exhibits=row.get("exhibits", ""),  # nor this
            names=beside["names"],
            frozen=beside["frozen"],
            collection=Path(row["collection"]) if row.get("collection") else None,  # nor this
        )


def digest(row: Mapping[str, Any], lang: Lang) -> str:
    """By what it is known that the same was asked before, with the same version: a SHA-256.

    `row` is what `to_row` gave of files that are stored by their content, as uploads are: each in a
    folder named by its own SHA-256. In what order they were given does not matter, nor do exhibits.
    """
    asked = {name: value for name, value in row.items() if name != "exhibits"}
    asked["paths"] = sorted(Path(path).parent.name for path in row["paths"])
    asked["targets"] = sorted(typed(parse(target)).casefold() for target in row["targets"])
    asked |= {name: Path(row[name]).parent.name if row[name] else None for name in BESIDE}
    asked |= {"language": lang, "version": limier_version()}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def day(text: str) -> datetime:
    """A day or a moment as a person types it (ISO 8601), in UTC where no offset is given.

    >>> day("2019-02-08").isoformat()
    '2019-02-08T00:00:00+00:00'
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise BadInput(
            Text(
                "{text} is not a date: write it as 2019-02-08, or with a time as 2019-02-08T14:30.",
                text=Code(text),
            )
        ) from None


def check_window(request: Request) -> None:
    """Refuse a window that ends before it begins."""
    if request.since and request.until and request.since >= request.until:
        raise BadInput(
            Text(
                "The window is empty: {since} is not before {until}.",
                since=request.since,
                until=request.until,
            )
        )
