"""What people read in Discord: short, in order, inert, and never over a limit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzers.model.case import Cohort, Comparison, Explained, Member, Window
from analyzers.model.dataset import Source
from analyzers.model.figure import Bar, Bars
from analyzers.model.finding import Finding, Measure, Strength
from analyzers.model.report import (
    AccountLine,
    Candidate,
    CaseSummary,
    Hypothesis,
    Report,
    Run,
    StepReport,
    Verdict,
)
from analyzers.model.step import Failed, Found, NotComputable, Outcome
from analyzers.model.target import Account, Hashtag, Phrase, Target
from analyzers.model.text import AccountRef, Code, Public, Quote, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.headings import title
from analyzers.render.inert import markdown, size
from analyzers.render.words import Words as Speech
from bot.message import MAX_ALT, MAX_COMPONENTS, MAX_FILES, MAX_TEXT, Buttons, Chart, Message
from bot.thread import thread
from bot.thread_json import thread_json

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "bot/thread.schema.json").read_text())
NO_COHORT = Text("Accounts that act together, of which none were found.")


def figure(slug: str, alt: Text = Text("Seven of twenty")) -> Bars:
    return Bars(
        slug=slug,
        title=Text("Clients"),
        alt=alt,
        categories=(Code("Web"),),
        cohort=(Bar(7, 20, 0.18, 0.57),),
        comparison=None,
        x_label=Text("Share"),
    )


def finding(**overrides: Any) -> Finding:
    plain: dict[str, Any] = {
        "claim": Text("Seven of twenty accounts are new."),
        "noteworthy": True,
        "measures": (
            Measure("a", Text("New accounts"), 0.35, "share", 20, 0.18, 0.57, 0.2, 600),
            Measure("b", Text("Oldest"), datetime(2009, 4, 1, tzinfo=UTC), "date", 20),
            Measure("c", Text("Gap"), 1.05, "hours", 19, 0.9, 1.2),
            Measure("d", Text("A fourth"), 4, "count", 20),
        ),
        "figures": (figure("creation"),),
        "caveats": (Text("Few accounts decide little."), Text("A second doubt.")),
    }
    return Finding(**plain | overrides)


def step(id: str, outcome: Any = None, strength: Strength = Strength.WEAK) -> StepReport:
    return StepReport(id, Text(id.capitalize()), outcome or Found(finding()), strength)


def report(**overrides: Any) -> Report:
    quiet = Found(finding(claim=Text("The clients differ as usual."), noteworthy=False))
    plain: dict[str, Any] = {
        "case": summary(Account("ex_ministre")),
        "verdict": Verdict(
            "established",
            Text("We judge it very likely that these accounts act together."),
            "low",
            Text("only 20 posts were collected."),
            Text("This does not identify who is behind it."),
        ),
        "cohort": Cohort((Member("1", 0.9, ("template",), Text("Same model.")),), ("template",)),
        "accounts": (AccountLine("1", "greta", "A01", 0.9, ("template",), Text("Same model.")),),
        "comparison": Comparison(("2", "3")),
        "others": (),
        "explained": (),
        "steps": (
            step("coverage", Found(finding(noteworthy=False)), Strength.NONE),
            step("creation"),
            step("client", quiet, Strength.NONE),
            step("languages", NotComputable((Text("The timelines."),))),
            step("timeline", Failed(Text("It took longer than 10 minutes."))),
        ),
        "hypotheses": (),
        "collect_next": (Text("The timelines."), Text("Ordinary accounts' posts.")),
        "run": Run("0.1.0", (), 7),
        "names": (("1", "A01"),),
    }
    return Report(**plain | overrides)


def summary(*targets: Target, **overrides: Any) -> CaseSummary:
    source = Source("dump.jsonl", "x_v1", "ab" * 32, 22, 20)
    plain: dict[str, Any] = {
        "targets": targets,
        "window": Window(),
        "attack": Window(),
        "digest": "cd" * 32,
        "posts": 20,
        "authors": 20,
        "in_scope": 20,
        "sources": (source,),
        "first": None,
        "last": None,
    }
    return CaseSummary(**plain | overrides)


CHARTS = {"creation": "charts/creation.png"}


def messages(case: Report, charts: dict[str, str] = CHARTS) -> tuple[Message, ...]:
    return thread(case, Speech("en", Disclosure.public(case)), charts)


def text_of(message: Message) -> str:
    return "\n".join(block.markdown for block in message.blocks if hasattr(block, "markdown"))


def by_key(case: Report, key: str) -> str:
    return next(text_of(message) for message in messages(case) if message.key == key)


def test_the_thread_tells_the_story_in_the_analysts_order() -> None:
    assert [message.key for message in messages(report())] == [
        "card",
        "bottom-line",
        "step:coverage",
        "step:creation",
        "nothing",
        "not-computable",
        "manifest",
    ]


def test_only_the_bottom_line_rings_and_only_the_card_goes_to_the_channel() -> None:
    sent = messages(report())
    assert [message.key for message in sent if message.notify] == ["bottom-line"]
    assert [message.key for message in sent if message.card] == ["card"]


def test_the_bottom_line_keeps_odds_and_confidence_apart_and_identifies_nobody() -> None:
    said, _ = by_key(report(), "bottom-line").split("\n-# ", maxsplit=1)
    assert said.split("\n\n") == [
        "**We judge it very likely that these accounts act together.**",
        "Confidence: low, because only 20 posts were collected.",
        "This does not identify who is behind it.",
    ]


def test_a_step_fits_a_phone_with_the_comparison_beside_each_value() -> None:
    said = by_key(report(), "step:creation")
    assert "A 35% (95% interval 18–57%, n = 20) · B 20% (n = 600)" in said
    assert "1 April 2009" in said
    assert "A fourth" not in said
    assert "Few accounts decide little." in said
    assert "A second doubt." not in said


def test_the_chart_travels_with_its_description_to_step_and_card() -> None:
    charts = {
        message.key: block
        for message in messages(report())
        for block in message.blocks
        if isinstance(block, Chart)
    }
    assert charts["step:creation"] == charts["card"]
    assert charts["card"] == Chart("charts/creation.png", "Seven of twenty")


def test_a_chart_that_could_not_be_drawn_costs_a_sentence_and_nothing_else() -> None:
    said = next(text_of(m) for m in messages(report(), charts={}) if m.key == "step:creation")
    assert "The chart could not be drawn." in said
    assert "35%" in said


def test_what_a_signal_found_is_not_called_evidence() -> None:
    described = report(steps=(step("template", Found(finding(describes=True))),))
    assert "no new evidence" in by_key(described, "step:template")


def test_what_is_missing_is_said_once_with_what_to_collect() -> None:
    said = by_key(report(), "not-computable")
    assert said.count("The timelines.") == 1
    assert "Ordinary accounts' posts." in said
    assert "It took longer than 10 minutes." in said


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_a_cohort_the_thread_is_short(lang: Any) -> None:
    steps = (
        step("coverage"),
        *(step(f"found{n}") for n in range(20)),
        *(step(f"not{n}", NotComputable((NO_COHORT,))) for n in range(20)),
    )
    empty = report(
        cohort=Cohort(),
        accounts=(),
        steps=steps,
        verdict=replace(report().verdict, coordination="not_established"),
    )
    sent = thread(empty, Speech(lang, Disclosure.public(empty)), CHARTS)
    assert len(sent) == 5
    if lang == "en":
        assert text_of(sent[3]).count("of which none were found") == 1


def test_candidates_and_explained_families_are_told_below_the_bottom_line() -> None:
    told = report(
        case=summary(candidates=(Candidate(Hashtag("council"), 12, 9),)),
        explained=(Explained(1, 30, 25, Text("a petition's own words.")),),
    )
    said = by_key(told, "bottom-line")
    assert "most often about \\#council" in said or "most often about #council" in said
    assert "30 posts by 25 accounts" in said


def test_rival_explanations_say_what_would_change_our_mind() -> None:
    rival = Hypothesis(
        "raid", Text("A raid"), 0.7, (Text("Real people."),), (Text("One text."),), Text("Chats.")
    )
    said = by_key(report(hypotheses=(rival,)), "hypotheses")
    assert "**A raid** · 70%" in said
    assert "What would change our mind: Chats." in said


def test_the_page_is_attached_last_and_nothing_private_ever() -> None:
    *others, last = thread_json(messages(report()))["messages"]
    assert last["blocks"][-1] == {"type": "attachment", "file": "report.html"}
    assert "private" not in json.dumps(others)


def test_every_step_can_be_discussed_and_the_accounts_revealed() -> None:
    rows = {
        message.key: [(button.does, button.about) for button in block.buttons]
        for message in messages(report())
        for block in message.blocks
        if isinstance(block, Buttons)
    }
    assert rows == {
        "bottom-line": [("reveal", "1")],
        **{
            f"step:{step}": [(does, step) for does in ("agree", "dispute", "note", "evidence")]
            for step in ("coverage", "creation")
        },
    }


def test_the_thread_is_named_after_its_targets() -> None:
    case = report(case=summary(Account("ex_ministre"), Hashtag("council")))
    said = title(case, Speech("en", Disclosure.public(case)))
    assert said == "Posts about @ex_ministre and #council"


@pytest.mark.parametrize(
    ("collected", "shown"),
    [
        ("@everyone look", "@\u200beveryone look"),
        ("@HERE", "@\u200bHERE"),
        ("<@123> and <@&9> <#7>", "\\<@123\\> and \\<@&9\\> \\<#7\\>"),
        ("**bold** _it_ ~~no~~ ||spoiler||", None),
        ("```py\nboom```", "\\`\\`\\`py boom\\`\\`\\`"),
        ("https://evil.example/x_y", "hxxps://evil.example/x\\_y"),
        ("[click](https://evil.example)", "\\[click\\](hxxps://evil.example)"),
        ("steam://run", "steam:\u200b//run"),
        ("join discord.gg/abc", "join discord\\[.\\]gg/abc"),
        ("# heading", "\\# heading"),
        ("-# small", "\\-# small"),
        ("- list", "\\- list"),
        ("1. list", "1\\. list"),
        ("0.4% of them", "0.4% of them"),
        ("> quote", "\\> quote"),
        ("a\u200bb\u202etxt\x00", "abtxt"),
        ("two\nlines\r\n# here", "two lines # here"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_collected_words_are_shown_and_do_nothing(collected: str, shown: str | None) -> None:
    escaped = markdown(collected)
    if shown is None:
        assert all(f"\\{mark}" in escaped for mark in "*_~|")
    else:
        assert escaped == shown


WILD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["@everyone ", "*_`" * 900, "😀" * 2000, "a" * 5000, "https://x.example/" * 99]
    ),
    st.text(alphabet="\\*_~`|<>[]@#-\u202e\u200b\n ", max_size=600),
)
TEXTS = st.builds(
    lambda words, name, kind: Text("{words} {name}", words=words, name=kind(name)),
    WILD,
    WILD,
    st.sampled_from([str, Quote, Public, Code, AccountRef]),
)


@st.composite
def monstrous(draw: st.DrawFn) -> Report:
    """A report with far too much of everything, in the worst of words."""

    def some() -> tuple[Text, ...]:
        return (draw(TEXTS),) * draw(st.sampled_from([0, 1, 40]))

    measure = Measure(
        "m",
        draw(TEXTS),
        draw(st.sampled_from([0.0, 1e-9, 0.35, 1e9, -2.5, float("nan"), float("inf")])),
        "share",
        7,
        0.1,
        0.2,
        0.3,
        9,
    )
    found = finding(
        claim=draw(TEXTS),
        noteworthy=draw(st.booleans()),
        measures=(measure,) * 12,
        figures=(figure("creation", draw(TEXTS)),) * 12,
        caveats=some(),
        describes=draw(st.booleans()),
    )
    outcomes: list[Outcome] = [Found(found), NotComputable(some()), Failed(draw(TEXTS))]
    steps = tuple(
        StepReport(f"s{n}", draw(TEXTS), outcome, Strength.STRONG)
        for n, outcome in enumerate(outcomes * draw(st.sampled_from([1, 12])))
    )
    names: list[Target] = [Account(draw(WILD)), Hashtag(draw(WILD)), Phrase(draw(WILD))]
    source = Source(draw(WILD), draw(WILD), "ab" * 32, 2, 1)
    verdict = Verdict(
        draw(st.sampled_from(["established", "not_established", "cannot_tell"])),
        draw(TEXTS),
        "low",
        draw(TEXTS),
        draw(TEXTS),
        banner=draw(TEXTS),
    )
    return report(
        case=summary(
            *names * draw(st.sampled_from([0, 1, 20])),
            sources=(source,) * 50,
            candidates=tuple(Candidate(name, 3, 2) for name in names),
        ),
        verdict=verdict,
        cohort=draw(st.sampled_from([Cohort(), report().cohort])),
        others=(Cohort(),) * 30,
        explained=(Explained(1, 2, 3, draw(TEXTS)),),
        steps=steps,
        hypotheses=(Hypothesis("h", draw(TEXTS), 0.5, some(), some(), draw(TEXTS)),) * 9,
        collect_next=some(),
    )


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(monstrous(), st.sampled_from(["en", "fr"]))
def test_no_report_however_strange_breaks_a_limit(case: Report, lang: Any) -> None:
    sent = thread(case, Speech(lang, Disclosure.public(case)), CHARTS)
    jsonschema.validate(thread_json(sent), SCHEMA)
    assert len({message.key for message in sent}) == len(sent)
    assert sum(message.notify for message in sent) == 1
    for message in sent:
        assert size(text_of(message)) <= MAX_TEXT
        assert len(message.blocks) + 1 <= MAX_COMPONENTS
        charts = [block for block in message.blocks if isinstance(block, Chart)]
        assert len(charts) <= MAX_FILES
        assert all(size(chart.alt) <= MAX_ALT for chart in charts)
        for danger in ("@everyone", "@here", "```", "://x.example", "\u202e"):
            assert danger not in text_of(message).replace("hxxps://", "")
