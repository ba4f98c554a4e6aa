"""Which platforms may be collected from, by the operator's settings."""

from __future__ import annotations

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.collect.bluesky import Bluesky
from bot.collect.handles import PLATFORMS, PlatformName
from bot.collect.mastodon import Mastodon
from bot.collect.platform import Platform
from bot.collect.x import X
from bot.config import CollectSettings

X_TERMS = Text(
    "X's developer terms forbid investigating or tracking its users without X's approval, so "
    "collecting from X is off until you have that and set {key} = true in the config.",
    key=Code("collect.x.acknowledge_terms"),
)


def turned_on(settings: CollectSettings) -> tuple[PlatformName, ...]:
    """The platforms that may be collected from."""
    x_allowed = settings.x.acknowledge_terms
    return tuple(
        name for name in PLATFORMS if getattr(settings, name).enabled and (name != "x" or x_allowed)
    )


def chosen(name: PlatformName, settings: CollectSettings) -> Platform:
    """The collector of a platform; raises `BadInput` where it is off, with the reason."""
    section = getattr(settings, name)
    if not section.enabled:
        raise BadInput(
            Text(
                "Collecting from {platform} is not turned on: set {key} = true in the config.",
                platform=Code(name),
                key=Code(f"collect.{name}.enabled"),
            )
        )
    match name:
        case "bluesky":
            return Bluesky(settings.bluesky)
        case "mastodon":
            return Mastodon(settings.mastodon)
        case "x":
            if not settings.x.acknowledge_terms:
                raise BadInput(X_TERMS)
            return X(settings.x)
