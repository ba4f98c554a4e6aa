"""Writes values of the model as JSON and reads them back; nothing that was written is ever run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from analyzers.model import text as values
from analyzers.model.case import Cohort, Comparison, Explained, Member, Proposal, Signal, Tie
from analyzers.model.text import Text

_KINDS: dict[str, type] = {
    one.__name__: one
    for one in (
        *(Cohort, Comparison, Explained, Member, Proposal, Signal, Tie),
        *(values.AccountRef, values.PostRef, values.Public, values.Quote, values.Code),
        *(values.Language, values.Percent, values.Share, values.Interval, values.Probability),
    )
}


def plain(value: Any) -> Any:
    """A value as JSON can hold it: lists for tuples, and objects that name their kind."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, frozenset):
        return {"kind": "set", "of": sorted(value)}
    if isinstance(value, datetime):
        return {"kind": "datetime", "at": value.isoformat()}
    if isinstance(value, date):
        return {"kind": "date", "at": value.isoformat()}
    if isinstance(value, timedelta):
        return {"kind": "timedelta", "seconds": value.total_seconds()}
    if isinstance(value, Text):
        return {
            "kind": "Text",
            "msgid": value.msgid,
            "plural": value.plural,
            "count": value.count,
            "values": {name: plain(one) for name, one in value.values},
        }
    fields_of = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return {"kind": type(value).__name__, **fields_of}


def value_of(written: Any) -> Any:
    """The value that `plain` wrote; raises ValueError, KeyError or TypeError for anything else."""
    if isinstance(written, list):
        return tuple(value_of(one) for one in written)
    if not isinstance(written, dict):
        return written
    kind = written["kind"]
    if kind == "set":
        return frozenset(written["of"])
    if kind in _TIMES:
        return _TIMES[kind](written)
    if kind == "Text":
        msgid = written["msgid"]
        inside = {name: value_of(one) for name, one in written["values"].items()}
        return Text(msgid, _plural=written["plural"], _count=written["count"], **inside)
    return _KINDS[kind](**{name: value_of(one) for name, one in written.items() if name != "kind"})


_TIMES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "datetime": lambda written: datetime.fromisoformat(written["at"]),
    "date": lambda written: date.fromisoformat(written["at"]),
    "timedelta": lambda written: timedelta(seconds=written["seconds"]),
}
