"""A case's accounts as a person changes them: one more, or one less, each for a reason."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analyzers.cohort.named import OUT, named
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.bundle import GIVEN, NAMES
from bot.record import GONE
from bot.revised import RECORD

COLUMNS = ("account", "ground", "note", "side")


def without(folder: Path, typed: str, reason: str, *, reveal: bool) -> tuple[bytes, int]:
    """The list of accounts less one, as accounts.csv, and how many they are then. Blocks.

    The one is `typed` as its pseudonym or, by those who may `reveal`, its handle. Raises BadInput
    when it is not among them, or nobody would be left.
    """
    rows, handles, known = _rows(folder)
    account = _meant(folder, handles, typed, reveal=reveal)
    if account not in rows or rows[account]["side"] == OUT:
        raise BadInput(
            Text("{name} is not among the accounts in question.", name=Code(typed.strip()))
        )
    rows[account] |= {"side": OUT, "ground": reason}
    left = len(known - {account})
    if not left:
        raise BadInput(Text("This is the last of the accounts in question: nobody would be left."))
    return _csv(rows), left


def with_one_more(folder: Path, typed: str, reason: str, *, reveal: bool) -> tuple[bytes, int]:
    """As `without`, with one account more. A handle that the case does not know yet may be given:
    whether it is in the data shows when that is read."""
    rows, handles, known = _rows(folder)
    account = _meant(folder, handles, typed, reveal=reveal)
    if account in rows and rows[account]["side"] != OUT:
        raise BadInput(
            Text("{name} is among the accounts in question already.", name=Code(typed.strip()))
        )
    rows[account] = {"account": account, "ground": reason, "note": "", "side": ""}
    return _csv(rows), len(known | {account})


def _rows(folder: Path) -> tuple[dict[str, dict[str, str]], Mapping[str, str], frozenset[str]]:
    """The accounts of a result as accounts.csv would name them, by id; ids by handle; and who of
    them is in the data."""
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_bytes())
        accounts = record["cohort"]["accounts"]
        handles = {
            str(one["handle"]).removeprefix("@").casefold(): str(one["id"])
            for one in accounts
            if one["handle"]
        }
        rows = {str(one["id"]): _row(str(one["id"])) for one in accounts}
        known = frozenset(rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(GONE) from error
    for path in (folder / GIVEN / "accounts").glob("*"):  # one, where a person named them before
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            before = {name.strip().lower(): value or "" for name, value in row.items() if name}
            typed = before.get("account", "").strip()
            account = handles.get(typed.removeprefix("@").casefold(), typed)
            if account:
                rows[account] = {**_row(account), **before, "account": account}
    return rows, handles, known


def _row(account: str) -> dict[str, str]:
    return {"account": account, "ground": "", "note": "", "side": ""}


def _meant(folder: Path, handles: Mapping[str, str], typed: str, *, reveal: bool) -> str:
    """The id of the account that somebody typed, or the handle itself where none is known."""
    try:
        names = json.loads((folder / NAMES).read_bytes())
    except (OSError, ValueError) as error:
        raise BadInput(GONE) from error
    by_name = {name: account for account, name in names.items()}
    found: str | None = by_name.get(typed.strip().upper())
    if found is not None:
        return found
    if not reveal:
        raise BadInput(
            Text(
                "This case calls nobody {name}. Give a pseudonym as the thread has it; handles are "
                "for the role that reveals.",
                name=Code(typed.strip()),
            )
        )
    handle = typed.strip().removeprefix("@").casefold()
    return handles.get(handle, f"@{handle}")


def _csv(rows: Mapping[str, Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows.values())
    named(csv.DictReader(io.StringIO(text.getvalue())))  # refused now, not after the work
    return text.getvalue().encode("utf-8", "replace")
