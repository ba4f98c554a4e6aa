"""Someone looks at one account of a case in its thread: alone, under its pseudonym, in words and
picture; also after a restart, and never from elsewhere."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from simcord import InteractionResult
from simcord import interactions as wire
from simcord.backend import serializers
from simcord.components import walk_components

from bot import pipeline
from bot.client import Limier
from bot.close_up import CloseUp, close_up
from bot.cogs import accounts
from bot.message import PICKER
from bot.pipeline import look
from bot.pool import Pool

pytestmark = pytest.mark.simcord(settle_timeout=90)

DIE = "__import__('signal').raise_signal(9)"
STRING_SELECT, TEXT_DISPLAY, MEDIA_GALLERY = 3, 10, 12


class Unlucky:
    """The shared workers; when told so, the one that draws an account is killed."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.scratch = pool.scratch
        self.fatal = False
        self.busy = False

    def run(self, function: Callable[[Any], Any], items: Iterable[Any], *of: Any) -> Iterator[Any]:
        if function is close_up and self.fatal:
            return self.pool.run(eval, [DIE], *of)
        return self.pool.run(function, items, *of)


INSULT = "@target_person you are nothing but a {} liar in a suit, go home and leave us all in peace"


@pytest.fixture
def held_up(simcord_env: Any, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """No worker is free for an account until this is set."""
    free = asyncio.Event()

    async def after_others(*asked: Any) -> CloseUp:
        await simcord_env.external_wait(free.wait(), reason="a free worker")
        return await look(*asked)

    monkeypatch.setattr(pipeline, "look", after_others)
    return free


@pytest.fixture
def unlucky(workers: Pool) -> Unlucky:
    return Unlucky(workers)


@pytest.fixture
def simcord_bot(settings: Any, unlucky: Unlucky) -> Limier:
    return Limier(settings, unlucky)


def parts(message: Any, kind: int) -> list[dict[str, Any]]:
    tree = walk_components([component.to_dict() for component in message.components])
    return [part for part in tree if part["type"] == kind]


def picker(server: Any) -> Any:
    """The message with the select: the bottom line, first in the thread."""
    return server.thread.history()[0]


def folder(settings: Any) -> Path:
    (case,) = (settings.storage.directory / "cases").iterdir()
    return case


def said(answer: InteractionResult) -> str:
    """What the person who chose reads; nobody else can."""
    assert answer.response is not None
    assert answer.response.ephemeral
    return "\n".join(
        [
            answer.response.content or "",
            *(
                part["content"]
                for part in walk_components(answer.response.components)
                if part["type"] == TEXT_DISPLAY
            ),
        ]
    ).strip()


async def chosen(who: Any, server: Any, pseudonym: str) -> InteractionResult:
    return await who.select(picker(server), [pseudonym])


def choose(
    server: Any, who: Any, channel_id: int, case: str, locale: str = "en-US"
) -> InteractionResult:
    """Choose A01 of a case without waiting, from any channel, in any language."""
    backend = server.env.backend
    message = picker(server)
    data = {"component_type": STRING_SELECT, "custom_id": f"{PICKER}{case}", "values": ["A01"]}
    record, payload = wire.base_payload(
        backend,
        type=3,
        channel_id=channel_id,
        guild_id=who.guild.id,
        user_id=who.id,
        data=data,
    )
    shown = serializers.message_payload(backend, backend.get_message(server.thread.id, message.id))
    payload |= {"locale": locale, "message": dict(shown)}
    backend.emit("INTERACTION_CREATE", payload)
    return InteractionResult(server.env, record)


async def test_anyone_in_the_thread_sees_one_account_close(server: Any, first_stage: Any) -> None:
    await server.investigate(target="@ex_ministre", **first_stage)
    (select,) = parts(picker(server), STRING_SELECT)
    assert select["placeholder"] == "Look at one account…"
    assert [option["label"] for option in select["options"]] == [
        f"A{number:02d}" for number in range(1, 21)
    ]
    before = len(server.thread.history())
    answer = await chosen(server.bob, server, "A07")
    text = said(answer)
    assert text.startswith("## A07 seen close\nCreated: 22 April 2011")
    assert "Its timeline was not collected" in text
    assert "@" not in text.replace("@ex\\_ministre", "").replace("@…", "")
    (picture,) = answer.response.attachments
    assert picture.filename == "account.png"
    assert (await picture.read()).startswith(b"\x89PNG")
    (gallery,) = [
        part for part in walk_components(answer.response.components) if part["type"] == 12
    ]
    assert gallery["items"][0]["description"].startswith("A07 seen close. Bars of its languages")
    assert len([m for m in server.thread.history() if not m.flags.ephemeral]) == before


async def test_a_french_reader_gets_a_french_sheet(
    server: Any, first_stage: Any, settings: Any
) -> None:
    await server.investigate(target="@ex_ministre", **first_stage)
    answer = choose(server, server.bob, server.thread.id, folder(settings).name, "fr")
    await server.env.settle(timeout=90)
    text = said(answer)
    assert text.startswith("## A01 vu de près\nCréation\u202f: ")
    assert "Un compte seul ne montre aucune tendance." in text


async def test_the_select_works_after_a_restart(
    server: Any, first_stage: Any, settings: Any, workers: Pool
) -> None:
    await server.investigate(target="@ex_ministre", **first_stage)
    await server.env.restart_bot(Limier(settings, workers))
    assert said(await chosen(server.alice, server, "A20")).startswith("## A20 seen close")


@pytest.mark.parametrize("gone", ["private/sheets.json", "private/place.json", "."])
async def test_a_case_that_is_no_longer_kept(
    server: Any, six: Any, settings: Any, gone: str
) -> None:
    await server.investigate(dump=six, target="@target_person")
    path = folder(settings) / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    answer = said(await chosen(server.alice, server, "A01"))
    assert answer.startswith("This case is no longer kept here: it was deleted, or the time for")


async def test_a_stranger_in_another_server_cannot_use_it(
    server: Any, six: Any, settings: Any
) -> None:
    await server.investigate(dump=six, target="@target_person")
    other = server.env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    stranger = other.add_member(server.env.create_user("stranger"))
    answer = choose(server, stranger, channel.id, folder(settings).name)
    await server.env.settle(timeout=90)
    assert said(answer) == "This case belongs to another thread: look at its accounts there."


async def test_a_killed_worker_is_told(server: Any, six: Any, unlucky: Unlucky) -> None:
    await server.investigate(dump=six, target="@target_person")
    unlucky.fatal = True
    answer = said(await chosen(server.alice, server, "A02"))
    assert answer.startswith("This account could not be drawn: Its process ended unexpectedly")
    unlucky.fatal = False
    assert said(await chosen(server.alice, server, "A02")).startswith("## A02 seen close")


async def test_busy_workers_are_told_and_the_account_comes_when_one_is_free(
    server: Any, six: Any, settings: Any, unlucky: Unlucky, held_up: asyncio.Event
) -> None:
    await server.investigate(dump=six, target="@target_person")
    unlucky.busy = True
    case = folder(settings).name
    answer = choose(server, server.bob, server.thread.id, case)
    await server.until(lambda: answer.response and answer.response.content)
    assert said(answer).startswith("My workers are busy: I show this account as soon as")
    second = choose(server, server.bob, server.thread.id, case)
    await server.until(lambda: second.response and second.response.content)
    assert said(second).startswith("I still draw the account")
    held_up.set()
    await server.env.settle(timeout=90)
    assert said(answer).startswith("## A01 seen close")


async def test_workers_that_stay_busy_are_not_waited_for_for_ever(
    server: Any, six: Any, settings: Any, held_up: asyncio.Event
) -> None:
    await server.investigate(dump=six, target="@target_person")
    answer = choose(server, server.bob, server.thread.id, folder(settings).name)
    await server.env.advance_time(accounts.AT_MOST + 1)
    assert said(answer) == "My workers were busy all the time. Choose the account again later."


async def test_of_many_accounts_one_types_the_pseudonym(server: Any, dump: Any) -> None:
    adjectives = ("grey", "old", "dull", "sad", "slow", "loud")
    texts = [INSULT.format(adjectives[number % 6]) for number in range(30)]
    await server.investigate(dump=dump(texts), target="@target_person")
    (select,) = parts(picker(server), STRING_SELECT)
    assert len(select["options"]) == 25
    assert select["options"][-1]["label"] == ("Another account, up to A30: type its pseudonym…")
    asked = await chosen(server.alice, server, "another")
    typed = await server.alice.submit_modal(asked, {"pseudonym": " a30 "})
    assert said(typed).startswith("## A30 seen close")
    wrong = await chosen(server.alice, server, "another")
    unknown = await server.alice.submit_modal(wrong, {"pseudonym": "@everyone"})
    assert said(unknown).startswith("This result calls no account @\u200beveryone: its accounts")
