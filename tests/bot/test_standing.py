"""What people made of a case, on its card: disputes first, and within Discord's limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from analyzers.render.disclosure import Disclosure
from analyzers.render.inert import size
from analyzers.render.words import Words as Speech
from bot.message import MAX_TEXT, Buttons, Message, Standing, Words
from bot.record import WHOLE, Kind, Opinion, Posted, Status
from bot.standing import Discussion, step_buttons, the_card, the_step
from bot.voice import Voice

THREAD = "https://discord.com/channels/1/2"
ENGLISH = Voice(Speech("en", Disclosure(reveal=False)))

CARD = Message("card", (Words("## A case"), Standing("-# Draft"), Words("After")), card=True)


def opinion(step: str, kind: Kind, who: int = 7) -> Opinion:
    return Opinion(who, "k", step, kind, who, "", datetime(2026, 1, 1, tzinfo=UTC))


def posted(*steps: str, title: str = "") -> dict[str, Posted]:
    return {f"step:{one}": Posted(f"step:{one}", 55, title or one) for one in steps}


def text_of(message: Message) -> str:
    told = [block for block in message.blocks if isinstance(block, Words | Standing)]
    return "\n".join(block.markdown for block in told)


def shown(said: Sequence[Opinion], status: Status = Status.DRAFT) -> list[str]:
    card = the_card(CARD, Discussion(status, said), posted("client", "cadence"), THREAD, ENGLISH)
    return text_of(card).splitlines()


def test_the_card_says_who_agrees_and_disputes_with_disputes_first() -> None:
    said = [
        opinion("client", Kind.AGREE, 1),
        opinion("cadence", Kind.DISPUTE, 2),
        opinion("cadence", Kind.AGREE, 3),
        opinion("cadence", Kind.AGREE, 4),
    ]
    assert shown(said) == [
        "## A case",
        "-# Draft: nobody has reviewed this yet.",
        "⚑ cadence: one person disputes and 2 people agree",
        "client: one person agrees",
        "After",
        f"-# [client]({THREAD}/55) · [cadence]({THREAD}/55)",
    ]


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (Status.DRAFT, "-# Draft: nobody has reviewed this yet."),
        (Status.IN_REVIEW, "-# Draft, in review: 1 of 2 reviewers agree."),
        (Status.AGREED, "-# Agreed by 1 reviewers."),
        (
            Status.CORRECTED,
            "-# Corrected: read the thread for what has changed since it was agreed.",
        ),
    ],
)
def test_the_card_says_how_far_people_are(status: Status, line: str) -> None:
    assert shown([opinion(WHOLE, Kind.AGREE)], status)[1] == line


def test_a_step_is_marked_above_its_buttons_once_something_is_said() -> None:
    step = Message("step:client", (Words("### Clients"), step_buttons("client", ENGLISH)))
    assert the_step(step, Discussion(), ENGLISH) == step
    marked = the_step(step, Discussion(opinions=[opinion("client", Kind.DISPUTE)]), ENGLISH)
    assert [type(block) for block in marked.blocks] == [Words, Standing, Buttons]
    assert text_of(marked).endswith("⚑ **Disputed** · one person disputes")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("status", list(Status))
def test_however_much_is_said_the_card_keeps_its_limits(lang: Any, status: Status) -> None:
    voice = Voice(Speech(lang, Disclosure(reveal=False)))
    fullest = Message("card", (Words("x" * 2400), Standing("-# Draft")), card=True)
    said = [opinion(f"s{n % 40}", kind, n) for n, kind in enumerate([*Kind] * 200)]
    steps = posted(*(f"s{n}" for n in range(40)), title="*" * 150)
    now = the_card(fullest, Discussion(status, said), steps, THREAD, voice)
    assert size(text_of(now)) <= MAX_TEXT
    assert "⚑" in text_of(now)
    assert any(isinstance(block, Buttons) for block in now.blocks) == (status is Status.IN_REVIEW)
