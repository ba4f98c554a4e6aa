"""The targets to offer when none was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from analyzers.cohort.candidates import candidates
from analyzers.model.dataset import Dataset
from analyzers.model.report import Candidate
from analyzers.model.target import Account, Hashtag


def test_whom_most_accounts_write_to_comes_first(
    dataset: Callable[..., Dataset], crowd: Callable[..., Any], post: Callable[..., Any]
) -> None:
    chatter = [post("loud", n, "encore", mentions=["@friend"]) for n in range(50)]
    tagged = [
        post(f"h{n}", n, "#Honte", mentions=["@mairie"], hashtags=["honte"]) for n in range(3)
    ]
    itself = [post("t", 1, "moi", mentions=["t"])]
    offered = candidates(dataset([*crowd(10), *chatter, *tagged, *itself]))
    assert offered == (
        Candidate(Account("Ex_Ministre"), 10, 10),
        Candidate(Account("mairie"), 3, 3),
        Candidate(Hashtag("honte"), 3, 3),
    )


def test_at_most_five_are_offered(
    dataset: Callable[..., Dataset], post: Callable[..., Any]
) -> None:
    names, tags = [f"@p{n}" for n in range(9)], [f"t{n}" for n in range(9)]
    rows = [post(f"a{n}", n, "tous", mentions=names, hashtags=tags) for n in range(3)]
    kinds = [type(each.target) for each in candidates(dataset(rows))]
    assert kinds == [Account] * 3 + [Hashtag] * 2


def test_a_dump_that_speaks_to_nobody_offers_nobody(
    dataset: Callable[..., Dataset], post: Callable[..., Any]
) -> None:
    assert candidates(dataset([post("a", 1, "bonjour", mentions=None)])) == ()
