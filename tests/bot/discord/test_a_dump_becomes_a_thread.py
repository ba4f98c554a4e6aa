"""Someone gives /investigate a dump; the channel gets one card, and under it the thread."""

from __future__ import annotations

from typing import Any

import pytest
from simcord.components import walk_components

from analyzers.investigation import Progress
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words
from bot.case_card import CaseCard
from bot.homes import home_of
from bot.record import Job

pytestmark = pytest.mark.simcord(settle_timeout=90)

IN_ORDER = [
    "cannot be told",
    "What was collected",
    "One model of text",
    "What the posts were sent from",
    "When the accounts were created",
    "The language of their interface",
    "When the attack came",
    "Looked for and not found",
    "What to collect next",
    "How this was made",
]


def tree(message: Any) -> list[dict[str, Any]]:
    return list(walk_components([component.to_dict() for component in message.components]))


async def test_twenty_posts_become_a_card_and_a_thread(server: Any, first_stage: Any) -> None:
    answer = await server.alice.slash(
        server.channel, "investigate", target="@ex_ministre", **first_stage
    )

    # the person who asked is answered at once and alone, and is led to the thread at the end
    assert answer.ephemeral
    assert answer.response.content == "The thread is ready."
    (row,) = answer.response.components
    assert row["components"][0]["url"].endswith(f"/{server.thread.id}")

    # one card, sent once and edited in place; the thread hangs under it
    card, posts = server.card, server.thread.history()
    assert server.thread.id == card.id
    assert server.thread.name == "Posts about @ex_ministre"
    assert "Draft" in server.words(card)
    assert "Whether they act together cannot be told" in server.words(card)
    for post in posts[1:7]:
        assert post.jump_url in server.words(card)

    # one message per step, in the order of the reasoning
    for message, part in zip(posts, IN_ORDER, strict=True):
        assert part in server.words(message)

    # all in Components V2 containers; only the bottom line rings
    for message in [card, *posts]:
        assert message.flags.components_v2
        assert [component.type.name for component in message.components] == ["container"]
        assert message.content == ""
    assert [message.flags.suppress_notifications for message in posts] == [
        number > 0 for number in range(len(posts))
    ]
    assert card.flags.suppress_notifications

    # every chart is described; the page comes last, and nothing private comes at all
    charts = [part for post in posts for part in tree(post) if part["type"] == 12]
    assert len(charts) == 6
    assert all(chart["items"][0]["description"] for chart in charts)
    files = [file.filename for post in posts for file in post.attachments]
    assert files[-1] == "report.html"
    assert all(name.endswith(".png") for name in files[:-1])
    assert "Draft" in (await posts[-1].attachments[0].read()).decode()


async def test_the_card_says_how_far_the_work_is(server: Any) -> None:
    bot, words = server.env.bot, Words("en", Disclosure(reveal=False))
    asked = (server.guild.id, server.channel.id, server.alice.id)
    job = Job("0" * 16, *asked, language="en", request={}, created=bot.store.now())
    home = home_of(bot.get_channel(server.channel.id), job, None, words)
    card = CaseCard(home, words, job.key, resumed=False, collects=False)
    async with card.progressing():
        assert "▸ **Reading the dump**" in server.words(server.card)
        await card.show(Progress("steps", 3, 7))
        await server.until(lambda: "3/7" in server.words(server.card))
        assert "☑ Reading the dump" in server.words(server.card)
        assert "so far" in server.words(server.card)


async def test_a_french_reader_gets_a_french_thread(server: Any, six: Any) -> None:
    answer = server.begin(server.alice, "fr", dump=six, target="@target_person")
    await server.env.settle(timeout=90)
    assert answer.response.ephemeral
    assert answer.response.components
    assert server.thread.history()[0].content == ""


async def test_every_kind_of_target_at_the_same_time(server: Any, dump: Any) -> None:
    """Four questions about one file at once: each has its thread, none waits for a turn."""
    texts = [
        f"@target_person your speech was a {w} shame #shame2019" for w in ["one", "two", "three"]
    ]
    link = "https://news.example.org/2019/02/09/speech"
    file = dump([*texts, f"Read this {link}", f"So bad {link}"])
    targets = ["@target_person", "#shame2019", "“your speech was”", link]
    for who, target in zip([server.alice, server.bob] * 2, targets, strict=True):
        server.begin(who, dump=file, target=target)
    await server.env.settle(timeout=90)
    assert sorted(thread.name for thread in server.channel.threads) == sorted(
        [
            "Posts about @target_person",
            "Posts about #shame2019",
            "Posts about “your speech was”",
            f"Posts about {link}",
        ]
    )
    for thread in server.channel.threads:
        assert thread.history()[-1].attachments[0].filename == "report.html"
