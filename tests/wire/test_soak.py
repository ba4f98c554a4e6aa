"""Kills the bot at random points, many times: no message is lost, none is said twice.

`make soak` runs it; `KILLS`, `MINUTES` and `SEED` in the environment set how much of it.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from functools import partial

import pytest
from simcord.backend.models import Channel, Message

from bot.work import STARTS
from tests.wire.town import Town, heading, said

KILLS = int(os.environ.get("KILLS", "50"))
MINUTES = float(os.environ.get("MINUTES", "30"))
SEED = int(os.environ.get("SEED", "20190211"))

MESSAGES = 7
"""In the thread of the smallest dump."""

REQUESTS, SECONDS = 14, 9.0
"""A kill comes after so many requests that change something, or after so long, at most."""


def stage(town: Town) -> str:
    """How far the unfinished job is, as the database has it; "none" when there is none."""
    with closing(sqlite3.connect(town.storage / "data" / "limier.sqlite3")) as database:
        rows = database.execute("SELECT key, stage FROM jobs").fetchall()
        if not rows:
            return "none"
        ((key, found),) = rows
        counted = 'SELECT count(*) FROM messages WHERE "case" = ?'
        (sent,) = database.execute(counted, (key,)).fetchone()
        return "sending" if sent else str(found)


def finished(town: Town, cases: int) -> bool:
    """Whether so many cases stand and nothing is left to do."""
    cards = town.cards
    return len(cards) == cases and "Draft" in said(cards[-1]) and stage(town) == "none"


async def killed_somewhere(town: Town, chance: random.Random, cases: int) -> bool:
    """Kill the bot at a random point of its work; False when it finished before."""
    end, left = time.monotonic() + chance.uniform(0, SECONDS), 0
    if chance.random() < 0.5:
        end, left = end + 3600, chance.randint(1, REQUESTS)

    def answering(method: str, path: str) -> None:
        nonlocal left
        left -= method in {"POST", "PATCH", "PUT"} and not path.endswith("/commands")
        if left == 0:
            town.kill()

    if left:
        town.front.answering = answering
    await town.until(
        lambda: town.is_dead() or time.monotonic() > end or finished(town, cases), seconds=90
    )
    town.front.answering = lambda method, path: None
    if finished(town, cases) and not town.is_dead():
        return False
    await town.killed()
    return True


async def promised(town: Town, six: tuple[str, bytes], cases: int) -> None:
    """Give the command again when the bot was killed before it could promise anything."""
    if len(town.cards) < cases and stage(town) == "none":
        await town.until(town.front.connected.is_set)
        town.investigate(six, "@target_person")


def check(town: Town, cases: int) -> None:
    """Every case so far stands once and whole, and nothing else does."""
    cards: list[Message] = town.cards
    threads: list[Channel] = town.threads
    assert len(cards) == len(threads) == cases
    assert all("Draft" in said(card) for card in cards)
    for thread in threads:
        headings = [heading(post) for post in town.posts(thread)]
        assert len(headings) == len(set(headings)) == MESSAGES, headings


@pytest.mark.soak
@pytest.mark.timeout(MINUTES * 60 + 300)
async def test_killed_again_and_again(town: Town, six: tuple[str, bytes]) -> None:
    chance = random.Random(SEED)
    began, kills, cases, where = time.monotonic(), 0, 0, Counter[str]()
    while kills < KILLS and time.monotonic() - began < MINUTES * 60:
        cases += 1
        town.investigate(six, "@target_person")
        for _ in range(min(STARTS - 1, KILLS - kills)):
            if not await killed_somewhere(town, chance, cases):
                break
            kills += 1
            where[stage(town)] += 1
            await town.spawn()
            await promised(town, six, cases)
        await town.until(partial(finished, town, cases))
        check(town, cases)
    spent = time.monotonic() - began
    print(f"\n{kills} kills in {cases} cases, {spent / kills:.1f} s each; where: {dict(where)}")
