"""A model whose clauses change places: its halves must not vouch for one another as public."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from random import Random
from typing import Any, TypeAlias

import polars as pl

from analyzers.cohort import propose_cohort
from analyzers.cohort.reordered import regrouped
from analyzers.model.dataset import Dataset
from analyzers.model.target import Account

Row: TypeAlias = dict[str, Any]
Make: TypeAlias = Callable[..., Any]
Data: TypeAlias = Callable[..., Dataset]
TARGET = (Account("ex_ministre"),)
CLAUSES = (
    "tu as vendu la maison commune pièce par pièce",
    "rends au moins les clefs et les rideaux",
    "franchement",
)


def in_orders(post: Make, orders: int, accounts: int, rare: int = 0) -> list[Row]:
    """Accounts that say the clauses in one of some orders; the last `rare` in a last one each."""
    ways = [", ".join(order) for order in permutations(CLAUSES)]
    return [
        post(
            f"f{n:02d}",
            n * 0.9 + n % 4 / 7,
            f"@ex_ministre {ways[n % orders if n < accounts - rare else orders]}",
            family=n % orders if n < accounts - rare else -1,
        )
        for n in range(accounts)
    ]


def test_clauses_in_changing_order_are_one_model(dataset: Data, crowd: Make, post: Make) -> None:
    (cohort,) = propose_cohort(dataset([*in_orders(post, 3, 24), *crowd(60)]), TARGET).cohorts
    assert len(cohort) == 24
    assert cohort.tie is not None
    assert cohort.tie.p == 0.01
    assert all(member.score > 0.9 for member in cohort.members)


def test_an_order_that_one_account_alone_uses_joins(dataset: Data, crowd: Make, post: Make) -> None:
    rows = [*in_orders(post, 2, 13, rare=1), *crowd(60)]
    (cohort,) = propose_cohort(dataset(rows), TARGET).cohorts
    assert "f12" in cohort.accounts
    assert len(cohort) == 13


def test_words_that_differ_stay_apart(post: Make) -> None:
    said = [
        "tu as vendu la maison commune pièce par pièce et le jardin",
        "tu as perdu la caisse commune jour après jour et le jardin",
    ]
    rows = [(f"{n}", f"{n}", said[n % 2], 11, n % 2, True) for n in range(8)]
    names = ["post_id", "account_id", "words", "length", "family", "on_target"]
    posts = pl.DataFrame(rows, schema=names, orient="row")
    assert regrouped(posts).equals(posts)


def test_the_order_of_rows_changes_no_group(post: Make) -> None:
    ways = [" ".join(order).replace(",", "") for order in permutations(CLAUSES)]
    rows = [(f"{n}", f"{n}", ways[n % 4], 17, (0, 1, -1, 2)[n % 4], True) for n in range(12)]
    names = ["post_id", "account_id", "words", "length", "family", "on_target"]
    posts = pl.DataFrame(rows, schema=names, orient="row")
    mixed = pl.DataFrame(Random(3).sample(rows, len(rows)), schema=names, orient="row")
    assert regrouped(mixed).sort("post_id").equals(regrouped(posts).sort("post_id"))
    assert regrouped(posts)["family"].n_unique() == 1
