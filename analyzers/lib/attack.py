"""When the cohort attacked: the span against which ages and dates are read."""

from __future__ import annotations

from datetime import datetime

from analyzers.model.case import Case


def attack_span(case: Case) -> tuple[datetime, datetime] | None:
    """The first and the last moment of the cohort's attack, UTC; `None` when it wrote nothing.

    The case's own span where it has one, else that of the cohort's posts that concern the target.
    """
    posts = case.tables.posts
    times = posts.loc[posts["on_target"] & (posts["group"] == "cohort"), "created_at"].dropna()
    since, until = case.attack.since, case.attack.until
    if since is None and len(times):
        since = times.min().to_pydatetime()
    if until is None and len(times):
        until = times.max().to_pydatetime()
    if since is None:
        return None
    return (since, until if until is not None and until > since else since)
