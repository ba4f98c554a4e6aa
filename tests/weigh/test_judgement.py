"""What the bottom line may say of the mechanism, and the reasons given either way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzers.model.report import Coordination
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words
from analyzers.weigh.judgement import Judgement, band, judge
from analyzers.weigh.mechanisms import HIDDEN, PRIOR
from analyzers.weigh.seen import Number, Seen
from analyzers.weigh.signs import EVERY, SIGNS
from analyzers.weigh.weights import Region, Weights, fitted

EN, FR = (Words(lang, Disclosure({}, {})) for lang in ("en", "fr"))

MACHINES = Seen(
    members=20,
    authors=600,
    signals=("template",),
    measures={
        "timeline.one_second": Number(0.95, 40, 0.06),
        "timeline.at_once": Number(0.3, 40, 0.02),
        "client.automation_clients": Number(0.9, 20, 0.02),
        "client.client_share": Number(0.9, 20, 0.15),
        "creation.created_same_day": Number(1.0, 20, 0.03),
        "creation.created_before_attack": Number(0.6, 20, 0.03),
        "cadence.one_minute": Number(0.9, 20, 0.05),
        "cadence.regular_runs": Number(0.8, 20, 0.05),
        "languages.audience_share": Number(0.1, 20, 0.9),
        "audience.created_together": Number(0.8, 200, 0.05),
    },
)
NEIGHBOURS = Seen(
    members=25,
    authors=600,
    signals=("template",),
    measures={
        "template.model_links": Number(0.0, 25, 0.06),
        "template.model_hashtag": Number(0.0, 25, 0.08),
        "network.address_inside": Number(0.6, 25, 0.01),
        "audience.follow_inside": Number(0.3, 25, 0.01),
        "client.client_share": Number(0.3, 25, 0.3),
        "languages.audience_share": Number(0.9, 25, 0.9),
        "creation.median_age_days": Number(2200, 25, 1900),
        "timeline.night_posts": Number(0.02, 60, 0.03),
    },
)
NOBODY = Seen(members=0, authors=600)


def of(seen: Seen, coordination: Coordination = "established") -> Judgement:
    return judge(seen, coordination, PRIOR, fitted())


def said(judgement: Judgement) -> str:
    assert judgement.statement is not None
    return EN.say(judgement.statement)


def test_accounts_that_behave_like_software_are_judged_to_be() -> None:
    found = of(MACHINES)
    first = max(found.hypotheses, key=lambda each: each.probability)
    assert first.id == "scripted_network"
    assert found.hypothesis in ("scripted_network", "hidden_coordination")  # or retreats
    assert found.band in ("likely", "very_likely")
    assert said(found).startswith("We judge it")
    assert any("one second of the minute" in EN.say(text) for text in first.speaks_for)


def test_people_who_know_each_other_are_a_community_not_a_farm() -> None:
    found = of(NEIGHBOURS)
    first = max(found.hypotheses, key=lambda each: each.probability)
    assert first.id == "community_raid"
    assert sum(each.probability for each in found.hypotheses if each.id in HIDDEN) < 0.4


def test_no_mechanism_is_named_for_accounts_that_may_not_act_together() -> None:
    for answer in ("cannot_tell", "not_established"):
        found = of(MACHINES, answer)
        assert (found.hypothesis, found.probability, found.band) == (None, None, None)
        assert "not established" in said(found)
        assert found.hypotheses  # the page still shows how they weigh


def test_a_crowd_without_a_cohort_is_never_accused() -> None:
    found = of(NOBODY, "not_established")
    assert found.hypothesis in (None, "coincidence", "open_campaign")
    assert found.band is None or "nothing hidden" in said(found)


def test_without_a_target_and_without_a_group_nothing_is_weighed() -> None:
    """Posts of a known operation, loaded whole: a search that ties nobody clears nobody."""
    found = of(Seen(members=0, authors=600, aimed=False), "not_established")
    assert found.hypotheses == ()
    assert found.hypothesis is None
    assert "not weighed" in said(found)


def test_texts_that_may_be_copied_are_left_to_the_reader() -> None:
    found = of(Seen(members=0, authors=600, doubtful=28), "not_established")
    assert found.hypotheses
    assert (found.hypothesis, found.probability, found.band) == (None, None, None)
    assert "this data cannot say" in said(found)


def test_twenty_posts_alone_are_not_weighed() -> None:
    found = of(Seen(members=20, searched=False, authors=20), "cannot_tell")
    assert found.hypotheses == ()
    assert "ordinary accounts to compare with" in said(found)


def test_a_case_unlike_any_simulated_one_is_said_with_care() -> None:
    usual = {sign.name: (0.96, 0.01, 0.01, 0.01, 0.01) for sign in EVERY}
    odd = Weights(fitted().sizes, fitted().blocks, {"outrage": Region(0.5, usual)})
    found = judge(MACHINES, "established", PRIOR, odd)
    assert "out_of_distribution" in found.flags
    assert max(each.probability for each in found.hypotheses) <= 0.80
    assert (found.hypothesis, found.band) == (None, None)
    assert "not judged" in said(found)


def test_months_of_posts_are_unlike_any_simulated_attack() -> None:
    found = of(replace(MACHINES, days=110.0))
    assert "out_of_distribution" in found.flags
    assert found.hypothesis is None
    assert "out_of_distribution" not in of(replace(MACHINES, days=5.0)).flags


def test_nothing_is_set_against_a_number_that_the_comparison_lacks() -> None:
    sign = next(each for each in SIGNS if each.name == "timeline.median_gap_minutes")
    alone = Seen(members=6, measures={sign.name: Number(5.0, 300)})
    assert (
        EN.say(sign.sentence(alone)) == "The median gap between the accounts' posts is 5 minutes."
    )
    beside = Seen(members=6, measures={sign.name: Number(5.0, 300, 31.0)})
    assert EN.say(sign.sentence(beside)).endswith("is 5 minutes, against 31.")


def test_a_search_that_found_nobody_says_no_more_than_likely() -> None:
    found = of(NOBODY, "not_established")
    assert found.band in (None, "likely")


def test_when_the_prior_would_decide_the_verdict_retreats() -> None:
    weak = Weights({}, {})
    even = dict.fromkeys(PRIOR, 0.01) | {"scripted_network": 0.46, "single_operator": 0.46}
    found = judge(MACHINES, "established", even, weak)
    assert found.hypothesis == "hidden_coordination"
    assert {"prior_sensitive", "hidden_coordination"} <= set(found.flags)
    assert "Which kind of hidden coordination" in said(found)


def test_a_signal_that_selected_the_cohort_does_not_testify() -> None:
    gaps = {"timeline.gap_cv": Number(0.1, 40, 1.0)}
    sign = next(each for each in SIGNS if each.name == "timeline.gap_cv")
    assert sign.level(Seen(members=20, signals=("template",), measures=gaps)) > 0.9
    assert sign.level(Seen(members=20, signals=("template", "rotation"), measures=gaps)) == 0.0
    describing = Seen(members=20, describing=("languages",), measures=MACHINES.measures)
    languages = next(each for each in SIGNS if each.step == "languages")
    assert languages.level(describing) == 0.0


@pytest.mark.parametrize("name", ["audience.follow_inside", "network.address_inside"])
def test_members_chosen_by_whom_they_know_are_not_told_apart_by_it_again(name: str) -> None:
    sign = next(each for each in SIGNS if each.name == name)
    known = {name: Number(0.6, 25, 0.01)}
    assert sign.level(Seen(members=25, signals=("template",), measures=known)) > 0.5
    chosen = Seen(members=25, signals=("template", "acquaintance"), measures=known)
    assert sign.level(chosen) == 0.0


def test_a_handful_of_accounts_says_less_than_many() -> None:
    sign = next(each for each in SIGNS if each.name == "client.automation_clients")

    def level(n: int, members: int = 20, named: bool = False) -> float:
        measures = {sign.name: Number(1.0, n, 0.0)}
        return sign.level(Seen(members=members, named=named, measures=measures))

    assert level(2) == pytest.approx(0.5)
    assert level(18) == pytest.approx(0.9)
    assert level(4, members=4) == 0.0  # found by their texts, they may be friends
    assert level(4, members=4, named=True) == pytest.approx(4 / 6)


@pytest.mark.parametrize(
    ("probability", "name"),
    [
        (0.005, "remote"),
        (0.03, "almost_no_chance"),
        (0.12, "very_unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly_even"),
        (0.7, "likely"),
        (0.95, "very_likely"),
    ],
)
def test_bands_follow_icd_203(probability: float, name: str) -> None:
    assert band(probability)[0] == name


@pytest.mark.parametrize("case", [MACHINES, NEIGHBOURS, NOBODY])
@pytest.mark.parametrize("words", [EN, FR])
def test_every_reason_can_be_said(case: Seen, words: Words) -> None:
    found = of(case)
    for each in found.hypotheses:
        for text in (*each.speaks_for, *each.speaks_against, each.name, each.would_change):
            spoken = words.say(text)
            assert spoken
            assert "{" not in spoken


def test_every_sentence_of_a_sign_can_be_said_with_numbers() -> None:
    for sign in SIGNS:
        case = Seen(members=20, measures={sign.name: Number(0.35, 20, 0.2)})
        for words in (EN, FR):
            assert "{" not in words.say(sign.sentence(case))


@pytest.mark.parametrize(
    ("members", "level"), [(0, -1.0), (3, 1 / 6), (5, 0.5), (8, 1.0), (60, 1.0)]
)
def test_three_friends_who_copied_one_another_are_hardly_a_tie(members: int, level: float) -> None:
    tie = next(each for each in EVERY if each.name == "search.tie")
    assert tie.level(Seen(members=members, authors=600)) == pytest.approx(level)


def test_no_reason_is_given_against_what_a_sign_was_declared_to_speak_for() -> None:
    """The absence of a public source speaks for a farm, though it helps others more."""
    found = of(MACHINES)
    (farm,) = [each for each in found.hypotheses if each.id == "rented_farm"]
    against = [EN.say(text) for text in farm.speaks_against]
    assert not any("probably has a public source" in text for text in against)


def test_accounts_found_without_a_common_text_are_not_weighed() -> None:
    judgement = judge(replace(MACHINES, alike=True), "cannot_tell", PRIOR, fitted())
    assert not judgement.hypotheses
    assert judgement.statement is not None
    assert "not weighed" in EN.say(judgement.statement)
