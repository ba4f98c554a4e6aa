"""What speaks for which explanation: one line a sign, its direction declared, its size fitted.

A sign reads one number of one step and turns it into a level from -1 (plainly absent) to +1
(plainly present), 0 where the data says nothing. For each explanation it is declared whether the
sign's presence speaks for it (`+`) or against it (`-`); `make calibrate` fits how much, never the
direction. Reasons stand in words beside each sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from typing import Literal, TypeAlias

from analyzers.model.text import Percent, Share, Text, Value
from analyzers.weigh.seen import Number, Seen

Block: TypeAlias = Literal["search", "time", "language", "identity", "audience", "network"]
"""Signs of one block depend on each other: fitted jointly, then tempered together."""

Form: TypeAlias = Literal["share", "mean", "number"]
"""How a sign's numbers are written: k of n accounts or posts, a mean share, or a plain number."""

SMALL = 2.0
"""A level over n items is shrunk by n / (n + 2): two accounts say half of what many would."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One number of one step, the levels at which it is plainly absent and present, and for whom.

    `name` is "step.measure". `scale` says how the number is read: as it is, as its excess over the
    comparison's, or as the logarithm of its ratio to that. `absent` and `present` are the values
    that give -1 and +1; levels between are linear. `speaks` maps explanations to "+" or "-";
    those not named are indifferent. `barred` are the cohort signals that make it describe only.
    `says` is the sentence with {ours} and {theirs}.
    """

    name: str
    block: Block
    scale: Literal["value", "excess", "ratio"]
    absent: float
    present: float
    speaks: Mapping[str, Literal["+", "-"]]
    says: Text
    form: Form = "share"
    barred: tuple[str, ...] = ()
    describes_too: bool = False
    """Read although its step describes: it did not select anyone (see the reason beside it)."""

    @property
    def step(self) -> str:
        return self.name.partition(".")[0]

    def level(self, seen: Seen) -> float:
        """How present the sign is, -1 to 1; 0 where the case does not show it."""
        number = seen.measures.get(self.name)
        if number is None or not number.n or self._barred(seen):
            return 0.0
        value = self._scaled(number)
        if value is None:
            return 0.0
        return _between(value, self.absent, self.present) * number.n / (number.n + SMALL)

    def sentence(self, seen: Seen) -> Text:
        """The sign in words, with the case's own numbers."""
        number = seen.measures[self.name]
        return filled(
            self.says,
            {
                "ours": self._written(number.value, number.n),
                "theirs": self._written(number.baseline or 0.0, 0),
            },
        )

    def _barred(self, seen: Seen) -> bool:
        if self.step in seen.describing and not self.describes_too:
            return True
        return any(signal in seen.signals for signal in self.barred)

    def _scaled(self, number: Number) -> float | None:
        if self.scale == "value":
            return number.value
        if number.baseline is None:
            return None
        if self.scale == "excess":
            return number.value - number.baseline
        if number.value <= 0 or number.baseline <= 0:
            return None
        return log(number.value / number.baseline)

    def _written(self, value: float, n: int) -> Value:
        if self.form == "number":
            return round(value, 1) if value < 10 else round(value)
        if self.form == "share" and n:
            return Share(round(value * n), n)
        return Percent(value)


def _between(value: float, absent: float, present: float) -> float:
    """-1 at `absent`, +1 at `present`, linear between and flat beyond."""
    return max(-1.0, min(1.0, 2 * (value - absent) / (present - absent) - 1))


@dataclass(frozen=True, slots=True)
class Searched:
    """A sign read off the search for the cohort itself, which is weighed once."""

    name: str
    read: Callable[[Seen], float]
    speaks: Mapping[str, Literal["+", "-"]]
    says: Text
    """Said when the sign is present; `says_not` when it is absent."""
    says_not: Text
    block: Block = "search"

    def level(self, seen: Seen) -> float:
        return self.read(seen)

    def sentence(self, seen: Seen) -> Text:
        chosen = self.says if self.read(seen) > 0 else self.says_not
        numbers: dict[str, Value] = {
            "members": seen.members,
            "shown": seen.shown,
            "doubtful": seen.doubtful,
        }
        return filled(chosen, numbers)


def filled(sentence: Text, values: Mapping[str, Value]) -> Text:
    """The sentence with those of the values that it has a place for."""
    return Text(
        sentence.msgid,
        _plural=None,
        _count=None,
        **{name: value for name, value in values.items() if f"{{{name}}}" in sentence.msgid},
    )


AnySign: TypeAlias = Sign | Searched

_HANDS = ("rented_farm", "scripted_network", "single_operator", "compromised_accounts")


def _for(*mechanisms: str) -> dict[str, Literal["+", "-"]]:
    return dict.fromkeys(mechanisms, "+")


def _against(*mechanisms: str) -> dict[str, Literal["+", "-"]]:
    return dict.fromkeys(mechanisms, "-")


def _tie(seen: Seen) -> float:
    if not seen.searched or seen.named:
        return 0.0  # nothing to shuffle with, or a person chose: no evidence either way
    return 1.0 if seen.members else -1.0


def _enough(count: int, fewest: float, plenty: float) -> float:
    return _between(float(count), fewest, plenty)


SEARCHED: tuple[Searched, ...] = (
    # Chance and a common stimulus seldom tie accounts by a text that nobody else has; agreement
    # of any kind often does. An open campaign may do either: its call is usually on show.
    Searched(
        "search.tie",
        _tie,
        _for("community_raid", *_HANDS) | _against("coincidence"),
        Text("{members} accounts share texts beyond what shuffled posts give."),
        Text("The search ties no accounts by their texts."),
    ),
    # A text that stood in a visible post before others wrote it can be copied by anybody.
    Searched(
        "search.shown",
        lambda seen: _enough(seen.shown, 2, 10) if seen.searched else 0.0,
        _for("coincidence", "open_campaign") | _against(*_HANDS, "community_raid"),
        Text("{shown} accounts share a text that an older post on show has, so it can be copied."),
        Text("No text that many accounts share stands in an older post on show."),
    ),
    # Titles of pages, or texts under a hashtag that others use: openly shared, though the source
    # itself is not in the data.
    Searched(
        "search.doubtful",
        lambda seen: _enough(seen.doubtful, 2, 12) if seen.searched else 0.0,
        _for("open_campaign") | _against(*_HANDS),
        Text("{doubtful} accounts share texts that probably have a public source."),
        Text("Hardly any account shares a text of which a public source is only likely."),
    ),
)

SIGNS: tuple[Sign, ...] = (
    # -- what ties the accounts, weighed once; links and hashtags selected nobody
    Sign(
        "template.model_links",
        "search",
        "value",
        0.1,
        0.8,
        _for("open_campaign") | _against("community_raid", *_HANDS),
        Text("{ours} of the shared posts lead to a page, against {theirs} of ordinary ones."),
        describes_too=True,
    ),
    Sign(
        "template.model_hashtag",
        "search",
        "excess",
        0.1,
        0.8,
        _for("open_campaign") | _against("community_raid", *_HANDS),
        Text(
            "{ours} of the shared posts stand under one hashtag that anybody can follow; "
            "{theirs} of ordinary posts do."
        ),
        describes_too=True,
    ),
    # -- time
    # People keep no even gaps between one another's posts; rosters and schedules do.
    Sign(
        "timeline.gap_cv",
        "time",
        "value",
        1.1,
        0.5,
        _for("rented_farm", "scripted_network", "single_operator")
        | _against("coincidence", "community_raid", "open_campaign"),
        Text("Gaps between the posts vary by {ours} (0 for a clock), against {theirs}."),
        form="number",
        barred=("rotation",),
    ),
    # Software posts at a fixed second of the minute, fingers do not. Even gaps, which may have
    # selected the accounts, are blind to the second.
    Sign(
        "timeline.one_second",
        "time",
        "excess",
        0.05,
        0.4,
        _for("scripted_network")
        | _against(
            "coincidence",
            "open_campaign",
            "community_raid",
            "compromised_accounts",
            "rented_farm",
            "single_operator",
        ),
        Text(
            "{ours} of the posts fall on one second of the minute, against {theirs} among as many "
            "ordinary posts."
        ),
        describes_too=True,
    ),
    # Several accounts within ten seconds: software, or a crowd at a call; never one pair of hands.
    Sign(
        "timeline.at_once",
        "time",
        "excess",
        0.0,
        0.4,
        _for("scripted_network", "community_raid", "open_campaign", "coincidence")
        | _against("single_operator", "rented_farm"),
        Text(
            "{ours} of the posts come within ten seconds of another account's, against {theirs} "
            "among as many ordinary posts."
        ),
        describes_too=True,
    ),
    # Whoever types sleeps; pools in many time zones and software do not.
    Sign(
        "timeline.night_posts",
        "time",
        "excess",
        -0.02,
        0.15,
        _for("rented_farm", "scripted_network", "compromised_accounts")
        | _against("single_operator", "community_raid", "open_campaign", "coincidence"),
        Text(
            "{ours} of the posts come in the night hours of ordinary accounts; {theirs} of theirs."
        ),
        describes_too=True,
    ),
    # A handful of minutes between turns is one person switching accounts, or a short schedule; a
    # rented pool takes its time, and an hour is what the press reported of one.
    Sign(
        "timeline.median_gap_minutes",
        "time",
        "value",
        8.0,
        40.0,
        _for("rented_farm", "compromised_accounts")
        | _against("single_operator", "scripted_network"),
        Text("The median gap between the accounts' posts is {ours} minutes, against {theirs}."),
        form="number",
        describes_too=True,
    ),
    # Runs at one pace and posts on one minute of the hour come from schedulers and software.
    Sign(
        "cadence.regular_runs",
        "time",
        "excess",
        0.0,
        0.4,
        _for("scripted_network", "rented_farm")
        | _against("community_raid", "compromised_accounts"),
        Text("{ours} of the accounts post in runs at an even pace, against {theirs}."),
    ),
    Sign(
        "cadence.one_minute",
        "time",
        "excess",
        0.0,
        0.4,
        _for("scripted_network")
        | _against("rented_farm", "single_operator", "community_raid", "compromised_accounts"),
        Text("{ours} of the accounts favour one minute of the hour, against {theirs}."),
    ),
    # Pools are woken for the job.
    Sign(
        "activation.activated",
        "time",
        "excess",
        0.0,
        0.5,
        _for("rented_farm", "scripted_network") | _against("community_raid", "single_operator"),
        Text("{ours} of the accounts turned to attacks late or after silence, against {theirs}."),
    ),
    # -- language
    # Accounts that live in other languages and attack in one they hardly use are pools, or taken.
    Sign(
        "languages.audience_share",
        "language",
        "excess",
        -0.1,
        -0.6,
        _for("rented_farm", "scripted_network", "compromised_accounts")
        | _against("coincidence", "open_campaign", "community_raid", "single_operator"),
        Text(
            "{ours} of what the accounts write elsewhere is in the language of the attack, against "
            "{theirs} for ordinary accounts."
        ),
        form="mean",
    ),
    Sign(
        "language_switch.switched",
        "language",
        "excess",
        0.0,
        0.3,
        _for("rented_farm", "compromised_accounts") | _against("community_raid", "single_operator"),
        Text("{ours} of the accounts changed language, against {theirs}."),
    ),
    # -- identity
    # Software signs its posts, unless it hides; newsrooms use services too.
    Sign(
        "client.automation_clients",
        "identity",
        "excess",
        0.05,
        0.5,
        _for("scripted_network", "open_campaign")
        | _against("community_raid", "compromised_accounts", "single_operator", "rented_farm"),
        Text("{ours} of the accounts used a client known to post by itself, against {theirs}."),
    ),
    Sign(
        "client.client_share",
        "identity",
        "excess",
        0.15,
        0.55,
        _for(*_HANDS) | _against("coincidence", "open_campaign", "community_raid"),
        Text("{ours} of the accounts mainly used one and the same client, against {theirs}."),
    ),
    # An app that sent none of an account's other posts may be in somebody else's hands.
    Sign(
        "client.unused_elsewhere",
        "identity",
        "excess",
        0.1,
        0.5,
        _for("compromised_accounts") | _against(*_HANDS[:3], "community_raid", "open_campaign"),
        Text(
            "{ours} of the accounts attacked with a client that sent none of their other posts, "
            "against {theirs}."
        ),
    ),
    Sign(
        "creation.created_before_attack",
        "identity",
        "excess",
        0.02,
        0.25,
        _for("rented_farm", "single_operator", "scripted_network", "open_campaign")
        | _against("compromised_accounts", "community_raid"),
        Text("{ours} of the accounts were created in the weeks before, against {theirs}."),
    ),
    # Made one after another, or in one go: software, or one person's afternoon.
    Sign(
        "creation.created_same_day",
        "identity",
        "excess",
        0.1,
        0.6,
        _for("scripted_network", "single_operator")
        | _against("compromised_accounts", "community_raid", "open_campaign", "rented_farm"),
        Text(
            "{ours} of the accounts were created within a day of another one, against {theirs} "
            "among as many ordinary ones."
        ),
    ),
    Sign(
        "creation.median_age_days",
        "identity",
        "ratio",
        -0.9,
        0.3,
        _for("compromised_accounts", "community_raid", "open_campaign")
        | _against("scripted_network", "single_operator", "rented_farm"),
        Text("The accounts are {ours} days old in the middle, ordinary ones {theirs}."),
        form="number",
    ),
    Sign(
        "profile_language.audience_language",
        "identity",
        "excess",
        -0.1,
        -0.6,
        _for("rented_farm", "scripted_network", "compromised_accounts")
        | _against("coincidence", "open_campaign", "community_raid", "single_operator"),
        Text("{ours} of the accounts are set to the language of the attack, against {theirs}."),
    ),
    # -- audience
    Sign(
        "audience.audience_language",
        "audience",
        "excess",
        -0.1,
        -0.5,
        _for("rented_farm", "scripted_network", "compromised_accounts")
        | _against("coincidence", "open_campaign", "community_raid", "single_operator"),
        Text(
            "{ours} of the accounts' followers are set to the attack's language, against {theirs}."
        ),
        form="mean",
    ),
    # Accounts that must look alive follow back whoever follows; people choose.
    Sign(
        "audience.follow_back",
        "audience",
        "excess",
        0.1,
        0.35,
        _for("rented_farm", "scripted_network", "single_operator")
        | _against("compromised_accounts", "community_raid", "open_campaign", "coincidence"),
        Text("The accounts follow back {ours} of their followers, ordinary ones {theirs}."),
        form="mean",
    ),
    # People of one community, and one person's accounts, follow one another; a pool's do not.
    Sign(
        "audience.follow_inside",
        "audience",
        "excess",
        0.02,
        0.25,
        _for("community_raid", "single_operator", "open_campaign")
        | _against("rented_farm", "compromised_accounts", "coincidence"),
        Text("Each account follows {ours} of the others here, against {theirs}."),
        form="mean",
    ),
    Sign(
        "audience.created_together",
        "audience",
        "excess",
        0.05,
        0.4,
        _for("scripted_network") | _against("compromised_accounts", "community_raid"),
        Text("{ours} of their followers were created within four weeks, against {theirs}."),
    ),
    # -- network
    Sign(
        "network.tied_pairs",
        "network",
        "excess",
        0.0,
        0.1,
        _for("rented_farm", "scripted_network", "open_campaign")
        | _against("coincidence", "community_raid", "compromised_accounts", "single_operator"),
        Text("{ours} of the pairs act alike in more than their texts here, against {theirs}."),
        form="mean",
    ),
    # People who know each other talk to each other.
    Sign(
        "network.address_inside",
        "network",
        "excess",
        0.0,
        0.3,
        _for("community_raid") | _against(*_HANDS, "coincidence"),
        Text("{ours} of the accounts speak to another one of the group, against {theirs}."),
        barred=("acquaintance",),
    ),
    Sign(
        "other_targets.involved_accounts",
        "network",
        "excess",
        0.1,
        0.5,
        _for("rented_farm") | _against("community_raid", "compromised_accounts", "single_operator"),
        Text("{ours} of the accounts address the same other people, against {theirs}."),
    ),
    # Texts copied between the accounts' timelines: a pool filled from one stock.
    Sign(
        "duplicates.shared_posts",
        "network",
        "excess",
        0.03,
        0.25,
        _for("rented_farm", "scripted_network")
        | _against("community_raid", "compromised_accounts", "single_operator", "coincidence"),
        Text("{ours} of their other posts are in several of the accounts, against {theirs}."),
        form="mean",
    ),
    # Titles with links that several run: outlets and people who share news.
    Sign(
        "duplicates.public_source",
        "network",
        "excess",
        0.05,
        0.4,
        _for("open_campaign") | _against(*_HANDS, "community_raid"),
        Text("{ours} of their other posts repeat titles of pages or quotations, against {theirs}."),
        form="mean",
    ),
)

EVERY: tuple[AnySign, ...] = (*SEARCHED, *SIGNS)
"""All signs, in a fixed order: weights are kept by name."""
