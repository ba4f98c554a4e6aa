"""What people did is kept: one standing opinion each, servers apart, logged in the same breath."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from typing import Any

from bot.config import StorageSettings
from bot.record import Case, Entry, GuildSettings, Job, Kind, Plan, Posted, Stage, Status
from bot.store import Store
from tests.bot.store.conftest import THEN

BUILD = Callable[..., Case]


async def test_a_case_is_read_back_as_it_was_kept(store: Store, case: BUILD) -> None:
    await store.cases.add(case())
    assert await store.cases.get(1, case().key) == case()
    assert case().created.tzinfo is UTC


async def test_a_server_never_sees_the_case_of_another(store: Store, case: BUILD) -> None:
    await store.cases.add(case())
    assert await store.cases.get(2, case().key) is None
    assert await store.cases.of(2) == ()
    assert [one.key for one in await store.cases.of(1)] == [case().key]


async def test_one_person_agrees_or_disputes_and_not_both(store: Store, case: BUILD) -> None:
    await store.cases.add(case())
    dispute, none = await store.opinions.give(case(), "client", Kind.DISPUTE, 7, "No.")
    assert none is None
    agree, replaced = await store.opinions.give(case(), "client", Kind.AGREE, 7)
    assert replaced is not None
    assert replaced.id == dispute.id
    assert await store.opinions.of(case().key) == (agree,)
    assert await store.opinions.give(case(), "client", Kind.AGREE, 7) == (agree, None)


async def test_notes_add_up(store: Store, case: BUILD) -> None:
    await store.cases.add(case())
    for words in ("one", "two"):
        await store.opinions.give(case(), "client", Kind.NOTE, 7, words)
    assert [one.reason for one in await store.opinions.of(case().key)] == ["one", "two"]


async def test_the_same_click_twice_at_once_counts_once(store: Store, case: BUILD) -> None:
    await store.cases.add(case())
    clicks = [store.opinions.give(case(), "client", Kind.AGREE, 7) for _ in range(8)]
    await asyncio.gather(*clicks)
    assert len(await store.opinions.of(case().key)) == 1


async def test_only_its_author_withdraws_an_opinion_in_its_server(
    store: Store, case: BUILD, clock: Any
) -> None:
    await store.cases.add(case())
    given, _ = await store.opinions.give(case(), "client", Kind.AGREE, 7)
    assert await store.opinions.withdraw(given.id, 1, 8) is None
    assert await store.opinions.withdraw(given.id, 2, 7) is None
    clock.tick()
    withdrawn = await store.opinions.withdraw(given.id, 1, 7)
    assert withdrawn is not None
    assert withdrawn.withdrawn == clock.time
    assert await store.opinions.withdraw(given.id, 1, 7) is None
    assert await store.opinions.of(case().key) == ()


async def test_a_persons_words_are_erased_and_their_stand_remains(
    store: Store, case: BUILD
) -> None:
    await store.cases.add(case())
    held = case(key="fedcba9876543210", hold=True)
    await store.cases.add(held)
    await store.opinions.give(case(), "client", Kind.DISPUTE, 7, "My words")
    await store.opinions.give(case(), "client", Kind.NOTE, 7, "My note")
    await store.opinions.give(case(), "client", Kind.NOTE, 8, "Another's")
    await store.opinions.give(held, "client", Kind.NOTE, 7, "Held")
    erased = await store.opinions.erase(1, 7, Entry(1, 7, "erased"))
    assert [one.reason for one in erased] == ["My words", "My note"]
    left = await store.opinions.of(case().key)
    assert [(one.who, one.kind, one.reason) for one in left] == [
        (7, Kind.DISPUTE, ""),
        (8, Kind.NOTE, "Another's"),
    ]
    assert len(await store.opinions.of(held.key)) == 1


async def test_a_status_changes_once_from_what_one_saw(store: Store, case: BUILD) -> None:
    await store.cases.add(case())
    log = Entry(1, 100, "status", case().key)
    moved = await store.cases.move(case(), Status.IN_REVIEW, log)
    assert moved is not None
    assert moved.status is Status.IN_REVIEW
    assert await store.cases.move(case(), Status.IN_REVIEW, log) is None
    assert [entry.what for entry in await store.log.of(1, 10)] == ["status"]


async def test_a_case_goes_with_all_that_was_said_and_its_log_stays(
    store: Store, case: BUILD
) -> None:
    await store.cases.add(case())
    await store.cases.post(case().key, Posted("step:client", 55, "Client"))
    await store.opinions.give(case(), "client", Kind.NOTE, 7, "Note")
    assert (await store.cases.posted(case().key))["step:client"].message == 55
    await store.cases.forget(case().key, Entry(1, 0, "expired", case().key))
    assert await store.cases.posted(case().key) == {}
    assert await store.opinions.by(1, 7) == ()
    assert [entry.on for entry in await store.log.of(1, 10)] == [case().key]


async def test_a_job_is_kept_until_its_case_stands(store: Store) -> None:
    request = {"paths": ["uploads/a/b.csv"], "since": None}
    job = Job("0123456789abcdef", 1, 10, 100, "fr", request, THEN)
    await store.jobs.add(job)
    assert await store.jobs.all() == (job,)
    assert (await store.jobs.begin(job.key)).starts == 1
    plan = Plan("Posts", ("@target_person",), {"step:client": "Clients"})
    assert (await store.jobs.read(job.key, plan)).plan == plan
    assert await store.jobs.all() == (replace(job, starts=1, stage=Stage.READ, plan=plan),)
    await store.jobs.done(job.key)
    assert await store.jobs.all() == ()


async def test_a_job_goes_with_the_case_that_is_deleted(store: Store, case: BUILD) -> None:
    await store.jobs.add(Job(case().key, 1, 10, 100, "en", {}, THEN))
    await store.cases.forget(case().key)
    assert await store.jobs.all() == ()


async def test_a_case_that_somebody_deletes_is_not_sent_again(store: Store, case: BUILD) -> None:
    await store.jobs.add(Job(case().key, 1, 10, 100, "en", {}, THEN))
    await store.cases.add(case())
    assert await store.cases.drop(case(), Entry(1, 7, "case.deleted", case().key))
    assert await store.jobs.all() == ()


async def test_settings_of_a_server_change_one_by_one(store: Store) -> None:
    assert await store.guilds.of(1) == GuildSettings(1)
    await store.guilds.change(1, Entry(1, 7, "role"), reveal=42)
    await store.guilds.change(1, Entry(1, 7, "language"), language="fr")
    assert await store.guilds.of(1) == GuildSettings(1, reveal=42, language="fr")
    assert await store.guilds.of(2) == GuildSettings(2)
    assert [entry.what for entry in await store.log.of(1, 10)] == ["language", "role"]
    assert await store.log.of(2, 10) == ()


async def test_it_is_there_after_a_restart(
    store: Store, storage: StorageSettings, case: BUILD
) -> None:
    await store.cases.add(case())
    again = Store(storage)
    await again.open()
    assert await again.cases.get(1, case().key) == case()
    await again.close()
