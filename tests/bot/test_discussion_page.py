"""A page that is taken away says what people said of the case, and nothing of it runs."""

from __future__ import annotations

from datetime import UTC, datetime

from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words
from bot.discussion_page import page_with_discussion
from bot.record import Kind, Opinion, Status
from bot.standing import Discussion

PAGE = '<body>\n<span class="draft">Draft</span>\n<main>\n<p>x</p>\n</main>'
THEN = datetime(2026, 1, 2, tzinfo=UTC)


def told(status: Status, *opinions: Opinion) -> str:
    speech = Words("en", Disclosure(reveal=False))
    return page_with_discussion(
        PAGE, Discussion(status, opinions), {"client": "Clients"}, {7: "<b>eve</b>"}, speech
    )


def opinion(id: int, kind: Kind, reason: str = "", who: int = 7) -> Opinion:
    return Opinion(id, "0" * 16, "client", kind, who, reason, THEN)


def test_a_draft_without_opinions_says_so() -> None:
    page = told(Status.DRAFT)
    assert "<p>Draft: nobody has reviewed this yet.</p>" in page
    assert '<span class="draft">Draft</span>' in page
    assert "<ul>" not in page


def test_disputes_come_first_and_what_people_wrote_is_inert() -> None:
    page = told(
        Status.CORRECTED,
        opinion(1, Kind.AGREE, who=9),
        opinion(2, Kind.DISPUTE, "<script>alert(1)</script> \\1 & more"),
    )
    assert '<span class="draft">corrected</span>' in page
    first, second = page.split("<li>")[1:]
    assert first.startswith("<strong>Disputed</strong> · Clients · &lt;b&gt;eve&lt;/b&gt;<br>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \\1 &amp; more" in first
    assert second.startswith("<strong>Agreed</strong> · Clients · 9</li>")
