"""Near-duplicate families of texts, from a handful to millions.

The steps: normal texts; equal ones collapse; candidates are neighbours among texts that share a run
of tokens; a ratio of letters verifies them; short texts and cut ones have proofs of their own;
connected texts make a family, as far as they resemble its centre.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from analyzers.lib.normal import normal
from analyzers.lib.similarity.candidates import Pairs, distinct, neighbours
from analyzers.lib.similarity.centre import around_centres
from analyzers.lib.similarity.cut import beginnings, is_cut, tied_by_beginning
from analyzers.lib.similarity.second_look import missed
from analyzers.lib.similarity.short import MOST_TOKENS, tied_short_texts
from analyzers.lib.similarity.tokens import Corpus, Indices, corpus

ALIKE = 80
"""Least `rapidfuzz.fuzz.ratio` (0 to 100) of two texts of one family: one word changed in six to
eight. On 100,000 generated texts of 15 words it gave recall and precision above .999, and .95 at
precision 1 with several edits in each text; 76 would give .98, but on real news titles it began to
join reports of different matches."""

_BLOCK = 1 << 17
"""Pairs whose letters are compared at once: posts that are much alike make ten million pairs."""


def families(
    texts: Sequence[str | None] | pl.Series, normals: pl.Series | None = None
) -> npt.NDArray[np.int64]:
    """Label each text with its family of near-duplicates, -1 for a text that has none.

    Texts are posts as written; `normals` are their normal texts where they are already known.
    Families are numbered from 0 by their first normal text in alphabetical order, so labels do
    not depend on the order of rows. Every member resembles its family's centre, so families do
    not chain from one text to a quite different one.
    """
    written = pl.Series(texts, dtype=pl.String)
    normals = (normal(written) if normals is None else normals).fill_null("")
    first, which = _different(normals)
    different = normals.gather(pl.Series(first))
    found, enough = corpus(different)
    copies = np.bincount(which, minlength=len(first))
    cut = np.zeros(len(first), dtype=np.bool_)
    cut[which[is_cut(written).arg_true().to_numpy()]] = True
    labels = np.full(len(first), -1, dtype=np.int64)
    labels[enough] = labelled(found, copies[enough], beginnings(found.texts, cut[enough]))
    return _numbered(different, labels)[which]


def _different(normals: pl.Series) -> tuple[Indices, Indices]:
    """A row of each different text, and which of these texts each row has.

    Texts come by their hash, an order of their own whatever rows they are in. Of a million texts
    two different ones have one hash of 64 bits once in 37 million times.
    """
    hashes = normals.hash(seed=0).to_numpy()
    order = np.argsort(hashes)
    ordered = hashes[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    which = np.empty(len(order), dtype=np.int64)
    which[order] = np.cumsum(new) - 1
    return order[new], which


def said(normals: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How many words of two letters or more each text has, and how many letters.

    What `corpus` judges by whether a text says enough, for those who add texts up of parts.
    """
    words = normals.str.count_matches(r"[\p{L}\p{M}\p{N}]{2,}").fill_null(0)
    return words, normals.str.count_matches(r"[\p{L}\p{N}]").fill_null(0)


def labelled(texts: Corpus, copies: Indices, begun: Sequence[str] = ()) -> Indices:
    """A label per distinct text, -1 for one that occurs once (`copies`) and resembles no other.

    What `families` does once texts are cut into tokens, in no order of labels. `begun` is what is
    whole of each text that the platform cut, "" for others; nothing when none is cut.
    """
    begun = list(begun) or [""] * len(texts)
    pairs = np.concatenate(
        [
            _verified(texts, neighbours(texts)),
            tied_short_texts(texts),
            tied_by_beginning(texts.texts, begun),
        ]
    )
    labels = around_centres(texts.texts, distinct(pairs, len(texts)), copies, begun)
    more = _verified(texts, missed(texts, labels), in_any_order=True)
    if len(more):
        both = distinct(np.concatenate([pairs, more]), len(texts))
        labels = around_centres(texts.texts, both, copies, begun)
    alone = np.flatnonzero((labels < 0) & (copies > 1))
    labels[alone] = labels.max(initial=-1) + 1 + np.arange(len(alone))
    return labels


def _verified(texts: Corpus, pairs: Pairs, *, in_any_order: bool = False) -> Pairs:
    """Keep the pairs whose letters are alike; two short texts need the other kind of proof.

    `in_any_order` also keeps those whose words are alike once they are sorted.
    """
    from rapidfuzz import fuzz, process

    short = (texts.lengths <= MOST_TOKENS) & ~texts.unspaced
    pairs = pairs[~short[pairs].all(axis=1)]
    letters = texts.texts.str.len_chars().to_numpy().astype(np.int64)[pairs]
    pairs = pairs[200 * letters.min(axis=1) >= ALIKE * letters.sum(axis=1)]  # else never alike
    every = texts.texts.to_list()
    kept = np.zeros(len(pairs), dtype=np.bool_)
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK]
        left, right = ([every[row] for row in side] for side in block.T.tolist())
        for ratio in (fuzz.ratio, fuzz.token_sort_ratio) if in_any_order else (fuzz.ratio,):
            score = process.cpdist(left, right, scorer=ratio, score_cutoff=ALIKE, workers=-1)
            kept[start : start + _BLOCK] |= np.asarray(score) >= ALIKE
    return pairs[kept]


def _numbered(normals: pl.Series, labels: Indices) -> Indices:
    """Number families anew, by the first of their normal texts in alphabetical order."""
    members = pl.DataFrame({"label": labels, "normal": normals}).filter(pl.col("label") >= 0)
    firsts = members.group_by("label").agg(pl.col("normal").min()).sort("normal")["label"]
    number = np.full(labels.max(initial=-1) + 2, -1, dtype=np.int64)  # the last stands for -1
    number[firsts.to_numpy()] = np.arange(len(firsts))
    return number[labels]
