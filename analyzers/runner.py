"""How one step is put to a case: load what it declares, ask, and never let it cost the report."""

from __future__ import annotations

import traceback

from analyzers.model.case import Case, Tables
from analyzers.model.dataset import ENRICHED, TABLES
from analyzers.model.step import Failed, NotComputable, Outcome, Step
from analyzers.model.text import Code, Text

_POST_COLUMNS = ("post_id", "account_id", "created_at", "kind", "route", "organic")
_MISSING: dict[str, Text] = {
    "posts.client": Text(
        "The client each post was sent from. X stopped giving it in December 2022; exports made "
        "before that, or Mastodon's, may carry it."
    ),
    "accounts.created_at": Text("The date each account was created (user objects of the export)."),
    "accounts.profile_language": Text(
        "The interface language of each account. X stopped giving it in May 2019; exports made "
        "before that may carry it."
    ),
    "posts.created_at": Text("The time of each post."),
    "posts.text": Text("The full text of each post."),
    "posts.mentions": Text("Whom each post mentions."),
    "follows": Text("Who follows these accounts: a table of follower and followed."),
    "statuses": Text("Whether these accounts are still active: a table of status checks."),
    "collected": Text("Which timelines were collected, over which dates."),
}


def run_step(step: Step, case: Case) -> Outcome:
    """Put one step to a case and give back how it ended; no exception leaves here."""
    try:
        missing = _missing(step, case)
        if missing:
            return NotComputable(missing)
        return step(case.with_tables(load_tables(step, case)))
    except Exception as error:  # a crashed step is one failed step, whatever went wrong in it
        return Failed(
            Text("This step failed on this data ({error}).", error=Code(type(error).__name__)),
            detail=traceback.format_exc(),
        )


def _missing(step: Step, case: Case) -> tuple[Text, ...]:
    needs = step.needs
    absent = [column for column in needs.columns if not case.dataset.has(column)]
    absent += [name for name in needs.tables if name in TABLES and not case.dataset.count(name)]
    absent += [
        choices[0]
        for choices in needs.alternatives
        if not any(case.dataset.has(column) for column in choices)
    ]
    texts = [
        _MISSING.get(name, Text("The field {field}.", field=Code(name)))
        for name in dict.fromkeys(absent)
    ]
    if len(case.cohort) < needs.cohort:
        texts.append(_too_few(needs.cohort))
    return tuple(texts)


def _too_few(wanted: int) -> Text:
    if wanted == 1:
        return Text("Accounts that act together, of which none were found.")
    return Text("At least {wanted} accounts that act together.", wanted=wanted)


def load_tables(step: Step, case: Case) -> Tables:
    """Load the columns a step declares, of the rows that its two groups or the target concern."""
    import polars as pl

    from analyzers.concerned import concerned, groups
    from analyzers.tables import load, schema

    posts = concerned(case, [*_POST_COLUMNS, *_columns(step, "posts")])
    accounts = (
        load(case.dataset, "accounts", ["account_id", *_columns(step, "accounts")])
        .join(groups(case), on="account_id", how="right", maintain_order="right")
        .with_columns(timeline=pl.col("account_id").is_in(list(case.timelines)))
        .sort("account_id")
    )
    whole = {
        name: (
            load(case.dataset, name)
            if name in step.needs.tables
            or any(c.startswith(f"{name}.") for c in step.needs.optional)
            else pl.DataFrame(schema=schema(name))
        ).to_pandas()
        for name in ("follows", "statuses", "collected")
    }
    if "profiles" in step.needs.tables:
        edges = load(case.dataset, "follows", ["follower", "followed"])
        named = pl.concat([edges["follower"], edges["followed"]]).unique().to_list()
        profiles = load(case.dataset, "accounts").filter(pl.col("account_id").is_in(named))
        whole["profiles"] = profiles.to_pandas()
    return Tables(posts=posts.to_pandas(), accounts=accounts.to_pandas(), **whole)


def _columns(step: Step, table: str) -> list[str]:
    """The columns of one table that a step declares, beyond those that always come."""
    needs = step.needs
    declared = [*needs.columns, *(c for some in needs.alternatives for c in some), *needs.optional]
    names = [name.partition(".")[2] for name in declared if name.startswith(f"{table}.")]
    known = {*TABLES[table], *(ENRICHED if table == "posts" else ())}
    unknown = set(names) - known
    if unknown:
        raise KeyError(f"{table} has no column {sorted(unknown)}")
    always = _POST_COLUMNS if table == "posts" else ("account_id",)
    return [name for name in dict.fromkeys(names) if name not in always]
