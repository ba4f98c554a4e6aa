"""A cohort that a person named in accounts.csv, instead of one that the data proposes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.model.case import Cohort, Member
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text

if TYPE_CHECKING:
    import polars as pl

OUT = "out"
"""The side of an account that a person left out."""

LARGEST = 100_000
"""Most accounts in one list; a longer file is not a list of accounts that somebody named."""


@dataclass(frozen=True)
class NamedCohort:
    """Accounts as a person wrote them (handle or id), the common ground, and a note for some.

    `ground` is the reason for naming them, `None` when the person gave none; several grounds are
    joined. `notes` maps accounts to the person's own notes, as pairs. `apart` are those that the
    person left out on purpose: they stand on neither side.
    """

    accounts: tuple[str, ...]
    ground: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    apart: tuple[str, ...] = ()


def read_named(path: Path) -> NamedCohort:
    """Read a CSV file with the columns account, ground, note, side (all but the first may lack).

    UTF-8 with or without a byte order mark. Raises `BadInput` when it names no account.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            Text(
                "The list of accounts {file} cannot be read: save it as a CSV file in UTF-8.",
                file=Code(path.name),
            )
        ) from error
    return named(csv.DictReader(io.StringIO(text)))


def named(rows: Iterable[Mapping[str, str | None]]) -> NamedCohort:
    """Turn the rows of accounts.csv into a named cohort; each account once, in order.

    A row whose side is "out" names an account that is left out.

    Raises `BadInput` without a column `account`, without any account, or with far too many.
    """
    accounts: dict[str, str] = {}
    apart: dict[str, None] = {}
    grounds: dict[str, None] = {}
    for row in rows:
        fields = {str(name).strip().lower(): (value or "") for name, value in row.items() if name}
        if "account" not in fields:
            raise BadInput(
                Text(
                    "The list of accounts has no column {column}: its first line must be "
                    "account,ground,note.",
                    column=Code("account"),
                )
            )
        account = str(fields["account"]).strip()
        if not account:
            continue
        grounds.setdefault(str(fields.get("ground", "")).strip())
        if str(fields.get("side", "")).strip().lower() == OUT:
            apart.setdefault(account)
        else:
            accounts.setdefault(account, str(fields.get("note", "")).strip())
    if not accounts:
        raise BadInput(
            Text("The list of accounts names nobody: give one account a line, below a header.")
        )
    if len(accounts) > LARGEST:
        raise BadInput(
            Text(
                "The list names {n} accounts; at most {largest} are possible.",
                n=len(accounts),
                largest=LARGEST,
            )
        )
    ground = "; ".join(ground for ground in grounds if ground)
    return NamedCohort(
        accounts=tuple(accounts),
        ground=ground or None,
        notes=tuple((account, note) for account, note in accounts.items() if note),
        apart=tuple(apart),
    )


def cohort_of(named: NamedCohort, known: pl.DataFrame) -> tuple[Cohort, int]:
    """The cohort a person named, and how many of the accounts this data does not know.

    `known` has `account_id` and `handle` of every account and author. An account is found by its
    id, else by its handle without regard to case. Raises `BadInput` when none is found.
    """
    notes = dict(named.notes)
    members: dict[str, Member] = {}
    unknown = 0
    ids = _found((*named.accounts, *named.apart), known)
    for typed in named.accounts:
        found = ids[typed]
        if found is None:
            unknown += 1
        else:
            members.setdefault(found, Member(found, 1.0, ("person",), _why(notes.get(typed))))
    if not members:
        raise BadInput(
            Text(
                "None of the {n} accounts in the list appears in this data: check that handles or "
                "ids are written as in the posts.",
                n=len(named.accounts),
            )
        )
    apart = dict.fromkeys(ids[typed] for typed in named.apart)
    return (
        Cohort(
            members=tuple(members.values()),
            signals=("person",),
            named_by_person=True,
            ground=named.ground,
            left_out=tuple(found for found in apart if found and found not in members),
        ),
        unknown,
    )


def _found(accounts: Iterable[str], known: pl.DataFrame) -> Mapping[str, str | None]:
    """The ids of accounts as somebody typed them; `None` for those that this data does not know."""
    ids = dict.fromkeys(known["account_id"].to_list())
    by_handle = {
        handle.lower().removeprefix("@"): account
        for account, handle in known.sort("account_id", descending=True)
        .select("account_id", "handle")
        .drop_nulls()
        .iter_rows()
    }
    found: dict[str, str | None] = {}
    for typed in accounts:
        handle = typed.lower().removeprefix("@")
        account = typed if typed in ids else by_handle.get(handle)
        found[typed] = f"@{handle}" if account is None and f"@{handle}" in ids else account
    return found


def _why(note: str | None) -> Text:
    if note:
        return Text("A person named this account, with the note: {note}", note=note)
    return Text("A person named this account.")
