"""A server decides where its cases go: another channel, a forum with tags, or a private thread."""

from __future__ import annotations

from typing import Any

import pytest
from discord import PermissionOverwrite
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.client import Limier
from bot.record import Home
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=160)

TARGET = "@target_person"


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


@pytest.fixture
def forum(server: Any) -> Any:
    return server.guild.create_forum_channel("cases")


async def placed(server: Any, manager: Any, to: Any) -> str:
    chosen = {"to": to} if to else {}
    return answer(await manager.slash(server.channel, "settings place", **chosen))


async def the_case(server: Any) -> Any:
    (case,) = await server.env.bot.store.cases.of(server.guild.id)
    return case


def overwrite(server: Any, channel: Any, who: int, **permissions: bool) -> None:
    """Grant or deny permissions in a channel to one person or to the bot."""
    allow, deny = PermissionOverwrite(**permissions).pair()
    granted = Overwrite(who, OverwriteType.MEMBER, allow.value, deny.value)
    server.env.backend.edit_channel(channel.id, {}, overwrites=[granted])


def tags(server: Any, forum: Any, post: int) -> list[str]:
    """The names of the tags of a post."""
    backend = server.env.backend
    names = {int(tag["id"]): tag["name"] for tag in backend.get_channel(forum.id).available_tags}
    return [names[tag] for tag in backend.get_channel(post).applied_tags]


async def tagged(server: Any, forum: Any, *names: str) -> None:
    """Give a forum tags of these names."""
    plain = {"moderated": False, "emoji_id": None, "emoji_name": None}
    made = [{"id": str(n), "name": name, **plain} for n, name in enumerate(names, 70)]
    server.env.backend.edit_channel(forum.id, {"available_tags": made})
    await server.env.settle()


def shown(post: Any) -> list[Any]:
    """The bot's messages in a post, in order; the first is the card."""
    return [m for m in post.history() if m.components and not m.flags.ephemeral]


async def test_cases_go_to_the_channel_that_the_server_chose(
    server: Any, manager: Any, six: Any
) -> None:
    cases = server.guild.create_text_channel("cases")
    assert await placed(server, manager, cases) == f"Cases go to <#{cases.id}>"
    given = server.begin(server.alice, dump=six, target=TARGET)
    await server.until(lambda: given.response and "card there" in given.response.content)
    assert f"<#{cases.id}>" in given.response.content
    await server.env.settle(timeout=160)
    assert server.channel.threads == []
    assert len(cases.threads) == 1
    shown_now = answer(await manager.slash(server.channel, "settings show"))
    assert f"Cases go to <#{cases.id}>" in shown_now
    assert await placed(server, manager, None) == "Cases go where one asks for them."


async def test_a_case_in_a_forum_is_a_post_whose_tag_follows_its_status(
    server: Any, manager: Any, forum: Any, six: Any
) -> None:
    overwrite(server, forum, server.env.bot.user.id, manage_channels=True)
    await server.env.settle()
    assert await placed(server, manager, forum) == f"Cases go to <#{forum.id}>"
    assert await server.investigate(dump=six, target=TARGET) == "The thread is ready."
    (post,) = forum.threads
    case = await the_case(server)
    assert (case.home, case.thread, case.channel) == (Home.POST, post.id, forum.id)
    assert post.name == "Posts about @target_person"
    card, *steps = shown(post)
    assert card.id == case.card
    assert "Draft: nobody has reviewed this yet." in said(card)
    assert len(steps) > 5
    assert tags(server, forum, post.id) == ["Draft"]
    assert server.channel.history() == []

    reviewers = server.role("Reviewers")
    await manager.slash(server.channel, "settings roles", right="review", role=reviewers)
    await server.alice.slash(server.channel, "case status", case=case.key, to="in_review")
    assert tags(server, forum, post.id) == ["In review"]
    for name in ("carla", "dora"):
        who = server.join(name, reviewers)
        card = shown(post)[0]
        answer(await who.click(card, label="Approve as a reviewer"))
    assert tags(server, forum, post.id) == ["Agreed"]
    assert "Agreed by 2 reviewers." in said(shown(post)[0])


async def test_a_case_in_a_forum_is_discussed_after_a_restart_and_deleted(
    server: Any, manager: Any, forum: Any, six: Any, settings: Any, workers: Any
) -> None:
    await placed(server, manager, forum)
    await server.investigate(dump=six, target=TARGET)
    (post,) = forum.threads
    case = await the_case(server)
    await server.env.restart_bot(Limier(settings, workers))
    (step,) = [m for m in shown(post) if said(m).startswith("### One model of text")]
    assert answer(await server.bob.click(step, label="Agree")) == "You agree with this step."
    assert "One model of text: one person agrees" in said(shown(post)[0])
    question = await server.alice.slash(server.channel, "case delete", case=case.key)
    await server.alice.click(question.response, label="Delete for good")
    assert said(shown(post)[0]).startswith("This case was deleted by")
    assert server.env.backend.get_channel(post.id).thread_metadata.archived


async def test_tags_are_used_in_either_language_and_done_without(
    server: Any, manager: Any, forum: Any, six: Any
) -> None:
    await tagged(server, forum, "brouillon", *map(str, range(17)))  # no room for three more
    lines = await placed(server, manager, forum)
    assert "for want of tags that I cannot make: in review, agreed and corrected." in lines
    await server.investigate(dump=six, target=TARGET)
    (post,) = forum.threads
    assert tags(server, forum, post.id) == ["brouillon"]
    case = await the_case(server)
    await server.alice.slash(server.channel, "case status", case=case.key, to="in_review")
    assert tags(server, forum, post.id) == []
    assert "Draft, in review" in said(shown(post)[0])


async def test_a_forum_that_wants_a_tag_is_refused_before_work_starts(
    server: Any, manager: Any, forum: Any, six: Any
) -> None:
    await tagged(server, forum, *map(str, range(20)))
    assert await placed(server, manager, forum)
    server.env.bot.get_channel(forum.id)._flags = 1 << 4  # Discord's REQUIRE_TAG
    refused = await server.investigate(dump=six, target=TARGET)
    assert refused.startswith("\\#cases wants a tag on each post and has none")
    assert "draft, in review, agreed and corrected" in refused
    assert forum.threads == []


@pytest.mark.parametrize(
    ("kind", "denied", "named"),
    [
        ("forum", "send_messages", "Create Posts and Attach Files"),
        ("forum", "attach_files", "Attach Files"),
        ("text", "create_public_threads", "Create Public Threads"),
        ("text", "send_messages_in_threads", "Send Messages in Threads"),
    ],
)
async def test_what_is_missing_in_the_place_is_named_before_work_starts(
    server: Any, manager: Any, six: Any, kind: str, denied: str, named: str
) -> None:
    make = {"forum": "create_forum_channel", "text": "create_text_channel"}[kind]
    place = getattr(server.guild, make)("cases")
    await placed(server, manager, place)
    overwrite(server, place, server.env.bot.user.id, **{denied: False})
    await server.env.settle()
    expected = f"I lack {named} in #cases. Ask an administrator to grant it to me there."
    assert await server.investigate(dump=six, target=TARGET) == expected
    assert expected in answer(await manager.slash(server.channel, "settings show"))
    assert await placed(server, manager, place) == expected
    assert place.threads == []


async def test_a_place_that_was_deleted_is_said(server: Any, manager: Any, six: Any) -> None:
    place = server.guild.create_text_channel("cases")
    await placed(server, manager, place)
    server.env.backend.delete_channel(place.id)
    await server.env.settle()
    refused = await server.investigate(dump=six, target=TARGET)
    assert refused.startswith("The channel for the cases of this server was deleted.")
    shown_now = answer(await manager.slash(server.channel, "settings show"))
    assert "The channel for cases was deleted: set another, or none." in shown_now


async def test_whoever_cannot_see_the_place_sends_nothing_there(
    server: Any, manager: Any, six: Any
) -> None:
    place = server.guild.create_text_channel("cases")
    await placed(server, manager, place)
    overwrite(server, place, server.alice.id, view_channel=False)
    await server.env.settle()
    refused = await server.investigate(dump=six, target=TARGET)
    assert refused.startswith("The cases of this server go to a channel that you cannot see.")
    assert place.threads == []


async def test_a_private_case_is_for_those_in_its_thread(
    server: Any, manager: Any, six: Any
) -> None:
    await server.investigate(dump=six, target=TARGET, private=True)
    (thread,) = server.channel.threads
    case = await the_case(server)
    assert (case.home, case.thread) == (Home.PRIVATE, thread.id)
    assert server.alice.id in server.env.backend.get_channel(thread.id).thread_members
    assert thread.name == "Posts about @target_person"
    assert "Draft" in said(shown(thread)[0])
    assert [said(m) for m in server.cards if not m.flags.ephemeral] == [
        "A private case was opened."
    ]

    assert "target" in answer(await server.alice.slash(server.channel, "case list"))
    for stranger in (server.bob, manager):
        assert "There is no case yet" in answer(await stranger.slash(server.channel, "case list"))
        assert await stranger.autocomplete(server.channel, "case show", "case", "") == []
        for command, more in (("show", {}), ("export", {}), ("hold", {}), ("delete", {})):
            refused = await stranger.slash(server.channel, f"case {command}", case=case.key, **more)
            assert answer(refused).startswith("This case is no longer kept here")
    assert "target" not in answer(await manager.slash(server.channel, "settings audit"))

    server.env.backend.add_thread_member(thread.id, server.bob.id)
    assert "target" in answer(await server.bob.slash(server.channel, "case list"))
    warden = server.join("warden", server.role("Wardens", manage_threads=True))
    assert "target" in answer(await warden.slash(server.channel, "case list"))


async def test_a_private_case_needs_a_text_channel_and_its_permission(
    server: Any, manager: Any, forum: Any, six: Any
) -> None:
    await placed(server, manager, forum)
    overwrite(server, server.channel, server.env.bot.user.id, create_private_threads=False)
    await server.env.settle()
    refused = await server.investigate(dump=six, target=TARGET, private=True)
    assert refused.startswith("I lack Create Private Threads in #inquiries.")
    server.channel = server.guild.create_text_channel("quiet")
    assert await server.investigate(dump=six, target=TARGET, private=True) == (
        "The thread is ready."
    )
    assert forum.threads == []
