"""The proposal on small stories: a farm amid a crowd, a pair, a first stage, a named list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any, TypeAlias

import pytest

from analyzers.cohort import propose_cohort
from analyzers.cohort.named import NamedCohort
from analyzers.model.case import Window
from analyzers.model.dataset import Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.target import Account, Hashtag

Row: TypeAlias = dict[str, Any]
Make: TypeAlias = Callable[..., Any]
Data: TypeAlias = Callable[..., Dataset]
TARGET = (Account("EX_ministre"),)
SECOND_MODEL = "encore un discours creux de la marionnette du canton, va donc dormir {where}"


def test_twenty_accounts_with_one_model_stand_out_from_a_crowd(
    dataset: Data, farm: Make, crowd: Make
) -> None:
    proposal = propose_cohort(dataset([*farm(20), *crowd(60)]), TARGET)
    (cohort,) = proposal.cohorts
    assert cohort.accounts == tuple(f"f{n:02d}" for n in range(20))
    assert cohort.signals == ("template", "rotation")
    assert len(cohort.selecting_posts) == 20
    assert all(0.85 < member.score <= 1 for member in cohort.members)
    assert cohort.tie is not None
    assert (cohort.tie.p, cohort.tie.draws, cohort.tie.statistic) == (0.01, 99, 20)
    assert proposal.comparison.accounts == tuple(f"c{n:03d}" for n in range(60))
    assert proposal.borderline == ()


def test_a_model_longer_than_anybody_elses_post_is_no_chance_either(
    dataset: Data, farm: Make, crowd: Make
) -> None:
    tail = "regarde donc ce que tu as fait de nous pendant toutes ces longues années pour rien"
    model = f"tu n'es qu'un pantin en costume, retourne {{where}} et {tail}"
    short = [row | {"text": " ".join(row["text"].split()[:7])} for row in crowd(60)]
    (cohort,) = propose_cohort(dataset([*farm(12, model=model), *short]), TARGET).cohorts
    assert len(cohort) == 12
    assert cohort.tie is not None
    assert cohort.tie.p == 0.01


def test_nobody_is_proposed_from_a_crowd(dataset: Data, crowd: Make) -> None:
    proposal = propose_cohort(dataset(crowd(60)), TARGET)
    assert proposal.cohorts == ()
    assert len(proposal.comparison) == 60


def test_twenty_posts_alone_tie_accounts_but_give_no_p(dataset: Data, farm: Make) -> None:
    proposal = propose_cohort(dataset(farm(20)), TARGET)
    (cohort,) = proposal.cohorts
    assert len(cohort) == 20
    assert cohort.tie is not None
    assert cohort.tie.p is None
    assert cohort.tie.why_not is not None
    assert len(proposal.comparison) == 0
    assert proposal.comparison.how is not None
    assert "Collect" in proposal.comparison.how.msgid


def test_a_pair_is_neither_cohort_nor_comparison(dataset: Data, farm: Make, crowd: Make) -> None:
    proposal = propose_cohort(dataset([*farm(2), *crowd(60)]), TARGET)
    assert proposal.cohorts == ()
    assert proposal.borderline == ("f00", "f01")
    assert not {"f00", "f01"} & set(proposal.comparison.accounts)


def test_one_account_repeating_itself_is_no_cohort(dataset: Data, crowd: Make, post: Make) -> None:
    rows = [
        post("a1", n, "@ex_ministre tu n'es qu'un pantin en costume", family=1) for n in range(9)
    ]
    proposal = propose_cohort(dataset([*rows, *crowd(60)]), TARGET)
    assert (proposal.cohorts, proposal.borderline) == ((), ())


def test_whoever_quotes_the_model_to_show_it_is_borderline(
    dataset: Data, farm: Make, crowd: Make, post: Make
) -> None:
    witness = post(
        "w", 9.4, "@ex_ministre « tu n'es qu'un pantin en costume, retourne au cirque »", family=1
    )
    proposal = propose_cohort(dataset([*farm(20), witness, *crowd(60)]), TARGET)
    assert len(proposal.cohorts[0]) == 20
    assert proposal.borderline == ("w",)


def test_two_models_by_the_same_accounts_make_one_cohort(
    dataset: Data, farm: Make, crowd: Make
) -> None:
    again = [row | {"post_id": f"{row['post_id']}b"} for row in farm(12, 2, SECOND_MODEL, gap=1.3)]
    (cohort,) = propose_cohort(dataset([*farm(20), *again, *crowd(60)]), TARGET).cohorts
    assert (len(cohort), len(cohort.selecting_posts)) == (20, 32)


def test_two_groups_are_ranked_by_size(dataset: Data, farm: Make, crowd: Make) -> None:
    second = [
        row | {"account_id": f"g{row['account_id']}", "post_id": f"g{row['post_id']}"}
        for row in farm(5, 2, SECOND_MODEL)
    ]
    proposal = propose_cohort(dataset([*second, *farm(20), *crowd(60)]), TARGET)
    assert [len(cohort) for cohort in proposal.cohorts] == [20, 5]
    assert len(proposal.comparison) == 60


def test_without_a_target_the_texts_of_the_whole_campaign_are_looked_at(
    dataset: Data, farm: Make, crowd: Make
) -> None:
    rows = [*farm(20, mentions=["somebody"]), *crowd(60)]
    assert propose_cohort(dataset(rows), TARGET).cohorts == ()
    assert [len(cohort) for cohort in propose_cohort(dataset(rows)).cohorts] == [20]


def test_the_window_bounds_what_counts_as_an_attack(
    dataset: Data, farm: Make, crowd: Make, post: Make
) -> None:
    data = dataset([*farm(20), *crowd(60)])
    start = post("x", 0, "")["created_at"]
    first_hours = Window(until=start + timedelta(hours=4, minutes=30))
    assert len(propose_cohort(data, TARGET, first_hours).cohorts[0]) == 5
    assert propose_cohort(data, TARGET, Window(until=start - timedelta(days=9))).cohorts == ()


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Account("ex_minsitre"), "Did you mean {nearest}?"),
        (Hashtag("absent"), "Check the spelling"),
    ],
)
def test_a_target_that_nobody_mentions_is_refused(
    dataset: Data, crowd: Make, target: Any, said: str
) -> None:
    with pytest.raises(BadInput, match=said.replace("?", r"\?")) as refused:
        propose_cohort(dataset(crowd(10)), (target,))
    assert len(dict(refused.value.text.values)) >= 1


def test_the_order_of_rows_changes_nothing(dataset: Data, farm: Make, crowd: Make) -> None:
    rows = [*farm(20), *crowd(30)]
    shuffled = Random(5).sample(rows, len(rows))
    assert propose_cohort(dataset(rows), TARGET) == propose_cohort(dataset(shuffled), TARGET)


def test_timelines_are_those_collected_else_inferred(
    dataset: Data, crowd: Make, post: Make
) -> None:
    rows = crowd(60)
    own = [post("c003", n, f"mon chat {n}", mentions=[]) for n in range(20)]
    assert propose_cohort(dataset([*rows, *own]), TARGET).timelines == {"c003"}
    assert propose_cohort(dataset([*rows, *own[:19]]), TARGET).timelines == frozenset()
    collected = [{"account_id": name, "scope": "timeline"} for name in ("c003", "c001", "z")]
    proposal = propose_cohort(dataset([*rows, *own], collected=collected), TARGET)
    assert proposal.timelines == {"c003", "c001"}
    assert proposal.comparison.timelines == ("c001", "c003")


def test_a_named_cohort_comes_first_and_the_data_still_speaks(
    dataset: Data, farm: Make, crowd: Make
) -> None:
    data = dataset([*farm(20), *crowd(60)], accounts=[{"account_id": "c001", "handle": "Marie"}])
    listed = NamedCohort(("@marie", "f00", "nobody"), "seen in a screenshot", (("f00", "first"),))
    proposal = propose_cohort(data, TARGET, named=listed)
    chosen, found = proposal.cohorts
    assert chosen.accounts == ("c001", "f00")
    assert (chosen.named_by_person, chosen.ground) == (True, "seen in a screenshot")
    assert chosen.tie is None
    assert len(found) == 19
    assert len(proposal.comparison) == 59
    assert proposal.comparison.how is not None
    assert "not in this data" in proposal.comparison.how.msgid


def test_a_list_of_strangers_is_refused(dataset: Data, crowd: Make) -> None:
    with pytest.raises(BadInput, match="None of the"):
        propose_cohort(dataset(crowd(10)), TARGET, named=NamedCohort(("zz",)))


def test_a_few_endless_posts_hide_no_campaign(
    dataset: Data, farm: Make, crowd: Make, post: Callable[..., Row]
) -> None:
    endless = [
        post(f"e{n}", n / 7, "@ex_ministre " + "encore et toujours " * 1000, family=2)
        for n in range(3)
    ]
    proposal = propose_cohort(dataset([*farm(12), *crowd(60), *endless]), TARGET)
    assert proposal.cohorts[0].accounts == tuple(f"f{n:02d}" for n in range(12))


def test_a_slogan_whose_source_is_only_quoted_accuses_nobody(
    dataset: Data, farm: Make, crowd: Make, post: Callable[..., Row]
) -> None:
    slogan = "la justice doit être la même pour tous même pour les anciens ministres du pays"
    call = post("celebrity", -9, slogan, route="context", mentions=[], likes=3929)
    shouted = farm(12, model=slogan, gap=0.3)
    proposal = propose_cohort(dataset([*shouted, *crowd(60), call]), TARGET)
    assert proposal.cohorts == ()
    assert [one.accounts for one in proposal.explained] == [12]
