"""What a search among the posts of a case found: pages of exact posts and a CSV for the role that
reveals, texts that several accounts share for everybody else."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, plural
from analyzers.render.figure_csv import harmless
from analyzers.render.inert import markdown
from analyzers.render.words import Lang
from bot.close_up import unknown
from bot.kept_posts import About, Post, Query, about, has_words, kept_posts
from bot.message import MAX_LABEL, Block, Button, Buttons, Message, Words
from bot.voice import LINE, TITLE, Voice, as_many_as_fit

FIND, TAKE = "find", "take"
"""What buttons do: show a page of what was found, and hand all of it over as a CSV."""

PER_PAGE = 6
"""Posts of one page: 550 characters each leave room for the heading."""

MOST_WORDS = 40
"""Characters of the words that are looked for: they stand in the ids of the buttons, in which
Discord allows 100."""

SHOWN_TEXT, SHOWN_ADDRESS, SHOWN_NAME = 280, 150, 40

ROOM = 3000
"""Characters of the texts shown to people without the right to reveal."""

COLUMNS = ("pseudonym", "account", "handle", "time", "link", "post", "steps", "text")


@dataclass(frozen=True)
class Page:
    """One page of what was found, of all that was found."""

    query: Query
    about: About
    number: int
    posts: tuple[Post, ...]
    found: int
    accounts: int

    @property
    def pages(self) -> int:
        """How many pages there are; a search that found nothing has one."""
        return max(1, -(-self.found // PER_PAGE))


@dataclass
class Use:
    """How often a shared text was found, and with how many accounts."""

    posts: int = 0
    accounts: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class SharedTexts:
    """What people without the right to reveal are told: how much, and which texts are shared.

    `posts` and `accounts` count what step and account select, whatever the words: those are looked
    for in the shared texts alone, so that no count tells what a single account wrote.
    """

    query: Query
    about: About
    posts: int
    accounts: int
    texts: tuple[tuple[str, Use], ...]


def query_of(folder: Path, step: str, account: str, words: str, *, reveals: bool) -> Query:
    """What a person typed as a query of a case; reads a file, so call it in a thread.

    `account` is a pseudonym or, for those with the right to reveal, a handle or an id. Raises
    BadInput for a step or an account that the case does not have.
    """
    whole = about(folder)
    step, words = step.strip(), " ".join(words.split())
    if step and step not in whole.steps:
        raise BadInput(Text("No step of this case called {step} names posts.", step=Code(step)))
    if len(words) > MOST_WORDS:
        raise BadInput(
            Text("Look for fewer words: at most {most} characters are possible.", most=MOST_WORDS)
        )
    return Query(step, _pseudonym(account, whole, reveals=reveals), words)


def _pseudonym(typed: str, whole: About, *, reveals: bool) -> str:
    typed = typed.strip()
    if not typed or typed.upper() in whole.accounts:
        return typed.upper()
    if reveals:
        wanted = typed.removeprefix("@").casefold()
        for pseudonym, named in whole.accounts.items():
            if wanted in (named.id, (named.handle or "").removeprefix("@").casefold()):
                return pseudonym
    raise unknown(typed, whole.accounts)


def found(folder: Path, query: Query, number: int) -> Page:
    """A page of the posts that were looked for, earliest first; call it in a thread.

    A page beyond the last is the last.
    """
    whole, posts = kept_posts(folder)
    count, accounts = 0, set()
    kept: list[Post] = []
    number = max(number, 1)
    for post in posts:
        if not query.finds(post):
            continue
        if count % PER_PAGE == 0 and count // PER_PAGE < number:
            kept = []
        if count // PER_PAGE < number:
            kept.append(post)
        count += 1
        accounts.add(post.account)
    last = max(1, -(-count // PER_PAGE))
    return Page(query, whole, min(number, last), tuple(kept), count, len(accounts))


def shared(folder: Path, query: Query) -> SharedTexts:
    """The texts that several accounts share among what was looked for; call it in a thread."""
    whole, posts = kept_posts(folder)
    count, accounts = 0, set()
    uses: dict[int, Use] = {}
    for post in posts:
        if not query.concerns(post):
            continue
        count += 1
        accounts.add(post.account)
        if post.shared >= 0:
            use = uses.setdefault(post.shared, Use())
            use.posts += 1
            use.accounts.add(post.account)
    wanted = query.wanted()
    texts = [(whole.shared[place].text, use) for place, use in sorted(uses.items())]
    if whole.withheld:
        texts = []
    fitting = [(text, use) for text, use in texts if has_words(text, wanted)]
    fitting.sort(key=lambda one: -len(one[1].accounts))
    return SharedTexts(query, whole, count, len(accounts), tuple(fitting))


def as_csv(folder: Path, query: Query) -> tuple[bytes, int]:
    """All posts that were looked for as a CSV, and how many; call it in a thread.

    UTF-8 with a byte order mark, so that Excel reads accents; times ISO 8601 in UTC; no cell runs
    as a formula.
    """
    _, posts = kept_posts(folder)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    count = 0
    for post in posts:
        if query.finds(post):
            count += 1
            writer.writerow([harmless(cell) for cell in _cells(post)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace"), count


def _cells(post: Post) -> tuple[str, ...]:
    at = f"{post.at:%Y-%m-%dT%H:%M:%SZ}" if post.at else ""
    link, steps = post.address or "", " ".join(post.steps)
    handle = f"@{post.handle}" if post.handle else ""
    return (post.pseudonym, post.account, handle, at, link, post.id, steps, post.text)


def page_message(page: Page, voice: Voice) -> Message:
    """A page of exact posts as a private message, with buttons to the pages beside it and a CSV."""
    whole = page.about
    counts = plural(
        "One post found among {kept}: those of the case's accounts and those that findings cite, "
        "not the whole dump.",
        "{n} posts found among {kept}: those of the case's accounts and those that findings cite, "
        "not the whole dump.",
        page.found,
        kept=whole.kept,
    )
    text = [*_head(page.query, whole, voice), voice.say(counts, LINE)]
    text += [_line(post, whole, voice) for post in page.posts]
    if whole.kept < whole.collected:
        less = Text(
            "The dump had {n} posts of these accounts: not all are kept.", n=whole.collected
        )
        text.append(voice.small(less))
    text.append(
        voice.small(
            Text(
                "Page {number} of {pages}. Only you see this, and that you saw it is logged.",
                number=page.number,
                pages=page.pages,
            ),
            LINE,
        )
    )
    return Message("found", (Words("\n".join(text)), *_buttons(page, voice)))


def _buttons(page: Page, voice: Voice) -> tuple[Block, ...]:
    turns = [
        (FIND, page.number - 1, Text("Previous")),
        (FIND, page.number + 1, Text("Next")),
    ]
    shown = [(does, to, label) for does, to, label in turns if 1 <= to <= page.pages]
    buttons = [_button(does, page.query, to, label, voice) for does, to, label in shown]
    if page.found:
        buttons.append(as_csv_button(page.query, voice))
    return (Buttons(tuple(buttons)),) if buttons else ()


def as_csv_button(query: Query, voice: Voice) -> Button:
    """The button that hands over as a CSV all that a query finds."""
    return _button(TAKE, query, 1, Text("As CSV"), voice)


def _button(does: str, query: Query, number: int, label: Text, voice: Voice) -> Button:
    about = f"{number}:{query.step}:{query.account}:{query.words}"  # last, whatever words hold
    return Button(does, voice.speech.say(label)[:MAX_LABEL], about)


def _head(query: Query, whole: About, voice: Voice) -> list[str]:
    """What was looked for."""
    parts: list[Text] = []
    if query.step:
        title = whole.steps[query.step][voice.speech.lang] if query.step in whole.steps else ""
        parts.append(Text("step {title}", title=title or query.step))
    if query.account:
        parts.append(Text("account {name}", name=query.account))
    if query.words:
        parts.append(Text("words {words}", words=query.words))
    said = Text("Looked for: {parts}.", parts=tuple(parts)) if parts else Text("All that is kept.")
    return [f"### {voice.say(_HEADING, TITLE)}", voice.small(said)]


def _line(post: Post, whole: About, voice: Voice) -> str:
    who = f"**{post.pseudonym}**" if post.pseudonym else voice.say(_OUTSIDE)
    if post.handle:
        who += f" @{markdown(post.handle, SHOWN_NAME)}"
    when = f"{post.at:%Y-%m-%d %H:%M} UTC" if post.at else voice.say(Text("without a time"))
    address = post.address
    link = f"<{address}>" if address and len(address) <= SHOWN_ADDRESS else markdown(post.id, 40)
    lang: Lang = voice.speech.lang
    titles = ", ".join(whole.steps[step][lang] for step in post.steps if step in whole.steps)
    steps = f" · {markdown(titles, 60)}" if titles else ""
    return f"{who} · {when} · {link}{steps}\n> {markdown(post.text, SHOWN_TEXT) or '–'}"


def shared_message(texts: SharedTexts, refusal: Text, voice: Voice) -> Message:
    """What somebody without the right to reveal is told, and why it is not more."""
    counts = Text(
        "What you chose has {posts} posts of {accounts} accounts.",
        posts=texts.posts,
        accounts=texts.accounts,
    )
    head = [
        *_head(texts.query, texts.about, voice),
        voice.say(refusal, LINE),
        voice.say(counts, LINE),
    ]
    lines = [
        f"- {markdown(text, SHOWN_TEXT)} · {voice.say(_use(use), LINE)}"
        for text, use in texts.texts
    ]
    kept = as_many_as_fit(lines, ROOM)
    said = (
        Text("Texts that several accounts share:")
        if kept
        else Text("No text of a post is shown here: the cases of this server are redacted.")
        if texts.about.withheld
        else Text("No text of them that several accounts share has these words.")
        if texts.query.words
        else Text("Several accounts share none of their texts.")
    )
    text = [*head, voice.say(said, LINE), *kept]
    if hidden := len(lines) - len(kept):
        text.append(voice.small(Text("and {n} more: look for words.", n=hidden)))
    return Message("found", (Words("\n".join(text)),))


def _use(use: Use) -> Text:
    return Text("{posts} posts of {accounts} accounts", posts=use.posts, accounts=len(use.accounts))


_HEADING = Text("Posts of this case")
_OUTSIDE = Text("another account")
