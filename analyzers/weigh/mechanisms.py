"""The rival explanations: nine ways in which a case can have come about, of which one is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text

Mechanism: TypeAlias = Literal[
    "coincidence",
    "open_campaign",
    "community_raid",
    "compromised_accounts",
    "rented_farm",
    "scripted_network",
    "single_operator",
    "decoy",
    "other",
]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One mechanism: what it is called, what it says of the accounts, what would change our mind.

    `clause` completes "We judge it likely (55–80 %) that …". Mechanisms exclude one another; where
    two seem to fit, the one earlier in the list wins, by who controls the accounts.
    """

    id: Mechanism
    name: Text
    clause: Text
    would_change: Text


EXPLANATIONS: tuple[Explanation, ...] = (
    Explanation(
        "coincidence",
        Text("Coincidence or a common stimulus"),
        Text(
            "nobody agreed on anything: the same event, or the way the data was collected, made "
            "these posts alike"
        ),
        Text(
            "Texts shared beyond what shuffled posts give, by accounts that also differ from "
            "ordinary ones in their rhythm, clients or ages."
        ),
    ),
    Explanation(
        "open_campaign",
        Text("An open campaign"),
        Text(
            "accounts that are what they claim agreed in the open: supporters, a petition, a share "
            "button, outlets of one group"
        ),
        Text(
            "A call, a page or a hashtag that nobody outside the group could see, or accounts that "
            "hide who runs them."
        ),
    ),
    Explanation(
        "community_raid",
        Text("A raid by a community"),
        Text("real people of one community went for the target together"),
        Text(
            "Members who never met: no talk among them, no follows, or accounts that all changed "
            "hands or language before the attack."
        ),
    ),
    Explanation(
        "compromised_accounts",
        Text("Accounts taken from their owners"),
        Text("accounts were used without their owners' knowledge"),
        Text(
            "Owners who say they wrote the posts themselves, or the same client and language in "
            "the attack as in the years before."
        ),
    ),
    Explanation(
        "rented_farm",
        Text("A rented farm of accounts"),
        Text("a pool of accounts, kept warm with other content, was turned on the target"),
        Text(
            "A life of their own behind the accounts: people who answer, readers in their "
            "language, subjects that outlast the attack. Whether they were bought or rented stays "
            "possible and weighs nothing: posts do not show it."
        ),
    ),
    Explanation(
        "scripted_network",
        Text("A network run by software"),
        Text("software drove accounts that were made for it"),
        Text(
            "Posts that wait for somebody to wake up, texts typed anew, and accounts made one by "
            "one over years."
        ),
    ),
    Explanation(
        "single_operator",
        Text("One operator with many accounts"),
        Text("a few people ran many accounts by hand"),
        Text(
            "Two of the accounts busy at the same moment again and again, or posts around the "
            "clock."
        ),
    ),
    Explanation(
        "decoy",
        Text("A decoy, planted to be found"),
        Text("a pool of accounts was planted so that somebody else would be blamed"),
        Text(
            "Evidence from outside the posts: who paid, who profits from the discovery. The posts "
            "alone cannot tell a decoy from a rented farm."
        ),
    ),
    Explanation(
        "other",
        Text("Something else"),
        Text("something that none of these explanations describes is behind it"),
        Text("Any of the other explanations fitting the signs well."),
    ),
)

OPEN: frozenset[Mechanism] = frozenset(("coincidence", "open_campaign"))
"""Explanations that accuse nobody of hiding anything. Everything else, summed, is an accusation."""

HIDDEN: frozenset[Mechanism] = frozenset(
    ("compromised_accounts", "rented_farm", "scripted_network", "single_operator", "decoy")
)
"""Accounts that are not what they claim. Where the data cannot say which of these it is, the
verdict retreats to the group, "hidden coordination"."""

PRIOR: Mapping[Mechanism, float] = {
    "coincidence": 0.42,
    "open_campaign": 0.20,
    "community_raid": 0.12,
    "compromised_accounts": 0.03,
    "rented_farm": 0.08,
    "scripted_network": 0.05,
    "single_operator": 0.05,
    "decoy": 0.02,
    "other": 0.03,
}
"""What is believed before looking, for a team that is asked about an attack. No count of such
requests is published, so this is a judgement: more than six in ten are ordinary people or open
campaigns, a raid is commoner than anything hidden, and decoys are rare (VIGINUM has documented a
few). `[analysis.prior]` in the config replaces it; what survives a factor of three either way is
said to be robust, and nothing else."""


def explanation(mechanism: str) -> Explanation:
    """The explanation with this id; KeyError for an unknown one."""
    for each in EXPLANATIONS:
        if each.id == mechanism:
            return each
    raise KeyError(mechanism)


def prior_of(given: Mapping[str, float] | None) -> dict[Mechanism, float]:
    """A complete prior that sums to 1, from weights a person gave (`None`: the usual one).

    Mechanisms left out keep their usual weight. Raises `BadInput` for an unknown name or a weight
    that is not above zero: what is held impossible beforehand no evidence could ever show.
    """
    weights: dict[Mechanism, float] = dict(PRIOR)
    for name, weight in (given or {}).items():
        known = next((each.id for each in EXPLANATIONS if each.id == name), None)
        if known is None:
            raise BadInput(
                Text(
                    "There is no explanation called {name}. There are {names}.",
                    name=Code(name),
                    names=tuple(Code(each.id) for each in EXPLANATIONS),
                )
            )
        if not 0 < weight < float("inf"):
            raise BadInput(
                Text("The prior of {name} must be a number above zero.", name=Code(name))
            )
        weights[known] = float(weight)
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
