"""What speaks for which explanation: every sign, its direction declared and its reason in words."""

from __future__ import annotations

from analyzers.model.case import WHEN
from analyzers.model.text import Text
from analyzers.weigh.searched import SEARCHED
from analyzers.weigh.sign import HANDS, AnySign, Searched, Sign, contra, pro

__all__ = ["EVERY", "SEARCHED", "SIGNS", "AnySign", "Searched", "Sign"]

SIGNS: tuple[Sign, ...] = (
    # -- what ties the accounts, weighed once; links and hashtags selected nobody
    Sign(
        "template.model_links",
        "search",
        "value",
        0.1,
        0.8,
        pro("open_campaign") | contra("community_raid", *HANDS),
        Text("{ours} of the shared posts lead to a page, against {theirs} of ordinary ones."),
        describes_too=True,
        alone=Text("{ours} of the shared posts lead to a page."),
    ),
    Sign(
        "template.model_hashtag",
        "search",
        "excess",
        0.1,
        0.8,
        pro("open_campaign") | contra("community_raid", *HANDS),
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
        pro("rented_farm", "scripted_network", "single_operator")
        | contra("coincidence", "community_raid", "open_campaign"),
        Text("Gaps between the posts vary by {ours} (0 for a clock), against {theirs}."),
        form="number",
        alone=Text("Gaps between the posts vary by {ours} (0 for a clock)."),
        barred=("rotation", *WHEN),
    ),
    # Software posts at a fixed second of the minute, fingers do not. Even gaps, which may have
    # selected the accounts, are blind to the second.
    Sign(
        "timeline.one_second",
        "time",
        "excess",
        0.05,
        0.4,
        pro("scripted_network")
        | contra(
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
        pro("scripted_network", "community_raid", "open_campaign", "coincidence")
        | contra("single_operator", "rented_farm"),
        Text(
            "{ours} of the posts come within ten seconds of another account's, against {theirs} "
            "among as many ordinary posts."
        ),
        describes_too=True,
        barred=WHEN,
    ),
    # Whoever types sleeps; pools in many time zones and software do not.
    Sign(
        "timeline.night_posts",
        "time",
        "excess",
        -0.02,
        0.15,
        pro("rented_farm", "scripted_network", "compromised_accounts")
        | contra("single_operator", "community_raid", "open_campaign", "coincidence"),
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
        pro("rented_farm", "compromised_accounts") | contra("single_operator", "scripted_network"),
        Text("The median gap between the accounts' posts is {ours} minutes, against {theirs}."),
        form="number",
        alone=Text("The median gap between the accounts' posts is {ours} minutes."),
        describes_too=True,
    ),
    # Runs at one pace and posts on one minute of the hour come from schedulers and software.
    Sign(
        "cadence.regular_runs",
        "time",
        "excess",
        0.0,
        0.4,
        pro("scripted_network", "rented_farm") | contra("community_raid", "compromised_accounts"),
        Text("{ours} of the accounts post in runs at an even pace, against {theirs}."),
    ),
    Sign(
        "cadence.one_minute",
        "time",
        "excess",
        0.0,
        0.4,
        pro("scripted_network")
        | contra("rented_farm", "single_operator", "community_raid", "compromised_accounts"),
        Text("{ours} of the accounts favour one minute of the hour, against {theirs}."),
    ),
    # Pools are woken for the job.
    Sign(
        "activation.activated",
        "time",
        "excess",
        0.0,
        0.5,
        pro("rented_farm", "scripted_network") | contra("community_raid", "single_operator"),
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
        pro("rented_farm", "scripted_network", "compromised_accounts")
        | contra("coincidence", "open_campaign", "community_raid", "single_operator"),
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
        pro("rented_farm", "compromised_accounts") | contra("community_raid", "single_operator"),
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
        pro("scripted_network", "open_campaign")
        | contra("community_raid", "compromised_accounts", "single_operator", "rented_farm"),
        Text("{ours} of the accounts used a client known to post by itself, against {theirs}."),
    ),
    Sign(
        "client.client_share",
        "identity",
        "excess",
        0.15,
        0.55,
        pro(*HANDS) | contra("coincidence", "open_campaign", "community_raid"),
        Text("{ours} of the accounts mainly used one and the same client, against {theirs}."),
    ),
    # An app that sent none of an account's other posts may be in somebody else's hands.
    Sign(
        "client.unused_elsewhere",
        "identity",
        "excess",
        0.1,
        0.5,
        pro("compromised_accounts") | contra(*HANDS[:3], "community_raid", "open_campaign"),
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
        pro("rented_farm", "single_operator", "scripted_network", "open_campaign")
        | contra("compromised_accounts", "community_raid"),
        Text("{ours} of the accounts were created in the weeks before, against {theirs}."),
    ),
    # Made one after another, or in one go: software, or one person's afternoon.
    Sign(
        "creation.created_same_day",
        "identity",
        "excess",
        0.1,
        0.6,
        pro("scripted_network", "single_operator")
        | contra("compromised_accounts", "community_raid", "open_campaign", "rented_farm"),
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
        pro("compromised_accounts", "community_raid", "open_campaign")
        | contra("scripted_network", "single_operator", "rented_farm"),
        Text("The accounts are {ours} days old in the middle, ordinary ones {theirs}."),
        form="number",
    ),
    Sign(
        "profile_language.audience_language",
        "identity",
        "excess",
        -0.1,
        -0.6,
        pro("rented_farm", "scripted_network", "compromised_accounts")
        | contra("coincidence", "open_campaign", "community_raid", "single_operator"),
        Text("{ours} of the accounts are set to the language of the attack, against {theirs}."),
    ),
    # -- audience
    Sign(
        "audience.audience_language",
        "audience",
        "excess",
        -0.1,
        -0.5,
        pro("rented_farm", "scripted_network", "compromised_accounts")
        | contra("coincidence", "open_campaign", "community_raid", "single_operator"),
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
        pro("rented_farm", "scripted_network", "single_operator")
        | contra("compromised_accounts", "community_raid", "open_campaign", "coincidence"),
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
        pro("community_raid", "single_operator", "open_campaign")
        | contra("rented_farm", "compromised_accounts", "coincidence"),
        Text("Each account follows {ours} of the others here, against {theirs}."),
        form="mean",
        barred=("acquaintance",),
    ),
    Sign(
        "audience.created_together",
        "audience",
        "excess",
        0.05,
        0.4,
        pro("scripted_network") | contra("compromised_accounts", "community_raid"),
        Text("{ours} of their followers were created within four weeks, against {theirs}."),
    ),
    # -- network
    Sign(
        "network.tied_pairs",
        "network",
        "excess",
        0.0,
        0.1,
        pro("rented_farm", "scripted_network", "open_campaign")
        | contra("coincidence", "community_raid", "compromised_accounts", "single_operator"),
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
        pro("community_raid") | contra(*HANDS, "coincidence"),
        Text("{ours} of the accounts speak to another one of the group, against {theirs}."),
        barred=("acquaintance",),
    ),
    Sign(
        "other_targets.involved_accounts",
        "network",
        "excess",
        0.1,
        0.5,
        pro("rented_farm") | contra("community_raid", "compromised_accounts", "single_operator"),
        Text("{ours} of the accounts address the same other people, against {theirs}."),
    ),
    # Texts copied between the accounts' timelines: a pool filled from one stock.
    Sign(
        "duplicates.shared_posts",
        "network",
        "excess",
        0.03,
        0.25,
        pro("rented_farm", "scripted_network")
        | contra("community_raid", "compromised_accounts", "single_operator", "coincidence"),
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
        pro("open_campaign") | contra(*HANDS, "community_raid"),
        Text("{ours} of their other posts repeat titles of pages or quotations, against {theirs}."),
        form="mean",
    ),
)

EVERY: tuple[AnySign, ...] = (*SEARCHED, *SIGNS)
"""All signs, in a fixed order: weights are kept by name."""
