"""What one account wrote about, before and after its languages or its words changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np

from analyzers.lib.attack_times import seconds
from analyzers.lib.language_mix import UNDETERMINED, UNSPACED
from analyzers.lib.language_weeks import weeks

if TYPE_CHECKING:
    import pandas as pd

SUPPORT = 3
"""Accounts that must use a term before it is shown: no list tells one person's words."""

PERIODS = 4
"""Periods on a sheet, the last ones: more do not fit a phone's screen."""

APART = 7 * 86_400.0
"""Seconds: a cut within a week of another one says the same thing twice."""

TERMS = 6
"""Terms named in a period."""

TWICE = 2
"""Posts of a period that must use a term: what was said once is no subject."""

COMMON = 0.1
"""A word that a tenth of everybody's posts in the language have is grammar, and no subject: in the
reconstructed case "the" has 31 %, the commonest subject 4 %."""

_LETTERS = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of an account's own posts: from the first to the last, their number, the language
    most used, and the terms that it uses much in them and others seldom, the clearest first."""

    first: datetime
    last: datetime
    posts: int
    language: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Background:
    """What everybody writes: posts per language, and those with each word that three accounts use.

    `uses` maps a language and a word to a number of posts.
    """

    uses: Mapping[tuple[str, str], int]
    posts: Mapping[str, int]


def periods(
    own: pd.DataFrame, background: Background, turning: datetime | None = None
) -> tuple[Period, ...]:
    """Cut an account's own posts where its languages or words change, and name each part's terms.

    `own` are its dated organic posts in the order of time, with post_id, account_id, created_at,
    organic, spoken, category and normal. The cuts are those of `analyzers.lib.change_points` on
    its weeks, and `turning`, where its words changed most; without any there is one period. Terms
    are ranked by their posts in the period times the logarithm of how few of everybody's posts in
    that language have them (Spärck Jones 1972, "A statistical interpretation of term specificity",
    Journal of Documentation 28); they describe, and no finding rests on them.
    """
    if own.empty:
        return ()
    own = own.assign(at=seconds(own["created_at"]))
    found = weeks(own, UNDETERMINED, 0.0)
    cuts = list(found[0].changes) if found else []
    if turning is not None and all(abs(turning.timestamp() - cut) > APART for cut in cuts):
        cuts.append(turning.timestamp())
    ends = [-np.inf, *sorted(cuts), np.inf]
    parts = [own[(own["at"] >= a) & (own["at"] < b)] for a, b in pairwise(ends)]
    return tuple(_period(part, background) for part in parts if len(part))[-PERIODS:]


def _period(rows: pd.DataFrame, background: Background) -> Period:
    known = rows[rows["category"] != UNDETERMINED]
    counts = Counter(known["category"])
    language = min(counts, key=lambda code: (-counts[code], code)) if counts else UNDETERMINED
    first, last = (datetime.fromtimestamp(rows["at"].iloc[end], UTC) for end in (0, -1))
    texts = known.loc[known["category"] == language, "normal"]
    terms = () if language in UNSPACED else _terms(texts, language, background)
    return Period(first, last, len(rows), language, terms)


def _terms(texts: pd.Series[str], language: str, background: Background) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for text in texts.dropna():
        counts.update(set(text.split(" ")))
    scores: dict[str, float] = {}
    for word, count in counts.items():
        share = background.uses.get((language, word), 0) / max(background.posts[language], 1)
        if count >= TWICE and 0 < share < COMMON and _LETTERS.search(word):
            scores[word] = -count * log(share)
    return tuple(sorted(scores, key=lambda word: (-scores[word], word))[:TERMS])
