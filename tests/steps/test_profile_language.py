"""Interface languages: none in the audience's language, as ordinary ones, unknown, a handful."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analyzers.lib.language_codes import folded
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Language, Percent
from analyzers.steps.profile_language import ProfileLanguage

COHORT = [f"a{number}" for number in range(20)]
ORDINARY = [f"b{number}" for number in range(60)]
ABROAD: list[str | None] = ["ru", "sr", "es", "ar", "en"] * 4


@pytest.fixture
def spoken(
    case: Callable[..., Any], post: Callable[..., Any], account: Callable[..., Any]
) -> Callable[..., Any]:
    """A case of accounts set to these languages, in which everyone posts in French."""

    def build(ours: list[str | None], theirs: list[str | None], spoken: str = "fr") -> Any:
        pairs = [*zip(COHORT, ours, strict=False), *zip(ORDINARY, theirs, strict=False)]
        return case(
            cohort=COHORT[: len(ours)],
            comparison=ORDINARY[: len(theirs)],
            posts=[post(name, spoken=spoken) for name, _ in pairs],
            accounts=[account(name, profile_language=code) for name, code in pairs],
        )

    return build


def test_no_account_set_to_french_among_twenty_that_write_french(
    spoken: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = ProfileLanguage()(spoken(ABROAD, ["fr-FR"] * 54 + ["en"] * 6))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of these accounts, 0 of 20 (0%) have their interface set to French, the language of the "
        "target's audience, against 54 of 60 (90%) among ordinary accounts. Commonest here: "
        "Arabic, English, Spanish and Russian."
    )
    measure = outcome.finding.measures[0]
    assert measure.name == "audience_language"
    assert isinstance(measure.high, float)
    assert round(measure.high, 2) == 0.16
    assert measure.p is not None
    assert measure.p < 1e-6
    assert outcome.finding.measures[1].value == 5
    doubts = [dict(caveat.values) for caveat in outcome.finding.caveats]
    assert any(doubt == {"n": 20, "high": Percent(measure.high)} for doubt in doubts)


def test_accounts_set_as_ordinary_ones_are_nothing_special(
    spoken: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = ProfileLanguage()(spoken(["fr"] * 17 + ["en"] * 3, ["fr"] * 50 + ["en"] * 10))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Interface languages do not set these accounts apart")


def test_the_audience_can_be_said(spoken: Callable[..., Any]) -> None:
    outcome = ProfileLanguage(audience="ru")(spoken(["ru"] * 6, ["fr"] * 6))
    assert isinstance(outcome, Found)
    assert outcome.finding.measures[0].label.values == (("language", Language("ru")),)


@pytest.mark.parametrize("ours", [[], [None] * 6, ["Select Language..."] * 6])
def test_unknown_languages_are_not_guessed(
    spoken: Callable[..., Any], said: Callable[..., str], ours: list[str | None]
) -> None:
    outcome = ProfileLanguage()(spoken(ours, ["fr"]))
    assert isinstance(outcome, NotComputable)
    assert "May 2019" in said(outcome)


def test_without_a_recognised_language_in_the_posts_there_is_no_audience_to_compare_with(
    spoken: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = ProfileLanguage()(spoken(ABROAD, ["fr"], spoken="und"))
    assert isinstance(outcome, NotComputable)
    assert "no post about the target has a recognised language" in said(outcome)


def test_without_ordinary_accounts_there_is_no_test(
    spoken: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = ProfileLanguage()(spoken(ABROAD, []))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert said(outcome).startswith("Of these accounts, 0 of 20 (0%) have their interface")


def test_a_handful_is_counted(spoken: Callable[..., Any], said: Callable[..., str]) -> None:
    outcome = ProfileLanguage()(spoken(["ru", "sr", None], ["fr"] * 10))
    assert isinstance(outcome, Found)
    assert "Of these accounts, 0 of 2 have" in said(outcome)
    assert any(caveat.msgid.startswith("For one account") for caveat in outcome.finding.caveats)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en-GB", "en"),
        ("zh_TW", "zh"),
        ("in", "id"),
        ("iw", "he"),
        ("msa", "ms"),
        ("Select Language...", None),
        ("", None),
        (None, None),
        ("xx-lc", None),
    ],
)
def test_codes_are_folded_to_a_language(code: str | None, language: str | None) -> None:
    assert folded(code) == language
