"""One author's way of writing, and posts put together from words, mentions and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.ids import Mint
from analyzers.simulate.listing import listed

LONGEST = 240
"""Words of a post, leaving room for a mention and a link below X's limit of 280."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_HASHTAG = re.compile(r"#(\w+)")
_PLAIN = str.maketrans("àâäçéèêëîïôöùûüÀÂÇÉÈÊ", "aaaceeeeiioouuuAACEEE")
_SENTENCE = re.compile(r"(^|[.!?] +)([a-zàâçéèêîôœ])")
_EMOJI = listed("😂 🤣 😡 🙄 👏 😅 🤔 💪 😭 🙏 👀 🔥 ❤️ 😤 🤦 👍 😏 🥶 ☕ 🎉")


@dataclass(frozen=True, slots=True)
class Style:
    """Habits of one author: capitals, accents, a final point, emoji and doubled marks."""

    capitals: bool
    accents: bool
    point: bool
    shout: bool
    emoji: tuple[str, ...]
    emoji_share: float

    @classmethod
    def draw(cls, random: Random) -> Style:
        return cls(
            capitals=random.random() < 0.75,
            accents=random.random() < 0.85,
            point=random.random() < 0.6,
            shout=random.random() < 0.2,
            emoji=tuple(random.sample(_EMOJI, 3)),
            emoji_share=random.choice((0.0, 0.1, 0.3, 0.6)),
        )

    def apply(self, text: str, random: Random) -> str:
        """The text as this author would type it."""
        text = shorten(text)
        if self.capitals:
            text = _SENTENCE.sub(lambda found: found[1] + found[2].upper(), text)
        if not self.accents:
            text = text.translate(_PLAIN)
        if not self.point:
            text = text.rstrip(". ")
        if self.shout:
            text = text.replace(" !", "!!!")
        if random.random() < self.emoji_share:
            text += " " + self.emoji[int(random.random() * 3)]
        return text


def shorten(text: str) -> str:
    """Cut a long text after its last whole sentence that fits, or its last word."""
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    stop = max(head.rfind(". "), head.rfind("! "), head.rfind("? "))
    return head[: stop + 1] if stop > LONGEST // 3 else head[: head.rfind(" ")]


def short_link(random: Random) -> str:
    """A link as X shortens it in the text of a post."""
    return "https://t.co/" + "".join(random.choices(_ALPHABET, k=10))


class Desk:
    """Makes posts: it knows ids, counts likes plausibly and copies reposts as X does."""

    def __init__(self, random: Random, mint: Mint) -> None:
        self.random = random
        self.mint = mint

    def post(
        self,
        author: Account,
        second: int,
        text: str,
        language: str,
        client: str,
        *,
        mentions: tuple[str, ...] = (),
        url: str | None = None,
        answers: Post | None = None,
        quotes: Post | None = None,
        reply_to: str | None = None,
        fame: float = 1.0,
        route: str = "query",
    ) -> Post:
        """A post, reply or quote; `url` is added to the text as a short link."""
        draw = self.random.random
        if url is not None:
            text = f"{text} {short_link(self.random)}".lstrip()
        to = answers.account_id if answers else reply_to
        likes = int(fame * (1 / (1.0001 - draw()) ** 0.8 - 1))  # heavy tail: most posts get none
        return Post(
            post_id=self.mint.post(second),
            account_id=author.account_id,
            created_at=second,
            text=text,
            language=language,
            client=client,
            kind="quote" if quotes else "reply" if to else "post",
            reply_to_post=answers.post_id if answers else None,
            reply_to_account=to,
            quoted_post=quotes.post_id if quotes else None,
            mentions=mentions,
            hashtags=_hashtags(text),
            urls=(url,) if url else (),
            likes=likes,
            reposts=int(likes * draw() * 0.4),
            replies=int(likes * draw() * 0.2),
            route=route,
        )

    def repost(
        self,
        author: Account,
        second: int,
        original: Post,
        by: Account,
        client: str,
        *,
        route: str = "query",
    ) -> Post:
        """A repost of `original`, written `by` its author, in the words X gives it."""
        return Post(
            post_id=self.mint.post(second),
            account_id=author.account_id,
            created_at=second,
            text=f"RT @{by.handle}: {original.text}",
            language=original.language,
            client=client,
            kind="repost",
            reposted_post=original.post_id,
            reposted_account=original.account_id,
            mentions=(by.account_id, *(m for m in original.mentions if m != by.account_id)),
            hashtags=original.hashtags,
            urls=original.urls,
            likes=0,
            reposts=original.reposts,
            route=route,
        )


def _hashtags(text: str) -> tuple[str, ...]:
    if "#" not in text:
        return ()
    return tuple(tag.lower() for tag in _HASHTAG.findall(text))
