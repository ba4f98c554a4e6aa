"""What a reader may see of the text on a post card."""

from __future__ import annotations

from analyzers.model.figure import PostCard
from analyzers.model.text import Text
from analyzers.render.words import Words


def card_text(card: PostCard, words: Words) -> str:
    """All that the author wrote with the reveal right, else what several share; masked for all."""
    if words.disclosure.reveal and card.own:
        return words.disclosure.mask(card.own)
    if isinstance(card.text, Text):
        return words.say(card.text)
    return words.disclosure.mask(card.text)
