"""Names of clients that post by themselves: schedulers, feeds, crossposters and the like."""

from __future__ import annotations

AUTOMATION = frozenset(
    {
        # feeds and rules that post when something is published elsewhere
        "dlvr.it",
        "echobox",
        "echobox social",
        "feedpress",
        "ifttt",
        "integromat",
        "microsoft power platform",
        "rss2twitter",
        "rssground.com",
        "socialflow",
        "true anthem",
        "twibble.io",
        "twitterfeed",
        "wordpress.com",
        "zapier.com",
        # queues and schedulers
        "blog2social app",
        "buffer",
        "contentstudio.io",
        "hootsuite",
        "hootsuite inc.",
        "hubspot",
        "meetedgar",
        "missinglettr",
        "postcron app",
        "publer.io",
        "recurpost",
        "revive social app",
        "smarterqueue",
        "social jukebox",
        "socialoomph",
        "socialpilot.co",
        "sprinklr",
        "sprinklr publishing",
        "sprout social",
        "statusbrew",
        "swat.io",
        "tweet jukebox",
        # services that host accounts that write by themselves
        "botize",
        "bot libre!",
        "cheap bots, done quick!",
        "crowdfire app",
        "crowdfire - go big",
        "roundteam",
        "twittascope",
        "twittbot.net",
        # crossposters between platforms
        "mastodon-twitter crossposter",
        "mastodon twitter crossposter",
        "moa bridge",
    }
)
"""Lower-case names as the platform shows them. The kinds are those of Chu, Gianvecchio, Wang and
Jajodia (2012, "Detecting automation of Twitter accounts: are you a human, bot, or cyborg?", IEEE
TDSC 9(6)), who count feed readers, auto-posters and schedulers as automated and browsers and phones
as manual; the names are those the services give themselves. Left out on purpose: TweetDeck and
Tweetbot, which people type into. To extend: add the exact name, in lower case, under its kind."""


def is_automation(client: str) -> bool:
    """Whether a client is known to post by itself; many such clients serve newsrooms and shops."""
    return client.strip().casefold() in AUTOMATION
