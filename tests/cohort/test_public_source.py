"""What explains like texts: every kind of public source, and a farm's model that has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from analyzers.cohort import propose_cohort
from analyzers.cohort.material import lengths
from analyzers.model.case import Proposal
from analyzers.model.dataset import Dataset
from analyzers.model.target import Account, Hashtag

Row: TypeAlias = dict[str, Any]
Make: TypeAlias = Callable[..., Any]
TARGET = (Account("ex_ministre"),)
SENTENCE = "la justice doit être la même pour tous, rendez l'argent"


@pytest.fixture
def copies(post: Make) -> Make:
    """`copies("@ex_ministre …", 8)`: accounts that post one text at uneven times."""

    def make(text: str, accounts: int = 8, **overrides: Any) -> list[Row]:
        return [
            post(f"s{n}", 2 + n * n * 0.7, text, family=1, **overrides) for n in range(accounts)
        ]

    return make


@pytest.fixture
def proposed(dataset: Callable[..., Dataset], crowd: Make) -> Callable[..., Proposal]:
    """What the search proposes on these posts amid an ordinary crowd."""

    def propose(posts: list[Row], target: Any = TARGET, **tables: Any) -> Proposal:
        return propose_cohort(dataset([*posts, *crowd()], **tables), target)

    return propose


def source_of(proposal: Proposal) -> str:
    assert proposal.cohorts == ()
    (explained,) = proposal.explained
    return explained.source.msgid


def test_a_farm_whose_model_stands_nowhere_else_is_tied(farm: Make, proposed: Make) -> None:
    proposal = proposed(farm(20))
    assert [len(cohort) for cohort in proposal.cohorts] == [20]
    assert proposal.explained == ()


@pytest.mark.parametrize(
    ("text", "traits", "said"),
    [
        ("@ex_ministre quelle honte", {}, "under"),
        ("@ex_ministre honte #LaMemePourTous", {"hashtags": ["lamemepourtous"]}, "hashtag"),
        ("@ex_ministre le calendrier de l'affaire", {"urls": ["https://presse.example/1"]}, "link"),
        ("@ex_ministre a dit « je répondrai à toutes les questions »", {}, "quotation marks"),
    ],
)
def test_what_people_write_or_share_alike_ties_nobody(
    copies: Make, proposed: Make, text: str, traits: Row, said: str
) -> None:
    assert said in source_of(proposed(copies(text, **traits)))


def test_a_link_with_tracking_parameters_is_the_same_link(copies: Make, proposed: Make) -> None:
    rows = copies(f"@ex_ministre {SENTENCE}")
    for number, row in enumerate(rows):
        row["urls"] = [f"https://www.presse.example/une?utm_source=s{number}"]
    assert "link" in source_of(proposed(rows))


def test_different_short_links_leave_a_doubt(copies: Make, proposed: Make) -> None:
    rows = copies(f"@ex_ministre {SENTENCE}")
    for number, row in enumerate(rows):
        row["urls"] = [f"https://t.co/{number}"]
    proposal = proposed(rows)
    assert proposal.cohorts == ()
    assert len(proposal.borderline) == 8


def test_quoting_one_post_is_no_headline(farm: Make, proposed: Make) -> None:
    rows = farm(20, urls=["https://twitter.com/ex_ministre/status/55"], quoted_post="55")
    assert [len(cohort) for cohort in proposed(rows).cohorts] == [20]


def test_an_older_post_that_many_liked_is_the_source(
    copies: Make, post: Make, proposed: Make
) -> None:
    first = post("visible", 0, f"@ex_ministre {SENTENCE}", family=1, likes=400, reposts=90)
    proposal = proposed([first, *copies(f"@ex_ministre {SENTENCE}")])
    assert "liked or reposted" in source_of(proposal)
    assert set(proposal.comparison.accounts) >= {"visible", "s0", "s7"}


def test_an_older_post_that_outsiders_reposted_in_time_is_the_source(
    copies: Make, post: Make, proposed: Make
) -> None:
    first = post("visible", 0, f"@ex_ministre {SENTENCE}", family=1, post_id="first")
    mirrors = [
        post(f"r{n}", 0.5 + n / 10, "RT", kind="repost", reposted_post="first") for n in range(6)
    ]
    assert "had reposted" in source_of(
        proposed([first, *mirrors, *copies(f"@ex_ministre {SENTENCE}")])
    )


def test_people_who_reposted_what_they_copied_are_no_farm(
    copies: Make, post: Make, proposed: Make
) -> None:
    first = post("visible", 0, f"@ex_ministre {SENTENCE}", family=1, post_id="first")
    mirrors = [post(f"s{n}", 90, "RT", kind="repost", reposted_post="first") for n in range(5)]
    assert "also reposted" in source_of(
        proposed([first, *mirrors, *copies(f"@ex_ministre {SENTENCE}")])
    )


def test_a_post_liked_only_after_the_others_is_no_source(farm: Make, proposed: Make) -> None:
    rows = farm(20)
    rows[12] |= {"likes": 5000}
    assert [len(cohort) for cohort in proposed(rows).cohorts] == [20]


def test_a_few_likes_on_the_first_insult_do_not_clear_a_farm(farm: Make, proposed: Make) -> None:
    rows = farm(20)
    rows[0] |= {"likes": 30}
    assert [len(cohort) for cohort in proposed(rows).cohorts] == [20]


@pytest.mark.parametrize(
    "text", [SENTENCE, f"Je le dis devant le tribunal : {SENTENCE}, et je le répète"]
)
def test_an_older_post_found_through_others_is_the_source(
    copies: Make, post: Make, proposed: Make, text: str
) -> None:
    shown = post("orator", -40, text, route="context", mentions=[], family=1)
    if text != SENTENCE:
        shown["family"] = -1
    assert "refer to" in source_of(proposed([shown, *copies(f"@ex_ministre {SENTENCE}")]))


def test_the_targets_own_words_thrown_back_are_explained(
    copies: Make, post: Make, proposed: Make
) -> None:
    own = post("t", -5, f"Je l'ai promis : {SENTENCE}", mentions=[])
    assert "contains this text" in source_of(proposed([own, *copies(f"@ex_ministre {SENTENCE}")]))


def test_words_that_others_use_within_their_own_are_a_set_phrase(
    copies: Make, post: Make, proposed: Make
) -> None:
    phrase = "tu devrais avoir honte"
    own = [
        post(f"p{n}", n / 2, f"@ex_ministre {phrase} pour la {n}e rocade de ma ville {n}")
        for n in range(5)
    ]
    assert "set phrase" in source_of(proposed([*own, *copies(f"@ex_ministre {phrase}")]))


def test_under_a_hashtag_that_others_use_the_text_may_be_copied(
    copies: Make, post: Make, proposed: Make
) -> None:
    tag = {"hashtags": ["lamemepourtous"]}
    others = [
        post(f"p{n}", n / 2, f"@ex_ministre mon avis {n} sur la rocade #LaMemePourTous", **tag)
        for n in range(6)
    ]
    proposal = proposed([*others, *copies(f"@ex_ministre {SENTENCE} #LaMemePourTous", **tag)])
    assert proposal.cohorts == ()
    assert {"s0", "s7"} <= set(proposal.borderline)


def test_a_farm_in_rotation_does_not_hide_behind_a_hashtag(
    farm: Make, post: Make, proposed: Make
) -> None:
    tag = {"hashtags": ["lamemepourtous"]}
    others = [post(f"p{n}", n / 2, f"@ex_ministre mon avis {n} #x", **tag) for n in range(12)]
    (cohort,) = proposed([*others, *farm(20, **tag)]).cohorts
    assert (len(cohort), cohort.signals) == (20, ("template", "rotation"))


def test_a_farm_in_rotation_with_a_popular_first_post_is_borderline(
    farm: Make, proposed: Make
) -> None:
    rows = farm(20)
    rows[0] |= {"likes": 900}
    proposal = proposed(rows)
    assert proposal.cohorts == ()
    assert len(proposal.borderline) == 20


def test_the_hashtag_under_attack_itself_says_nothing(farm: Make, proposed: Make) -> None:
    proposal = proposed(farm(20, hashtags=["honte"]), (Hashtag("Honte"),))
    assert [len(cohort) for cohort in proposal.cohorts] == [20]


def test_words_are_counted_in_scripts_without_spaces_too() -> None:
    import polars as pl

    assert lengths(pl.Series(["rendez l argent", "", "你应该感到羞耻"])).to_list() == [3, 0, 3]
