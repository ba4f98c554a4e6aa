"""What can be turned about a simulated case: its size, how plain its signs are, what is missing.

Three dials choose a *variant* of the generator: the grammar of shared texts, the rhythm of posting
and the ages of accounts. Weights fitted on some variants are judged on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias

Grammar: TypeAlias = Literal["slots", "clauses", "typed"]
"""A sentence with places to fill, clauses in changing order, or one sentence typed anew."""
Rhythm: TypeAlias = Literal["roster", "drift", "sessions"]
"""Even gaps, gaps of chance, or some posts in a row and then a rest."""
Ages: TypeAlias = Literal["waves", "steady", "newcomers"]
"""Accounts made in waves, evenly over the years, or many of them lately."""
Mood: TypeAlias = Literal["debate", "anger"]
"""What the crowd around the case is like."""
Field: TypeAlias = Literal["client", "profile_language", "created_at"]
"""What an export may lack: the posts' client, the accounts' interface language and creation."""

GRAMMARS: tuple[Grammar, ...] = ("slots", "clauses", "typed")
RHYTHMS: tuple[Rhythm, ...] = ("roster", "drift", "sessions")
AGES: tuple[Ages, ...] = ("waves", "steady", "newcomers")
FIELDS: tuple[Field, ...] = ("client", "profile_language", "created_at")

LARGEST = 3_000
"""Posts of a drawn case at most, so that thousands of them can be judged."""
SMALLEST = 1_000
"""Fewer posts leave too few ordinary people beside the largest groups."""


@dataclass(frozen=True, slots=True)
class Dials:
    """One case, before chance fills it in. `dataclasses.replace` turns single dials.

    `members` is the number of accounts that share words (in an outrage: of strangers who copy the
    slogan). `strength`, 0 to 1, is the share of members who do what is typical of the scenario.
    `languages` (ISO 639-1) are those in which members live whose language is not the target's.
    Without `timelines` nobody's was collected; without `beside` no followers and no statuses.
    `call` says whether the post that started it all is in the data. `noise` is the share of the
    members' posts that a search missed; as many ordinary people repeat a post as this share of
    the members.
    """

    posts: int
    members: int
    strength: float
    languages: tuple[str, ...]
    grammar: Grammar
    rhythm: Rhythm
    ages: Ages
    mood: Mood
    call: bool
    noise: float
    timelines: bool = True
    beside: bool = True
    missing: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """What chance may choose for one scenario: how many members, and their languages."""

    fewest: int
    most: int
    languages: tuple[str, ...] = ("ru", "sr", "es", "ar", "en", "el", "id")


def drawn(
    seed: int,
    within: Range,
    *,
    grammars: Sequence[Grammar] = GRAMMARS,
    rhythms: Sequence[Rhythm] = RHYTHMS,
    ages: Sequence[Ages] = AGES,
) -> Dials:
    """Dials that chance set, the same for the same seed, with variants from the given ones only.

    A quarter of the cases lack timelines, a third followers and statuses, and half of them some
    fields: the three together go missing in today's exports, one alone in older ones.
    """
    random = Random(f"dials:{seed}")
    lacking = random.random()
    missing: tuple[Field, ...] = ()
    if lacking < 0.3:
        missing = FIELDS
    elif lacking < 0.5:
        missing = (random.choice(FIELDS),)
    known = min(len(within.languages), random.randrange(2, 6))
    return Dials(
        posts=random.randrange(1_400, LARGEST + 1),
        members=random.randint(within.fewest, within.most),
        strength=random.uniform(0.5, 1.0),
        languages=tuple(random.sample(within.languages, known)),
        grammar=random.choice(grammars),
        rhythm=random.choice(rhythms),
        ages=random.choice(ages),
        mood=random.choice(("debate", "anger")),
        call=random.random() < 0.5,
        noise=random.uniform(0.0, 0.1),
        timelines=random.random() < 0.75,
        beside=random.random() < 0.67,
        missing=missing,
    )
