"""The fusion of texts and co-actions: whom a cohort gains by acting alike, and who else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzers.cohort.coaction import FEWEST, Alike, words_of
from analyzers.cohort.members import few
from analyzers.model.case import Cohort, Member
from analyzers.model.text import Text

MEMBERS = 2
"""Members of a cohort to whom an account must be tied, by what and when, to be one of it."""


def fused(cohorts: Sequence[Cohort], alike: Sequence[Alike]) -> list[Cohort]:
    """Add to the cohorts that texts tie those who act like their members, and the groups left.

    `cohorts` come largest first, and an account joins the first of them that it can. What is left
    of a group is a cohort of its own while it has enough accounts. Cohorts of a text large enough
    to speak of come first, then those that act alike, then small ones; each kind largest first.
    """
    fuller = list(cohorts)
    taken = {account for cohort in fuller for account in cohort.accounts}
    rest = []
    for group in alike:
        for place, cohort in enumerate(fuller):
            added = _close_to(cohort, group, taken)
            if added:
                taken.update(added)
                fuller[place] = _with(cohort, group, added)
        left = [account for account in group.accounts if account not in taken]
        if len(left) >= FEWEST:
            taken.update(left)
            rest.append(_of(group, left))
    speaking = [cohort for cohort in fuller if len(cohort) >= FEWEST]
    small = [cohort for cohort in fuller if len(cohort) < FEWEST]
    return [*_largest_first(speaking), *_largest_first(rest), *_largest_first(small)]


def _largest_first(cohorts: Sequence[Cohort]) -> list[Cohort]:
    return sorted(cohorts, key=len, reverse=True)


def _close_to(cohort: Cohort, group: Alike, taken: set[str]) -> list[str]:
    members = set(cohort.accounts)
    return [
        account
        for account in group.accounts
        if account not in taken and len(members & group.ties[account].keys()) >= MEMBERS
    ]


def _with(cohort: Cohort, group: Alike, added: Sequence[str]) -> Cohort:
    new = tuple(_member(group, account) for account in added)
    names = (name for member in new for name in member.selected_by)
    return replace(
        cohort,
        members=(*cohort.members, *new),
        signals=tuple(dict.fromkeys((*cohort.signals, *names))),
        selecting_posts=cohort.selecting_posts | group.posts,
    )


def _of(group: Alike, accounts: Sequence[str]) -> Cohort:
    members = tuple(_member(group, account) for account in accounts)
    names = (name for member in members for name in member.selected_by)
    return Cohort(
        members=members,
        signals=tuple(dict.fromkeys(names)),
        selecting_posts=group.posts,
        tie=group.tie,
    )


def _member(group: Alike, account: str) -> Member:
    signals = group.signals(account)
    return Member(
        account_id=account,
        score=group.score(account),
        selected_by=tuple(signal.name for signal in signals),
        why=Text(
            "This account and {others} others act alike: they {ways}.",
            others=len(group.ties[account]),
            ways=words_of(signal.name for signal in signals),
        ),
        signals=tuple(map(few, signals)),
    )
