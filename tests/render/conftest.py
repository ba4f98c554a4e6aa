"""A small report written by hand, with one step of every outcome; people and words are invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analyzers.model.case import Cohort, Comparison, Member, Signal, Window
from analyzers.model.dataset import Skipped, Source, TimeZone
from analyzers.model.figure import Bar, Bars
from analyzers.model.finding import Evidence, Finding, Measure, Strength, Table, Test
from analyzers.model.report import AccountLine, CaseSummary, Hypothesis, Report, StepReport, Verdict
from analyzers.model.report import Run as ReportRun
from analyzers.model.step import Failed, Found, NotComputable
from analyzers.model.target import Account, Hashtag, Link, Phrase, Post
from analyzers.model.text import (
    AccountRef,
    Code,
    Interval,
    Percent,
    PostRef,
    Probability,
    Public,
    Quote,
    Share,
    Text,
)

MORNING = datetime(2019, 2, 8, 7, 30, tzinfo=UTC)


def _client_step() -> StepReport:
    finding = Finding(
        claim=Text(
            "{share} of the accounts use {client}.",
            share=Share(7, 20),
            client=Code("Web Client"),
        ),
        noteworthy=True,
        measures=(
            Measure(
                "main_client_share", Text("Same client"), 7 / 20, "share", 20, 0.18, 0.57, p=0.0312
            ),
            Measure("first_seen", Text("First seen"), MORNING, "date", 20),
        ),
        evidence=(
            Evidence(Text("Posts by {account}.", account=AccountRef("11")), (PostRef("900"),)),
        ),
        figures=(
            Bars(
                slug="client",
                title=Text("Seven of twenty"),
                alt=Text("Bars"),
                categories=(Code("Web Client"),),
                cohort=(Bar(7, 20, 0.18, 0.57),),
                comparison=None,
                x_label=Text("Share of accounts"),
            ),
        ),
        tables=(
            Table(
                Text("Accounts"),
                (Text("Account"), Text("Share")),
                (
                    (AccountRef("11"), Share(7, 20), MORNING),
                    (PostRef("900"), Percent(1 / 3), None),
                    (Interval(0.1, 0.2), Probability(0.04), (Quote("grumpy"), Public("@ex_mayor"))),
                ),
            ),
        ),
        caveats=(Text("A browser can be automated."),),
        alternatives=(Text("Most people used it."),),
        falsifier=Text("The same share among others."),
        primary=Test("main_client_share", Text("Same share in both groups."), 0.2, 0.0312),
    )
    return StepReport(
        "client", Text("Client"), Found(finding), Strength.WEAK, q=0.0624, parameters="Client()"
    )


@pytest.fixture
def report() -> Report:
    nothing = Finding(claim=Text("Nothing stands out."), noteworthy=False)
    source = Source(
        "dump.jsonl.gz",
        "x_v1",
        "ab" * 32,
        22,
        20,
        (Skipped(Text("The row is not valid JSON."), 2, 7),),
        TimeZone("UTC", Text("Times carry their offset.")),
    )
    return Report(
        case=CaseSummary(
            targets=(
                Account("Ex_Mayor"),
                Hashtag("council"),
                Phrase("you grumpy"),
                Link("https://news.example/council"),
                Post("77"),
            ),
            window=Window(since=MORNING),
            attack=Window(),
            digest="cd" * 32,
            posts=20,
            authors=2,
            in_scope=20,
            sources=(source,),
            first=MORNING,
            last=MORNING,
        ),
        verdict=Verdict(
            coordination="established",
            statement=Text("The accounts act together."),
            confidence="low",
            because=Text("little was collected."),
            disclaimer=Text("This does not identify who is behind it."),
            flags=("draft",),
        ),
        cohort=Cohort((Member("11", 0.9, ("template",), Text("Same model.")),), ("template",)),
        accounts=(
            AccountLine(
                "11",
                "GrumpyGreta",
                "A01",
                0.9,
                ("template",),
                Text("Same model."),
                ties=(Signal("template", 0.01, ("12",)),),
            ),
        ),
        comparison=Comparison(("12",), (), Text("Everyone else.")),
        others=(Cohort((Member("13", 0.5, ("rotation",), Text("Turns.")),), ("rotation",)),),
        explained=(),
        steps=(
            _client_step(),
            StepReport("creation", Text("Creation"), Found(nothing)),
            StepReport(
                "languages", Text("Languages"), NotComputable((Text("Collect the timelines."),))
            ),
            StepReport("timeline", Text("Timeline"), Failed(Text("It took too long."), "killed")),
        ),
        hypotheses=(
            Hypothesis(
                "coincidence",
                Text("Coincidence"),
                0.123456789,
                (Text("A public event."),),
                (Text("One model."),),
                Text("An older source."),
            ),
        ),
        collect_next=(Text("Collect the timelines."),),
        run=ReportRun("0.1.0", (("lang", "en"),), 20190211),
        names=(("11", "A01"),),
        handles=(("11", "GrumpyGreta"), ("12", "calm_carl")),
    )
