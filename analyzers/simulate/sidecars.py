"""The small files beside a dump: who follows whom, statuses, what was collected, events, truth."""

from __future__ import annotations

import csv
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from analyzers.simulate import io_csv
from analyzers.simulate.campaign import Campaign
from analyzers.simulate.dials import Field


def write_sidecars(campaign: Campaign, directory: Path, name: str) -> tuple[Path, ...]:
    """Write `NAME.follows.csv` and the others into a directory; an empty table gets no file.

    Accounts are named by id, since a follower may have no post and so no handle in the dump.
    `NAME.truth.json` says what a perfect investigation would find.
    """
    tables: dict[str, tuple[Sequence[str], list[tuple[object, ...]]]] = {
        "follows": (
            ("follower", "followed", "fetched_at", "position"),
            [(r.follower, r.followed, _iso(r.fetched_at), r.position) for r in campaign.follows],
        ),
        "statuses": (
            ("account", "checked_at", "status"),
            [(r.account_id, _iso(r.checked_at), r.status) for r in campaign.statuses],
        ),
        "collected": (
            ("account", "scope", "since", "until", "complete"),
            [
                (r.account_id, r.scope, _iso(r.since), _iso(r.until), str(r.complete).lower())
                for r in campaign.collected
            ],
        ),
        "events": (
            ("time", "label", "until"),
            [(_iso(r.time), r.label, _iso(r.until)) for r in campaign.events],
        ),
    }
    made = []
    for table, (header, rows) in tables.items():
        if rows:
            made.append(directory / f"{name}.{table}.csv")
            write_csv(made[-1], header, rows)
    made.append(directory / f"{name}.truth.json")
    made[-1].write_bytes(msgspec.json.format(msgspec.json.encode(campaign.truth)) + b"\n")
    return tuple(made)


def write_users(campaign: Campaign, path: Path, *, authors: bool) -> tuple[Path, ...]:
    """Write profiles as the information-operations archive does: a line an account.

    Without `authors` only those whom the posts do not show, such as followers; no file when there
    are none of them. Returns the files written.
    """
    seen = set() if authors else {post.account_id for post in campaign.posts}
    shown = [account for account in campaign.accounts if account.account_id not in seen]
    if not shown:
        return ()
    header = io_csv.USERS_HEADER
    rows = blanked(header, map(io_csv.profile, shown), io_csv.CARRIED_BY, campaign.missing)
    write_csv(path, header, rows)
    return (path,)


def blanked(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    carried_by: Mapping[Field, Sequence[str]],
    missing: Collection[Field],
) -> Iterator[Sequence[object]]:
    """The rows with the cells left empty that would carry what is missing."""
    hidden = {column for field in missing for column in carried_by[field]}
    for row in rows:
        yield (
            ["" if name in hidden else cell for name, cell in zip(header, row, strict=True)]
            if hidden
            else row
        )


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with Unix line ends, the same bytes on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _iso(second: int | None) -> str:
    return "" if second is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
