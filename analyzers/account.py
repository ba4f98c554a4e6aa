"""Accounts of a case seen close: a sheet for each, read from the case's dataset."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from analyzers.investigation import SEED
from analyzers.model.case import Signal, Window
from analyzers.model.dataset import Dataset
from analyzers.model.report import Report
from analyzers.model.target import Account, Target

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from analyzers.lib.account_numbers import Counted
    from analyzers.lib.account_periods import Background
    from analyzers.lib.account_sheet import AccountSheet
    from analyzers.lib.drift import Vocabulary

WEEKS = 8
"""As in the step topic_shift: words are compared before and since this long before the attack."""

MODELLED = 200
"""Posts of a family of which its common words are found; more do not change them."""


@dataclass(frozen=True)
class Circle:
    """Whom sheets are made for, and beside whom: the group, and the ordinary accounts with
    timelines. `window` and `attack` are the case's; `ties` the signals of each member."""

    members: tuple[str, ...]
    ordinary: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    window: Window = Window()
    attack: Window = Window()
    seed: int = SEED
    ties: tuple[tuple[str, tuple[Signal, ...]], ...] = ()

    @classmethod
    def of(cls, report: Report) -> Circle:
        """The accounts of an investigation."""
        return cls(
            members=tuple(line.account_id for line in report.accounts),
            ordinary=report.comparison.timelines,
            targets=report.case.targets,
            window=report.case.window,
            attack=report.case.attack,
            seed=report.run.seed,
            ties=tuple((line.account_id, line.ties) for line in report.accounts),
        )


def sheets(
    dataset: Dataset, circle: Circle, only: Collection[str] | None = None
) -> dict[str, AccountSheet]:
    """A sheet for each of the circle's members (or of those in `only`), by account id.

    Needs an enriched dataset. Posts that came in only because others refer to them are left out, as
    in every step. Numbers are set beside those of ordinary accounts only for accounts whose
    timelines were collected: of others nothing but what a search found is known.
    """
    return _Reading(dataset, circle).sheets(circle.members if only is None else only)


class _Reading:
    """The rows of a circle's accounts, read once for all its sheets."""

    def __init__(self, dataset: Dataset, circle: Circle) -> None:
        import polars as pl

        from analyzers.cohort.comparison import collected_timelines
        from analyzers.lib import scope
        from analyzers.tables import load

        profiles = load(
            dataset, "accounts", ["account_id", "handle", "created_at", "profile_language"]
        )
        columns = dict.fromkeys(
            (*scope.COLUMNS, "client", "text", "spoken", "family"),
        )
        posts = load(dataset, "posts", columns)
        self._circle = circle
        self._targets = _target_names(circle.targets, profiles)
        on_target = scope.on_target(posts, circle.targets, frozenset(self._targets), circle.window)
        posts = posts.with_columns(on_target).filter(pl.col("route") != "context")
        self._posts = posts
        wanted = {*circle.members, *circle.ordinary}
        self._timelines = collected_timelines(posts, load(dataset, "collected"), wanted)
        kept = posts.filter(pl.col("account_id").is_in(list(wanted)))
        self._rows = _prepared(kept, profiles)
        known = profiles.filter(pl.col("account_id").is_in(list(wanted))).to_pandas()
        self._profiles: dict[str, dict[str, Any]] = {
            str(row["account_id"]): {str(name): value for name, value in row.items()}
            for row in known.to_dict("records")
        }
        self._members = {key: account for account in circle.members for key in self._keys(account)}

    def _keys(self, account: str) -> tuple[str, ...]:
        handle = self._profiles.get(account, {}).get("handle")
        return (account, f"@{handle.removeprefix('@').lower()}") if handle else (account,)

    def sheets(self, wanted: Collection[str]) -> dict[str, AccountSheet]:
        from analyzers.lib.account_numbers import numbers, usual_of
        from analyzers.lib.account_periods import periods
        from analyzers.lib.account_sheet import Known, account_sheet

        by_account = {str(account): rows for account, rows in self._rows.groupby("account_id")}
        words = self._words()
        ordinary = [
            self._counted(account, by_account[account], words.get(account))
            for account in self._circle.ordinary
            if account in by_account
        ]
        usual = usual_of(ordinary)
        background = self._background()
        sharing = self._sharing(wanted)
        models = self._models(sharing, by_account, wanted)
        clients = self._clients()
        ties = dict(self._circle.ties)
        found = {}
        for account in wanted:
            rows = by_account.get(account, self._rows.iloc[:0])
            timeline = account in self._timelines
            mine = self._counted(account, rows, words.get(account))
            dated = rows[rows["created_at"].notna()]
            own = dated[dated["organic"].astype(bool)]
            turning = words[account].turning() if account in words else None
            found[account] = account_sheet(
                account,
                rows,
                Known(
                    timeline=timeline,
                    created=self._created(account),
                    interface=self._profiles.get(account, {}).get("profile_language") or None,
                    numbers=numbers(mine, usual if timeline else {}),
                    periods=_spelled(periods(own, background, turning), own),
                    targets=self._targets,
                    members=self._members,
                    clients=clients,
                    sharing=sharing,
                    shared=models,
                    ties=ties.get(account, ()),
                ),
            )
        return found

    def _created(self, account: str) -> datetime | None:
        from analyzers.lib.ages import creation_date

        told = self._profiles.get(account, {}).get("created_at")
        attack = self._circle.attack.since
        if attack is None:
            return told.to_pydatetime() if told is not None and told == told else None
        return creation_date(account, told, attack)

    def _counted(self, account: str, rows: pd.DataFrame, words: Vocabulary | None) -> Counted:
        from analyzers.lib.account_numbers import counted

        moved = words.excess(self._circle.seed) if words else None
        dated = rows[rows["created_at"].notna()]
        return counted(dated, self._created(account), self._circle.attack.since, moved)

    def _words(self) -> dict[str, Vocabulary]:
        """What accounts with timelines wrote away from the target, before the attack and since."""
        from analyzers.lib.account_numbers import shifts

        attack, rows = self._circle.attack.since, self._rows
        kept = (
            rows["created_at"].notna()
            & rows["organic"].astype(bool)
            & ~rows["on_target"].astype(bool)
            & rows["account_id"].isin(self._timelines)
        )
        return shifts(rows[kept], attack and attack - timedelta(weeks=WEEKS))

    def _background(self) -> Background:
        """How often everybody's own posts use each word that three accounts use, per language."""
        import polars as pl

        from analyzers.lib.account_periods import SUPPORT, Background
        from analyzers.lib.language_mix import category

        own = self._posts.filter(pl.col("organic"))
        codes = {code: category(code) for code in own["spoken"].unique().drop_nulls()}
        said = own.select(
            "account_id",
            language=pl.col("spoken").replace_strict(codes, default=None, return_dtype=pl.String),
            word=pl.col("normal").str.split(" ").list.unique(),
        )
        uses = (
            said.explode("word")
            .drop_nulls()
            .group_by("language", "word")
            .agg(uses=pl.len(), accounts=pl.col("account_id").n_unique())
            .filter(pl.col("accounts") >= SUPPORT)
        )
        return Background(
            {(code, word): count for code, word, count, _ in uses.iter_rows()},
            dict(said.drop_nulls("language").group_by("language").len().iter_rows()),
        )

    def _clients(self) -> frozenset[str]:
        """The clients that several accounts of the dump use."""
        import polars as pl

        users = self._posts.drop_nulls("client").group_by("client").agg(pl.n_unique("account_id"))
        return frozenset(users.filter(pl.col("account_id") >= 2)["client"])

    def _sharing(self, wanted: Collection[str]) -> dict[int, int]:
        """How many accounts of the dump post in each family of the wanted accounts, if several."""
        import polars as pl

        alike = self._posts.filter(pl.col("family") >= 0)
        mine = alike.filter(pl.col("account_id").is_in(list(wanted)))["family"].unique()
        counts = (
            alike.filter(pl.col("family").is_in(mine.to_list()))
            .group_by("family")
            .agg(pl.col("account_id").n_unique())
            .filter(pl.col("account_id") >= 2)
        )
        return dict(counts.iter_rows())

    def _models(
        self,
        sharing: Mapping[int, int],
        by_account: Mapping[str, pd.DataFrame],
        wanted: Collection[str],
    ) -> dict[int, str]:
        """The words that accounts have in common in each family that is shown.

        One post of each account is read, so that no account's own words pass for common ones.
        """
        import polars as pl

        from analyzers.lib.account_sheet import TEXTS
        from analyzers.lib.template import model

        shown: set[int] = set()
        for account in wanted:
            mine = {int(x) for x in by_account.get(account, self._rows.iloc[:0])["family"]}
            ranked = sorted(mine & sharing.keys(), key=lambda one: (-sharing[one], one))
            shown.update(ranked[:TEXTS])
        posts = self._posts.filter(pl.col("family").is_in(list(shown))).sort("post_id")
        posts = posts.unique(["family", "account_id"], keep="first", maintain_order=True)
        texts: dict[int, list[str]] = {}
        for family, text in posts.select("family", "text").drop_nulls().iter_rows():
            if len(some := texts.setdefault(family, [])) < MODELLED:
                some.append(text)
        return {family: model(some).words for family, some in sorted(texts.items())}


def _target_names(targets: tuple[Target, ...], profiles: pl.DataFrame) -> dict[str, str]:
    """Every key by which posts name a target account, with its handle as the case writes it."""
    from analyzers.lib.targets import resolve

    return {
        key: f"@{target.handle.removeprefix('@')}"
        for target in targets
        if isinstance(target, Account)
        for key in resolve(target, profiles)
    }


def _prepared(posts: pl.DataFrame, profiles: pl.DataFrame) -> pd.DataFrame:
    """The rows in the order of time, with the language's category and whom each post addresses."""
    import pandas as pd
    import polars as pl

    from analyzers.lib.language_mix import category

    ids = {
        f"@{handle.removeprefix('@').lower()}": account
        for account, handle in profiles.select("account_id", "handle").drop_nulls().iter_rows()
    }
    named = pl.concat_list(
        pl.col("mentions").fill_null([]),
        pl.concat_list("reply_to_account"),
    )
    rows = (
        posts.sort("created_at", "post_id", nulls_last=True)
        .with_columns(addressees=named.list.drop_nulls().list.unique(maintain_order=True))
        .to_pandas()
    )
    lists = [
        list(dict.fromkeys(key for key in (ids.get(k, k) for k in keys) if key != account))
        for account, keys in zip(rows["account_id"], rows["addressees"], strict=True)
    ]
    return rows.assign(
        category=[category(code) for code in rows["spoken"]],
        addressees=pd.Series(lists, index=rows.index, dtype=object),
    )


def _spelled(some: Any, own: pd.DataFrame) -> Any:
    """The periods with their terms as they are written, accents and all."""
    from dataclasses import replace

    from analyzers.lib.spelling import spellings

    written = spellings({term for period in some for term in period.terms}, own["text"])
    return tuple(
        replace(period, terms=tuple(written[term] for term in period.terms)) for period in some
    )
