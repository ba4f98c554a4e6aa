"""A case goes on: more files, the same thread and pseudonyms, and a message on what changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import Settings
from tests.bot.discord.conftest import INSULT
from tests.bot.discord.room import CaseRoom, answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

WORDS = ("grey", "old", "dull", "sad", "slow", "loud", "mean", "vain", "rude")


@pytest.fixture
def nine(dump: Callable[..., tuple[str, bytes]]) -> tuple[str, bytes]:
    """The six accounts of the room and three others, who wrote the same model of text."""
    return dump([INSULT.format(word) for word in WORDS], "later.jsonl")


def folder_of(settings: Settings, room: CaseRoom) -> Path:
    return settings.storage.cases / room.key


def names(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "private/names.json").read_bytes()))


def what_changed(room: CaseRoom) -> list[str]:
    return [said(m) for m in room.thread.history() if "what changed" in said(m)]


async def test_more_files_revise_the_case_in_its_thread(
    room: CaseRoom, nine: tuple[str, bytes], settings: Settings
) -> None:
    alice = room.server.alice
    before = {m.id: said(m) for m in room.thread.history()}
    first = names(folder_of(settings, room))
    reply = await room.slash(
        alice, "case add", case=room.key, dump=nine, reason="Bob found *three* more."
    )
    assert "The thread says what has changed." in reply

    now = names(folder_of(settings, room))
    assert {account: now[account] for account in first} == first
    assert sorted(set(now.values()) - set(first.values())) == ["A07", "A08", "A09"]

    after = {m.id: said(m) for m in room.thread.history()}
    assert set(before) <= set(after)
    new = [words for sent, words in after.items() if sent not in before]
    found, changed = new
    assert found.startswith("### When the attack came")
    assert [changed] == what_changed(room)
    assert "Revision 2: what changed" in changed
    assert "> Bob found \\*three\\* more." in changed
    assert "Accounts in question: 6 before, 9 now." in changed
    assert "Joined: A07, A08 and A09." in changed
    assert "Found now: When the attack came." in changed
    assert "Changed: What was collected, One model of text" in changed
    assert any(before[one] != after[one] and before[one].startswith("###") for one in before)
    earlier = json.loads((folder_of(settings, room) / "private/earlier/manifest.json").read_bytes())
    assert len(earlier["sources"]) == 1
    assert await room.server.env.bot.store.revisions.unfinished() == ()
    assert not list(settings.storage.cases.glob("*.next"))


async def test_in_its_thread_no_case_need_be_named(room: CaseRoom, nine: tuple[str, bytes]) -> None:
    result = await room.server.alice.slash(room.thread, "case add", dump=nine, reason="More.")
    assert "The thread says what has changed." in answer(result)
    assert len(what_changed(room)) == 1


async def test_elsewhere_it_must_be(room: CaseRoom, nine: tuple[str, bytes]) -> None:
    reply = await room.slash(room.server.alice, "case add", dump=nine, reason="More.")
    assert reply == "Choose a case, or give the command in the thread of one."


async def test_neither_strangers_nor_the_same_files_revise_it(
    room: CaseRoom, nine: tuple[str, bytes], six: tuple[str, bytes]
) -> None:
    given = {"case": room.key, "reason": "Why not."}
    refused = await room.slash(room.server.bob, "case add", dump=nine, **given)
    assert "Only reviewers may revise this case" in refused
    same = await room.slash(room.server.alice, "case add", dump=six, **given)
    assert "made from these files already" in same
    assert what_changed(room) == []


async def test_files_that_are_gone_are_asked_for(
    room: CaseRoom, nine: tuple[str, bytes], six: tuple[str, bytes], settings: Settings
) -> None:
    for upload in settings.storage.uploads.glob("*/*"):
        upload.unlink()
    given = {"case": room.key, "dump": nine, "reason": "More."}
    refused = await room.slash(room.server.alice, "case add", **given)
    assert "no longer kept" in refused
    assert "send it again" in refused
    reply = await room.slash(room.server.alice, "case add", **given, dump2=six)
    assert "The thread says what has changed." in reply


async def test_files_of_a_message_are_added_from_its_menu(
    room: CaseRoom, nine: tuple[str, bytes]
) -> None:
    bob, alice = room.server.bob, room.server.alice
    reply = await bob.send(room.thread, "I found more", attachments=[nine])
    asked = await alice.context_menu(room.thread, "Add to case", reply)
    done = await alice.submit_modal(asked, {"case": [room.key], "why": "Bob found more."})
    assert "The thread says what has changed." in answer(done)
    (changed,) = what_changed(room)
    assert "> Bob found more." in changed

    empty = await bob.send(room.thread, "Nothing here")
    assert "no files" in answer(await alice.context_menu(room.thread, "Add to case", empty))


async def test_an_opinion_on_a_claim_that_changed_is_marked(
    room: CaseRoom, nine: tuple[str, bytes]
) -> None:
    await room.agree(room.server.bob, "One model of text")
    await room.slash(room.server.alice, "case add", case=room.key, dump=nine, reason="More.")
    step = said(room.step("One model of text"))
    assert "one person agrees · one of them before revision 2, of another claim" in step


async def test_what_fails_leaves_the_case_as_it_was(room: CaseRoom, settings: Settings) -> None:
    before = [said(m) for m in room.thread.history()]
    rubbish = ("rubbish.csv", b"a,b\n1,2\n")
    reply = await room.slash(
        room.server.alice, "case add", case=room.key, dump=rubbish, reason="More."
    )
    assert "rubbish.csv" in reply
    assert [said(m) for m in room.thread.history()] == before
    assert await room.server.env.bot.store.revisions.unfinished() == ()
    assert await room.server.env.bot.store.revisions.of(room.key) == ()
