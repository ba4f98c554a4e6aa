"""The first question: do these accounts act together? Established, not established, cannot tell."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.model.case import Case
from analyzers.model.finding import Strength
from analyzers.model.report import Confidence, Coordination, StepReport, Verdict
from analyzers.model.target import shown
from analyzers.model.text import Probability, Text, plural

ESTABLISHED_P = 0.01
"""The tie's p must reach this. It is the smallest that 99 shuffles can give, so every single
shuffle has to fail to produce a cohort as large."""

ESTABLISHED_SIGNS = 2
"""The texts, and at least one other kind of sign: see `_coordination`."""

ESTABLISHED_MEMBERS = 5
"""Fewer accounts than this may share a sentence by chance or by copying one another once."""

FEWEST_AUTHORS = 5
"""With fewer authors in scope nothing can be said about who acts together with whom."""

BLOCKS: dict[str, str] = {
    "template": "text",
    "duplicates": "text",
    "interests": "text",
    "topic_shift": "text",
    "timeline": "time",
    "cadence": "time",
    "activation": "time",
    "languages": "language",
    "language_switch": "language",
    "client": "identity",
    "creation": "identity",
    "profile_language": "identity",
    "audience": "audience",
    "other_targets": "network",
    "network": "network",
}
"""Steps whose findings depend on each other form a block, which speaks once."""

MODERATE_BLOCKS = 2
MODERATE_COMPARISON = 30
"""Moderate confidence asks for two independent kinds of sign, and a comparison large enough that a
share in it has an interval narrower than about 36 points (Wilson, n = 30, worst case)."""


def verdict(case: Case, in_scope: int, authors: int, steps: Sequence[StepReport]) -> Verdict:
    """Answer the first question in words, with the confidence and what it rests on."""
    signs = _signs(case, steps)
    coordination = _coordination(case, authors, signs)
    confidence, because = _confidence(case, signs)
    return Verdict(
        coordination=coordination,
        statement=_statement(case, coordination, in_scope, authors),
        confidence=confidence,
        because=because,
        disclaimer=Text(
            "This does not identify who is behind these accounts, and a language is no evidence "
            "of where anyone comes from."
        ),
        flags=_flags(case),
        banner=_banner(case),
    )


def _signs(case: Case, steps: Sequence[StepReport]) -> frozenset[str]:
    """The independent kinds of sign that set the cohort apart, the texts that tie it included."""
    signs = {
        BLOCKS[step.id]
        for step in steps
        if step.id in BLOCKS and step.strength >= Strength.MODERATE
    }
    tie = case.cohort.tie
    by_texts = case.selected_by("template")
    if by_texts and tie is not None and tie.p is not None and tie.p <= ESTABLISHED_P:
        signs.add("text")
        if "rotation" in case.cohort.signals:
            signs.add("time")
    return frozenset(signs)


def _coordination(case: Case, authors: int, signs: frozenset[str]) -> Coordination:
    """Established asks for a tie of texts, and for one more kind of sign.

    Shuffled texts exclude chance, not imitation: people who copied a text whose source is not in
    the data share it too, and nothing else need set them apart from ordinary accounts. Accounts
    that only act alike are never said to be coordinated: exchanged posts exclude chance, not a
    circle of friends who are notified of the same things.
    """
    cohort = case.cohort
    if not cohort.members:
        searched = case.dataset.has("posts.text") and authors >= FEWEST_AUTHORS
        return "not_established" if searched else "cannot_tell"
    if cohort.named_by_person or cohort.tie is None or cohort.tie.p is None or case.acts_alike:
        return "cannot_tell"
    if len(cohort) < ESTABLISHED_MEMBERS or not len(case.comparison) or "text" not in signs:
        return "not_established"
    return "established" if len(signs) >= ESTABLISHED_SIGNS else "cannot_tell"


def _statement(case: Case, coordination: Coordination, in_scope: int, authors: int) -> Text:
    where = _where(case)
    if not case.cohort.members:
        return _nobody(case, coordination, in_scope, authors, where)
    members = len(case.cohort)
    if case.cohort.named_by_person:
        return plural(
            "One account was named by a person. Whether it acts together with others cannot be "
            "told from that.",
            "{n} accounts were named by a person. Whether they act together cannot be told from "
            "that list alone.",
            members,
        )
    if case.acts_alike:
        return _alike(case, where)
    if coordination == "established":
        assert case.cohort.tie is not None
        assert case.cohort.tie.p is not None
        return Text(
            "Coordination is established: {members} accounts posted near-identical texts {where}, "
            "and no shuffled version of the same posts produced such a group ({p}).",
            members=members,
            where=where,
            p=Probability(case.cohort.tie.p),
        )
    if coordination == "cannot_tell" and len(case.comparison):
        return Text(
            "{members} accounts posted near-identical texts {where}. Nothing else sets them apart "
            "from ordinary accounts, so they may have copied a source that this data does not "
            "show: whether they act together cannot be told.",
            members=members,
            where=where,
        )
    if coordination == "cannot_tell":
        return Text(
            "{members} accounts posted near-identical texts {where}. Whether they act together "
            "cannot be told, because this data holds no ordinary accounts to compare them with.",
            members=members,
            where=where,
        )
    return Text(
        "Coordination is not established: {members} accounts posted near-identical texts {where}, "
        "which is too few, or too close to what chance gives, to say that they act together.",
        members=members,
        where=where,
    )


def _alike(case: Case, where: Text) -> Text:
    tie = case.cohort.tie
    assert tie is not None
    assert tie.p is not None
    return Text(
        "{members} accounts pass on the same things at the same times {where}, more than chance "
        "allows ({p}), in words of their own. People who are notified of the same posts do so too: "
        "whether they agreed on it cannot be told.",
        members=len(case.cohort),
        where=where,
        p=Probability(tie.p),
    )


def _nobody(
    case: Case, coordination: Coordination, in_scope: int, authors: int, where: Text
) -> Text:
    if not case.dataset.has("posts.text"):
        return Text(
            "Whether anyone acts together cannot be told: this data holds no texts, which the "
            "search compares."
        )
    if coordination == "cannot_tell":
        return Text(
            "Whether anyone acts together cannot be told: there are {posts} posts {where} by "
            "{authors} accounts, too few to compare.",
            where=where,
            posts=in_scope,
            authors=authors,
        )
    if len(case.borderline) >= ESTABLISHED_MEMBERS:
        return Text(
            "Coordination is not established: among {authors} accounts that posted {where}, "
            "{doubtful} share texts that may have a public source, which this data does not show. "
            "Read them before concluding either way.",
            authors=authors,
            where=where,
            doubtful=len(case.borderline),
        )
    if case.explained:
        return Text(
            "Coordination is not established: among {authors} accounts that posted {where}, the "
            "texts that several share have an ordinary explanation.",
            authors=authors,
            where=where,
        )
    return Text(
        "Coordination is not established: among {authors} accounts that posted {where}, no group "
        "shares a text beyond what ordinary posts do.",
        authors=authors,
        where=where,
    )


def _where(case: Case) -> Text:
    """Where the posts in question stand: about the targets, or anywhere in the data."""
    if not case.targets:
        return Text("in this data")
    return Text("about {targets}", targets=tuple(shown(target) for target in case.targets))


def _confidence(case: Case, signs: frozenset[str]) -> tuple[Confidence, Text]:
    if not len(case.comparison):
        return "low", Text("there are no ordinary accounts on the same subject to compare with.")
    if case.cohort.named_by_person:
        return "low", Text("a person chose the accounts, so the data cannot vouch for the choice.")
    if not case.cohort.members:
        return "low", Text(
            "the search compares texts, and what accounts pass on at the same times; coordination "
            "by other means would not show here."
        )
    count = len(signs)
    enough = len(case.comparison) >= MODERATE_COMPARISON
    if count >= MODERATE_BLOCKS and enough:
        return "moderate", Text(
            "{blocks} independent kinds of sign agree, set against up to {others} ordinary "
            "accounts.",
            blocks=count,
            others=len(case.comparison),
        )
    if not count:
        return "low", Text(
            "no kind of sign stands out clearly against {others} ordinary accounts.",
            others=len(case.comparison),
        )
    return "low", plural(
        "one kind of sign alone stands out, set against {others} ordinary accounts.",
        "{n} independent kinds of sign agree, but set against {others} ordinary accounts only.",
        count,
        others=len(case.comparison),
    )


def _flags(case: Case) -> tuple[str, ...]:
    flags = []
    if case.cohort.named_by_person:
        flags.append("cohort_named_by_person")
    if case.cohort.members and not len(case.comparison):
        flags.append("no_comparison")
    if 0 < len(case.cohort) < ESTABLISHED_MEMBERS:
        flags.append("few_accounts")
    return tuple(flags)


def _banner(case: Case) -> Text | None:
    if not case.cohort.named_by_person:
        return None
    if case.cohort.ground and case.cohort.left_out:
        return Text(
            "A person named these accounts and left {out} out, on this ground: {ground}. Whoever "
            "was left out counts on neither side. The data did not make the choice, nothing below "
            "shows that it is right, and that the accounts act together is not tested any more.",
            out=len(case.cohort.left_out),
            ground=case.cohort.ground,
        )
    if case.cohort.ground:
        return Text(
            "A person named these accounts, on this ground: {ground}. The data did not select "
            "them, and nothing below shows that the choice is right.",
            ground=case.cohort.ground,
        )
    return Text(
        "A person named these accounts without giving a ground. The data did not select them, and "
        "nothing below shows that the choice is right."
    )
