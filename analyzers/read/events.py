"""Reads the context events a person gives: what happened, and when."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from analyzers.model.case import Event
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text

MOST_EVENTS = 200
"""More marks than this cannot be told apart on a chart, and a file this long is something else."""

LONGEST_LABEL = 80


def read_events(path: Path) -> tuple[Event, ...]:
    """Read a CSV with the columns time and label, and perhaps until; earliest event first.

    Times are ISO 8601, in UTC unless they carry an offset. Raises `BadInput` naming the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            columns = {(name or "").strip().lower() for name in rows.fieldnames or ()}
            if not {"time", "label"} <= columns:
                raise BadInput(
                    Text(
                        "{file} needs the columns time and label, separated by commas, to be read "
                        "as events.",
                        file=Code(path.name),
                    )
                )
            events = [_event(row, rows.line_num, path) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            Text("{file} could not be read as a CSV file in UTF-8.", file=Code(path.name))
        ) from error
    if len(events) > MOST_EVENTS:
        raise BadInput(
            Text(
                "{file} holds {n} events, and {most} is the most a chart can show.",
                file=Code(path.name),
                n=len(events),
                most=MOST_EVENTS,
            )
        )
    return tuple(sorted(events, key=lambda event: (event.at, event.label)))


def _event(row: dict[str | None, str | None], line: int, path: Path) -> Event:
    fields = {
        (name or "").strip().lower(): value.strip()
        for name, value in row.items()
        if isinstance(value, str)
    }
    at = _moment(fields.get("time", ""), line, path)
    ends = fields.get("until")
    until = _moment(ends, line, path) if ends else None
    if until and until < at:
        raise BadInput(
            Text(
                "Line {line} of {file} ends before it begins: until must not be before time.",
                line=line,
                file=Code(path.name),
            )
        )
    return Event(at=at, label=fields.get("label", "")[:LONGEST_LABEL], until=until)


def _moment(written: str, line: int, path: Path) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            Text(
                "Line {line} of {file} has no time of the form 2019-02-08T10:00.",
                line=line,
                file=Code(path.name),
            )
        ) from error
