"""The real process, over real HTTP and a real gateway, makes a thread and answers in it."""

from __future__ import annotations

from tests.wire.town import Town, heading, said

DRAFT = "Draft"
STEP = "What the posts were sent from"


async def test_a_dump_becomes_a_thread_whose_buttons_work(
    town: Town, six: tuple[str, bytes]
) -> None:
    given = town.investigate(six, "@target_person")
    await town.until(lambda: town.answer(given) == "The thread is ready.")

    # one card, and under it each message once, with its files as Discord received them
    (card,), (thread,) = town.cards, town.threads
    assert DRAFT in said(card)
    assert thread.id == card.id
    posts = town.posts(thread)
    headings = [heading(post) for post in posts]
    assert len(set(headings)) == len(headings) > 5
    names = [file["filename"] for post in posts for file in post.attachments]
    assert names[-1] == "report.html"
    page = town.front.backend.cdn.get(posts[-1].attachments[0]["url"])
    assert page is not None
    assert DRAFT.encode() in page

    # a click on a step is answered to the one who clicked, and the step says so to all
    (step,) = [post for post in posts if heading(post) == f"### {STEP}"]
    clicked = town.click(step, "Agree")
    await town.until(lambda: town.answer(clicked) == "You agree with this step.")
    await town.until(lambda: "one person agrees" in said(step))
    assert f"{STEP}: one person agrees" in said(card)
