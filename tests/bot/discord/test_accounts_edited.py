"""People change whom a case is about, for a reason: the case is read again, and says so."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from bot.config import Settings
from tests.bot.discord.room import CaseRoom, said

pytestmark = pytest.mark.simcord(settle_timeout=90)


def record(settings: Settings, room: CaseRoom) -> dict[str, Any]:
    path = settings.storage.cases / room.key / "private/report.json"
    read: dict[str, Any] = json.loads(path.read_bytes())
    return read


def in_question(settings: Settings, room: CaseRoom) -> set[str]:
    return {one["pseudonym"] for one in record(settings, room)["cohort"]["accounts"]}


def last_change(room: CaseRoom) -> str:
    found = [said(m) for m in room.thread.history() if "what changed" in said(m)]
    return max(found)  # the number of the revision comes first


async def test_an_account_is_left_out_and_taken_in_again(
    room: CaseRoom, settings: Settings
) -> None:
    alice = room.server.alice
    given = {"case": room.key, "account": "a03"}
    reply = await room.slash(alice, "case leave-out", **given, reason="A journalist who quotes.")
    assert "The thread says what has changed." in reply
    assert in_question(settings, room) == {"A01", "A02", "A04", "A05", "A06"}
    assert "No longer among them: A03." in last_change(room)
    assert "> A journalist who quotes." in last_change(room)

    banner = (
        "A person named these accounts and left 1 out, on this ground: A journalist who quotes."
    )
    bottom = next(said(m) for m in room.thread.history() if banner in said(m))
    assert "not tested any more" in bottom
    names = json.loads((settings.storage.cases / room.key / "private/names.json").read_bytes())
    (left_out,) = [account for account, name in names.items() if name == "A03"]
    compared = record(settings, room)["cohort"]["comparison"]["accounts"]
    assert left_out not in compared  # whoever is left out is not ordinary by that

    again = await room.slash(alice, "case leave-out", **given, reason="Once more.")
    assert again == "a03 is not among the accounts in question."
    await room.slash(alice, "case include", **given, reason="She was no journalist.")
    assert in_question(settings, room) == {f"A0{n}" for n in range(1, 7)}
    assert "Joined: A03." in last_change(room)

    (kept,) = (settings.storage.cases / room.key / "private/given/accounts").iterdir()
    grounds = [row["ground"] for row in csv.DictReader(kept.open(encoding="utf-8"))]
    assert grounds.count("She was no journalist.") == 1


async def test_a_handle_is_for_those_who_may_reveal(room: CaseRoom, settings: Settings) -> None:
    server = room.server
    given = {"case": room.key, "account": "@person_2", "reason": "A journalist."}
    refused = await room.slash(server.alice, "case leave-out", **given)
    assert "handles are for the role that reveals" in refused

    manager = server.join("manager", server.role("Managers", manage_guild=True))
    role = server.role("Everyone who knows")
    await room.slash(manager, "settings roles", right="reveal", role=role)
    await room.slash(manager, "settings roles", right="review", role=role)
    carla = server.join("carla", role)
    await room.slash(carla, "case leave-out", **given)
    assert len(in_question(settings, room)) == 5
    assert "person_2" not in "".join(said(m) for m in room.thread.history())

    unknown = {"case": room.key, "account": "@nobody_here", "reason": "A guess."}
    reply = await room.slash(carla, "case include", **unknown)
    assert "hold 5 of the 6 accounts" in reply
    assert len(in_question(settings, room)) == 5
