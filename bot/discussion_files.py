"""What people said of a case as files to take away: JSON for programs, CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from analyzers.render.figure_csv import harmless
from bot.record import Case, Opinion, Reference, Revision

SCHEMA = "limier.discussion/1"

COLUMNS = ("step", "kind", "status", "who", "name", "given", "withdrawn", "reason")


def discussion_json(
    case: Case,
    opinions: Sequence[Opinion],
    revisions: Sequence[Revision],
    references: Sequence[Reference],
    names: Mapping[int, str],
) -> bytes:
    """The status of a case and what people said, set beside it and revised.

    `names` maps Discord ids to names where known. A `step` that is null is the case as a whole, as
    reviewers approve it. Ids are text, since JavaScript would round them.
    """
    document = {
        "schema": SCHEMA,
        "case": {
            "key": case.key,
            "title": case.title,
            "status": str(case.status),
            "starter": str(case.starter),
            "created": _utc(case.created),
            "updated": _utc(case.updated),
        },
        "revisions": [
            {
                "number": one.number,
                "who": str(one.who),
                "created": _utc(one.created),
                "reason": one.reason,
                "changed": list(one.changed),
            }
            for one in revisions
            if one.read
        ],
        "references": [
            {
                "number": one.number,
                "url": one.url,
                "title": one.title,
                "who": str(one.who),
                "added": _utc(one.added),
            }
            for one in references
        ],
        "opinions": list(_lines(opinions, names)),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def discussion_csv(opinions: Sequence[Opinion], names: Mapping[int, str]) -> bytes:
    """A row for each opinion, in UTF-8 with a byte order mark; no cell runs as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in _lines(opinions, names):
        writer.writerow([harmless(line[column] or "") for column in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _lines(opinions: Sequence[Opinion], names: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    """The opinions; of one that was taken back only that it was given and when that ended."""
    for one in opinions:
        yield {
            "step": one.step or None,
            "kind": str(one.kind),
            "status": "withdrawn" if one.withdrawn else "stands",
            "who": str(one.who),
            "name": names.get(one.who),
            "given": _utc(one.given),
            "withdrawn": _utc(one.withdrawn) if one.withdrawn else None,
            "reason": "" if one.withdrawn else one.reason,
        }


def _utc(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
