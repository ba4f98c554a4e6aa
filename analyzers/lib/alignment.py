"""The chart of a family of posts laid under its model, with the words of one author hidden."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from analyzers.lib.template import LINK, MENTION, SLOT, Model, model
from analyzers.model.figure import AlignedPost, Alignment, Cell
from analyzers.model.text import AccountRef, Quote, Text

if TYPE_CHECKING:
    import pandas as pd

AUTHORS = 200
"""Accounts that the model is drawn from, the first to post: more change it little."""

SHOWN = 30
"""Posts in the chart's data; a picture shows fewer."""

LONGEST = 100
"""Characters of a model inside a sentence, so that the sentence stays under 280."""


def aligned(posts: pd.DataFrame) -> tuple[str, Alignment]:
    """The model of a family in one line, and the chart of its posts in the order of time.

    `posts` has account_id, created_at, post_id and text. Every account gives one post, its first,
    so that the words of the model are words of several accounts; what only one of them put in a
    slot is shown as "…".
    """
    ordered = posts.sort_values(["created_at", "post_id"])
    first = ordered.drop_duplicates("account_id").head(AUTHORS)
    found = model(first["text"].tolist())
    shown = _without_single_authors(found)
    line = _shortened(found.words)
    return line, Alignment(
        slug="template",
        title=Text("One model: {words}", words=Quote(line)),
        alt=Text(
            "Posts of {accounts} accounts laid under their common model, {words}; the words that "
            "vary stand apart.",
            accounts=len(first),
            words=Quote(line),
        ),
        note=Text("Words that only one account used are shown as …"),
        model=found.cells,
        posts=tuple(
            AlignedPost(AccountRef(str(account)), at.to_pydatetime(), cells)
            for account, at, cells in zip(
                first["account_id"], first["created_at"], shown, strict=True
            )
        )[:SHOWN],
        total=len(posts),
    )


def _without_single_authors(found: Model) -> tuple[tuple[Cell, ...], ...]:
    users = Counter(
        (place, cell.words.casefold())
        for cells in found.members
        for place, cell in enumerate(cells)
    )
    return tuple(
        tuple(
            Cell(SLOT, slot=True) if _alone(cell, users[place, cell.words.casefold()]) else cell
            for place, cell in enumerate(cells)
        )
        for cells in found.members
    )


def _alone(cell: Cell, users: int) -> bool:
    return cell.slot and users < 2 and cell.words not in ("", MENTION, LINK)


def _shortened(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    cut = words[: LONGEST - 1]
    return (cut.rpartition(" ")[0] or cut) + SLOT  # some scripts have no spaces
