"""What stands around a case: which posts address its targets, its handles, its counts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.model.case import Case, Register, Window
from analyzers.model.report import Candidate

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Setting:
    """Counts, handles, candidates and parameters, which no step reads but the report shows.

    `in_scope` counts the posts about the target by `authors` accounts. `handles` maps account ids
    to handles for the accounts of the case and whom the cohort mentions, `targets` those that the
    targets are known by.
    """

    in_scope: int
    authors: int
    handles: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    prior: tuple[tuple[str, float], ...] = ()


def setting_of(
    case: Case,
    parameters: tuple[tuple[str, str], ...],
    prior: tuple[tuple[str, float], ...] = (),
) -> Setting:
    """Collect a frozen case's setting from its dataset."""
    import polars as pl

    from analyzers.cohort.candidates import candidates
    from analyzers.tables import load

    authors = load(case.dataset, "posts", ["account_id"])["account_id"].filter(on_target(case))
    accounts = load(case.dataset, "accounts", ["account_id", "handle"])
    named = {
        *_addressed(case),
        *case.cohort.accounts,
        *case.comparison.accounts,
        *(account for cohort in case.others for account in cohort.accounts),
    }
    known = accounts.filter(pl.col("account_id").is_in(list(named)))
    return Setting(
        in_scope=len(authors),
        authors=authors.n_unique(),
        handles=_pairs(known),
        targets=_pairs(
            accounts.filter(pl.col("account_id").is_in(list(_target_keys(case, accounts))))
        ),
        candidates=() if case.targets else candidates(case.dataset),
        parameters=parameters,
        prior=prior,
    )


def _addressed(case: Case) -> set[str]:
    """Whom the cohort mentions: findings may speak of them, and their handles may be revealed."""
    import polars as pl

    from analyzers.tables import load

    posts = load(case.dataset, "posts", ["account_id", "mentions"])
    ours = posts.filter(pl.col("account_id").is_in(list(case.cohort.accounts)))
    return set(ours["mentions"].explode(empty_as_null=True).drop_nulls())


def known_figures(case: Case) -> Register | None:
    """The register with the ids that this data knows its figures by; case of handles is ignored."""
    from analyzers.tables import load

    if case.register is None:
        return None
    ids: dict[str, list[str]] = {}
    for account, handle in load(case.dataset, "accounts", ["account_id", "handle"]).iter_rows():
        ids.setdefault(account, []).append(account)
        if handle:
            ids.setdefault(handle.removeprefix("@").lower(), []).append(account)
    figures = tuple(
        replace(
            figure,
            keys=(f"@{figure.handle.lower()}", *sorted({*ids.get(figure.handle.lower(), ())})),
        )
        for figure in case.register.figures
    )
    return replace(case.register, figures=figures)


def attack_of(case: Case) -> Window:
    """The span of the posts that selected the cohort, else of its posts at the target.

    `until` is one microsecond after the last of them; both ends are `None` without such posts.
    """
    import polars as pl

    from analyzers.tables import load

    posts = load(case.dataset, "posts", ["post_id", "account_id", "created_at"])
    selecting = list(case.cohort.selecting_posts)
    chosen = (
        pl.col("post_id").is_in(selecting)
        if selecting
        else pl.col("account_id").is_in(list(case.cohort.accounts)) & on_target(case)
    )
    times = posts.filter(chosen)["created_at"].drop_nulls()
    if not len(times):
        return Window()
    first, last = times.dt.min(), times.dt.max()
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)
    return Window(first, last + timedelta(microseconds=1))


def _pairs(accounts: pl.DataFrame) -> dict[str, str]:
    return dict(accounts.drop_nulls("handle").sort("account_id").iter_rows())


def _target_keys(case: Case, accounts: pl.DataFrame) -> frozenset[str]:
    from analyzers.lib.targets import resolve

    return frozenset(key for target in case.targets for key in resolve(target, accounts))


def on_target(case: Case) -> pl.Series:
    """Whether each post of the dataset is addressed at a target, row for row.

    An organic post that concerns a target, in the window, by somebody else. Computed once per
    dataset and question, then read back from disk.
    """
    import polars as pl

    from analyzers.lib import scope
    from analyzers.tables import load

    path = _scope_path(case)
    if not path.exists():
        posts = load(case.dataset, "posts", scope.COLUMNS)
        keys = _target_keys(case, load(case.dataset, "accounts", ["account_id", "handle"]))
        addressed = scope.on_target(posts, case.targets, keys, case.window)
        part = path.with_suffix(f".{os.getpid()}.part")  # two workers may get here at once
        addressed.rename("on_target").to_frame().write_parquet(part)
        part.replace(path)
    return pl.read_parquet(path)["on_target"]


def _scope_path(case: Case) -> Path:
    key = hashlib.sha256(repr((case.targets, case.window)).encode()).hexdigest()[:16]
    return case.dataset.directory / f"scope-{key}.parquet"
