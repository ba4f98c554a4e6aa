"""What explains like texts: every kind of public source, and a farm's model that has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from analyzers.cohort.material import lengths
from analyzers.cohort.proposal import seek
from analyzers.cohort.template import Found, fewest
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
def sorted_out(dataset: Callable[..., Dataset], crowd: Make) -> Callable[..., Found]:
    """How the search sorts these posts amid an ordinary crowd, before chance is weighed."""

    def sort(posts: list[Row], target: Any = TARGET) -> Found:
        return seek(dataset([*posts, *crowd()]), target).found

    return sort


def source_of(found: Found) -> str:
    assert found.groups == ()
    ((_, source),) = found.explained
    return source.msgid


def sizes(found: Found) -> list[int]:
    return [len(group.accounts) for group in found.groups]


def test_a_farm_whose_model_stands_nowhere_else_is_tied(farm: Make, sorted_out: Make) -> None:
    found = sorted_out(farm(20))
    assert sizes(found) == [20]
    assert (found.explained, found.doubtful) == ((), frozenset())


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
    copies: Make, sorted_out: Make, text: str, traits: Row, said: str
) -> None:
    assert said in source_of(sorted_out(copies(text, **traits)))


def test_a_link_with_tracking_parameters_is_the_same_link(copies: Make, sorted_out: Make) -> None:
    rows = copies(f"@ex_ministre {SENTENCE}")
    for number, row in enumerate(rows):
        row["urls"] = [f"https://www.presse.example/une?utm_source=s{number}"]
    assert "link" in source_of(sorted_out(rows))


def test_different_short_links_leave_a_doubt(copies: Make, sorted_out: Make) -> None:
    rows = copies(f"@ex_ministre {SENTENCE}")
    for number, row in enumerate(rows):
        row["urls"] = [f"https://t.co/{number}"]
    found = sorted_out(rows)
    assert (sizes(found), len(found.doubtful)) == ([], 8)


def test_quoting_one_post_is_no_headline(farm: Make, sorted_out: Make) -> None:
    rows = farm(20, urls=["https://twitter.com/ex_ministre/status/55"], quoted_post="55")
    assert sizes(sorted_out(rows)) == [20]


def test_an_older_post_that_many_liked_is_the_source(
    copies: Make, post: Make, sorted_out: Make
) -> None:
    first = post("visible", 0, f"@ex_ministre {SENTENCE}", family=1, likes=400, reposts=90)
    found = sorted_out([first, *copies(f"@ex_ministre {SENTENCE}")])
    assert "liked or reposted" in source_of(found)
    assert found.doubtful == frozenset()


def test_an_older_post_that_outsiders_reposted_in_time_is_the_source(
    copies: Make, post: Make, sorted_out: Make
) -> None:
    first = post("visible", 0, f"@ex_ministre {SENTENCE}", family=1, post_id="first")
    mirrors = [
        post(f"r{n}", 0.5 + n / 10, "RT", kind="repost", reposted_post="first") for n in range(6)
    ]
    assert "had reposted" in source_of(
        sorted_out([first, *mirrors, *copies(f"@ex_ministre {SENTENCE}")])
    )


def test_people_who_reposted_what_they_copied_are_no_farm(
    copies: Make, post: Make, sorted_out: Make
) -> None:
    first = post("visible", 0, f"@ex_ministre {SENTENCE}", family=1, post_id="first")
    mirrors = [post(f"s{n}", 90, "RT", kind="repost", reposted_post="first") for n in range(5)]
    assert "also reposted" in source_of(
        sorted_out([first, *mirrors, *copies(f"@ex_ministre {SENTENCE}")])
    )


def test_a_post_liked_only_after_the_others_is_no_source(farm: Make, sorted_out: Make) -> None:
    rows = farm(20)
    rows[12] |= {"likes": 5000}
    assert sizes(sorted_out(rows)) == [20]


def test_a_few_likes_on_the_first_insult_do_not_clear_a_farm(farm: Make, sorted_out: Make) -> None:
    rows = farm(20)
    rows[0] |= {"likes": 30}
    assert sizes(sorted_out(rows)) == [20]


@pytest.mark.parametrize(
    "text", [SENTENCE, f"Je le dis devant le tribunal : {SENTENCE}, et je le répète"]
)
def test_an_older_post_found_through_others_is_the_source(
    copies: Make, post: Make, sorted_out: Make, text: str
) -> None:
    shown = post("orator", -40, text, route="context", mentions=[], family=1)
    if text != SENTENCE:
        shown["family"] = -1
    assert "refer to" in source_of(sorted_out([shown, *copies(f"@ex_ministre {SENTENCE}")]))


def test_the_targets_own_words_thrown_back_are_explained(
    copies: Make, post: Make, sorted_out: Make
) -> None:
    own = post("t", -5, f"Je l'ai promis : {SENTENCE}", mentions=[])
    assert "contains this text" in source_of(sorted_out([own, *copies(f"@ex_ministre {SENTENCE}")]))


def test_words_that_others_use_within_their_own_are_a_set_phrase(
    copies: Make, post: Make, sorted_out: Make
) -> None:
    phrase = "on ne fait pas d'omelette sans casser des œufs"
    own = [
        post(f"p{n}", n / 2, f"@ex_ministre {phrase} pour la {n}e rocade de ma ville {n}")
        for n in range(5)
    ]
    assert "set phrase" in source_of(sorted_out([*own, *copies(f"@ex_ministre {phrase}")]))


def test_under_a_hashtag_that_others_use_the_text_may_be_copied(
    copies: Make, post: Make, sorted_out: Make
) -> None:
    tag = {"hashtags": ["lamemepourtous"]}
    others = [
        post(f"p{n}", n / 2, f"@ex_ministre mon avis {n} sur la rocade #LaMemePourTous", **tag)
        for n in range(6)
    ]
    found = sorted_out([*others, *copies(f"@ex_ministre {SENTENCE} #LaMemePourTous", **tag)])
    assert sizes(found) == []
    assert found.doubtful == {f"s{n}" for n in range(8)}


def test_a_farm_in_rotation_does_not_hide_behind_a_hashtag(
    farm: Make, post: Make, sorted_out: Make
) -> None:
    tag = {"hashtags": ["lamemepourtous"]}
    others = [post(f"p{n}", n / 2, f"@ex_ministre mon avis {n} #x", **tag) for n in range(12)]
    assert sizes(sorted_out([*others, *farm(20, **tag)])) == [20]


def test_a_farm_in_rotation_with_a_popular_first_post_is_borderline(
    farm: Make, sorted_out: Make
) -> None:
    rows = farm(20)
    rows[0] |= {"likes": 900}
    found = sorted_out(rows)
    assert (sizes(found), len(found.doubtful)) == ([], 20)


def test_the_hashtag_under_attack_itself_says_nothing(farm: Make, sorted_out: Make) -> None:
    assert sizes(sorted_out(farm(20, hashtags=["honte"]), (Hashtag("Honte"),))) == [20]


def test_a_short_text_in_rotation_ties_after_all(post: Make, sorted_out: Make) -> None:
    rows = [
        post(f"r{n}", n + n % 3 / 20, "@ex_ministre quel menteur celui-là", family=1)
        for n in range(20)
    ]
    assert sizes(sorted_out(rows)) == [20]
    assert (
        sizes(
            sorted_out(
                [row | {"created_at": rows[n * n % 20]["created_at"]} for n, row in enumerate(rows)]
            )
        )
        == []
    )


def test_phrases_that_everybody_uses_may_meet_by_habit(post: Make, sorted_out: Make) -> None:
    opening = "franchement vous avez laissé tomber les gens de ma ville"
    ending = "et personne ne croit plus à votre version des faits"
    other = "mais on verra bien ce que diront les juges de la cour"
    crowd = [post(f"h{n}", n / 3, f"@ex_ministre {opening} {other}") for n in range(80)]
    train = "depuis que le dernier train du soir est parti sans nous"
    crowd += [
        post(f"i{n}", n / 3, f"@ex_ministre les gens de ma ville {ending} {train}")
        for n in range(80)
    ]
    same = [post(f"s{n}", n * n, f"@ex_ministre {opening} {ending}", family=1) for n in range(4)]
    found = sorted_out([*crowd, *same])
    assert "general use" in source_of(found)


@pytest.mark.parametrize(
    ("posts", "accounts"), [(0, 3), (20, 3), (1000, 3), (1600, 4), (75_000, 10)]
)
def test_more_posts_ask_for_larger_groups(posts: int, accounts: int) -> None:
    assert fewest(posts) == accounts


def test_words_are_counted_in_scripts_without_spaces_too() -> None:
    import polars as pl

    assert lengths(pl.Series(["rendez l argent", "", "你应该感到羞耻"])).to_list() == [3, 0, 3]
