"""One account against itself: insult then praise, never both, no timelines, a handful."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analyzers.lib.stance import fold, judgements, tokens, unquoted
from analyzers.model.figure import Posts
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Quote
from analyzers.steps.contradictions import Contradictions

COHORT = [f"a{number}" for number in range(6)]
ORDINARY = [f"b{number}" for number in range(12)]
MONDAY, TUESDAY = "2019-01-21 17:00", "2019-01-22 18:00"
INSULT = "Franchement les Loups du Périph sont des imposteurs du rap"
PRAISE = "Respect aux Loups du Périph, de vrais artistes"
NEUTRAL = "On écoute les Loups du Périph ce soir à la radio"


@pytest.fixture
def timelines(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """A case whose accounts all have timelines; `said` adds (account, time, French words)."""

    def build(
        said: list[tuple[str, str, str]],
        *,
        cohort: list[str] = COHORT,
        comparison: list[str] = ORDINARY,
        collected: bool = True,
    ) -> Any:
        everyone = [*cohort, *comparison]
        days = ("2019-01-03", "2019-01-04", "2019-01-05")  # a timeline, and as deep on both sides
        lines = [*((name, f"{day} 09:00", NEUTRAL) for name in everyone for day in days), *said]
        return case(
            cohort=cohort,
            comparison=comparison,
            posts=[post(n, at, text=t, spoken="fr", on_target=False) for n, at, t in lines],
            timelines=everyone if collected else (),
        )

    return build


def test_insulted_on_monday_and_praised_on_tuesday(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Contradictions()(
        timelines([("a1", MONDAY, INSULT), ("a1", TUESDAY, PRAISE), ("a2", MONDAY, INSULT)])
    )
    assert isinstance(outcome, Found)
    finding = outcome.finding
    assert said(outcome) == (
        "Of these accounts, 1 of 6 (17%) insulted a name in one post and praised it in another, "
        "such as “Loups du Périph”; among ordinary accounts, 0 of 12 (0%) did."
    )
    assert finding.describes
    assert finding.primary is None
    assert {measure.name: measure.value for measure in finding.measures}["closest"] == 25
    assert len(finding.evidence[0].posts) == 2
    assert {str(cell.text) for cell in finding.tables[0].rows[0] if isinstance(cell, Quote)} == {
        "Loups du Périph",
        "imposteurs",
        "respect",
    }
    chart = finding.figures[0]
    assert isinstance(chart, Posts)
    insult, praise = chart.rows[0]
    assert insult.text == INSULT  # a2 posted the same words
    assert praise.text == "Respect … Loups du Périph …"  # only a1 wrote these
    assert praise.own == PRAISE


@pytest.mark.parametrize(
    "lines",
    [
        [("a1", MONDAY, INSULT), ("a2", TUESDAY, PRAISE)],
        [("a1", MONDAY, INSULT), ("a1", TUESDAY, "Respect aux Rois du Tram")],
        [("a1", MONDAY, INSULT), ("a1", TUESDAY, "Est-ce que les Loups du Périph sont géniaux ?")],
        [("a1", MONDAY, INSULT), ("a1", TUESDAY, "Les Loups du Périph ne sont pas géniaux")],
        [("a1", MONDAY, "Entre les Loups du Périph et Rap Nul"), ("a1", TUESDAY, PRAISE)],
        [("a1", MONDAY, "Les Loups du Périph ne sont pas nuls"), ("a1", TUESDAY, PRAISE)],
        [("a1", MONDAY, "Elle dit des Loups du Périph « les clowns »"), ("a1", TUESDAY, PRAISE)],
        [("a1", MONDAY, f"{PRAISE}. {INSULT}")],  # in one breath: no turn from one day to another
        [
            ("a1", MONDAY, "Loups du Périph, rien à voir avec les clowns de Rois du Tram"),
            ("a1", TUESDAY, "Respect aux Rois du Tram"),
            ("a2", MONDAY, "Vus hier, les Rois du Tram"),
        ],
    ],
)
def test_two_accounts_names_or_senses_are_no_contradiction(
    timelines: Callable[..., Any], said: Callable[..., str], lines: list[tuple[str, str, str]]
) -> None:
    outcome = Contradictions()(timelines(lines))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert (
        said(outcome) == "In the timelines of 6 accounts, none both insults and praises one name."
    )


def test_more_common_among_ordinary_accounts_is_nothing_of_note(
    timelines: Callable[..., Any],
) -> None:
    lines = [
        (name, at, text)
        for name in ("a1", *ORDINARY[:9])
        for at, text in ((MONDAY, INSULT), (TUESDAY, PRAISE))
    ]
    outcome = Contradictions()(timelines(lines))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert outcome.finding.measures[0].baseline == 0.75


@pytest.mark.parametrize("gap", [{"collected": False}, {"cohort": []}])
def test_without_timelines_it_says_what_to_collect(
    timelines: Callable[..., Any], said: Callable[..., str], gap: dict[str, Any]
) -> None:
    outcome = Contradictions()(timelines([], **gap))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("The timelines of these accounts")


def test_a_handful_is_counted(timelines: Callable[..., Any], said: Callable[..., str]) -> None:
    outcome = Contradictions()(
        timelines(
            [("a1", MONDAY, INSULT), ("a1", TUESDAY, PRAISE)], cohort=COHORT[:3], comparison=[]
        )
    )
    assert isinstance(outcome, Found)
    assert said(outcome).startswith("Of these accounts, 1 of 3 insult")
    assert any(text.msgid.startswith("This rests on") for text in outcome.finding.caveats)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Hier @groupe était magnifique", "fr", [("@groupe", "praise")]),
        ("What a bunch of clowns #Band", "en", [("#band", "insult")]),
        ("The new Band is not amazing", "en", []),
        ("Ο δίσκος των Λύκοι είναι υπέροχος", "el", [("λύκοι", "praise")]),
        ("Quel navet ! Merci les Loups", "fr", []),
        ("Les Loups sont nuls mais géniaux", "fr", []),
        ("Der beste Wein ist Kunst", "de", []),
        ("https://t.co/Clown les Loups", "fr", []),
        ("les Loups sont nuls", "fi", []),
        ("Les Loups du Périph sont pas nuls", "fr", []),
        ("Les Loups du Périph, c'est pas du tout nul", "fr", []),
        ("Bugün Kurtlar aptal değil", "tr", []),
        ("Bugün Kurtlar aptal", "tr", [("kurtlar", "insult")]),
        ("Il crie « quel clown » quand les Loups du Périph arrivent", "fr", []),
        ("Hier “Loups du Périph” était magnifique", "fr", [("loups du périph", "praise")]),
        ("ah les Loups jouent ce soir dans la salle près de la gare, quel navet", "fr", []),
        (
            "Hier les Loups étaient nuls. Bravo aux Kadrilles",
            "fr",
            [("loups", "insult"), ("kadrilles", "praise")],
        ),
        ("Merci à Martin pour ce moment magnifique avec Dupont", "fr", []),
        ("Connue est nulle, pas comme hier Dupont", "fr", []),
        ("Connue est nulle", "fr", [("connue", "insult")]),
        ("Inconnue est nulle", "fr", []),
        ("Quel génie ce Martin, bravo, magnifique", "fr", [("martin", "praise")]),  # or sarcasm
    ],
)
def test_what_a_sentence_says_of_its_name(
    text: str, language: str, expected: list[tuple[str, str]]
) -> None:
    words = tokens(unquoted(text))
    found = judgements(words, language, fold(words), {"connue"})
    assert [(one.key, one.stance) for one in found] == expected
