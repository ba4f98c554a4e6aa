"""A revision that is killed goes on: the thread is rewritten, and nothing is said twice."""

from __future__ import annotations

import json

import pytest

from tests.wire.conftest import INSULT
from tests.wire.town import Town, heading, said, whole


@pytest.fixture(scope="session")
def nine(six: tuple[str, bytes]) -> tuple[str, bytes]:
    """The six posts, and three by others after the same model."""
    last = json.loads(six[1].splitlines()[-1])
    lines = [six[1].decode()]
    for number, word in enumerate(("mean", "vain", "rude"), start=6):
        user = last["user"] | {"id_str": str(900 + number), "screen_name": f"person_{number}"}
        post = last | {"created_at": f"Sat Feb 09 08:{number:02}:00 +0000 2019"}
        post |= {"id_str": str(1_094_000_000_000_000_000 + number), "user": user}
        lines.append(json.dumps(post | {"full_text": INSULT.format(word)}))
    return "later.jsonl", "\n".join(lines).encode()


def revised(town: Town) -> bool:
    """Whether the thread says what changed, and its one card counts the new accounts."""
    (card,) = town.cards
    posts = town.posts(town.threads[0])
    return "9 accounts" in said(card) and any("what changed" in heading(one) for one in posts)


@pytest.mark.parametrize(
    ("method", "nth"),
    [("POST", 1), ("POST", 2), ("PATCH", 2), ("PATCH", 5)],
    ids=["new step", "what changed", "first edit", "later edit"],
)
async def test_killed_when_it_rewrites_the_thread(
    town: Town, six: tuple[str, bytes], nine: tuple[str, bytes], method: str, nth: int
) -> None:
    town.investigate(six, "@target_person")
    await town.until(lambda: town.cards and whole(town), 120)
    before = len(town.posts(town.threads[0]))

    town.kill_after(method, "messages" if method == "POST" else "", nth)
    town.add(nine, "Three more were found.")
    await town.until(town.is_dead, 120)
    await town.killed()
    await town.start()
    await town.until(lambda: revised(town), 120)

    headings = [heading(post) for post in town.posts(town.threads[0])]
    assert len(headings) == len(set(headings)) == before + 2
