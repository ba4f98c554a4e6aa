"""Checks what the bot needs before it runs, and says of each thing that is wrong what to do."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, plural
from bot.config import (
    TOKEN_VARIABLE,
    MastodonSettings,
    PoolSettings,
    Settings,
    StorageSettings,
    XSettings,
    load,
)

SAMPLE = "Ελληνικά Кириллица العربية עברית ไทย हिन्दी 日本語 한국어 中文 😀"
"""A word in each of the scripts that charts have to write most often."""

TOKEN_PARTS = 3
"""A bot's token is three pieces joined by dots; anything else was copied from another field."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is in order, and the sentence that says so or what to do.

    An advisory check that is not in order does not keep the bot from running.
    """

    name: Text
    fine: bool
    says: Text
    advisory: bool = False


def examine(config: Path | None) -> Iterator[Check]:
    """Look at settings, token, storage, inbox, database, fonts, memory, and what may be collected.

    No secret is repeated.
    """
    try:
        settings = load(config)
    except BadInput as refusal:
        yield Check(Text("Settings"), False, refusal.text)
        return
    yield Check(Text("Settings"), True, Text("They can be read."))
    yield _token(settings)
    storage = _storage(settings.storage)
    yield storage
    yield _inbox(settings.storage)
    if storage.fine:
        yield _database(settings.storage)
    yield _fonts()
    yield _memory(settings.pool)
    yield _mastodon(settings.collect.mastodon)
    yield _x(settings.collect.x)


def _token(settings: Settings) -> Check:
    token = settings.token.get_secret_value()
    name, variable = Text("Token"), Code(TOKEN_VARIABLE)
    if not token:
        where = Text(
            "There is none. Create a bot on discord.com/developers/applications, copy its token "
            "from the page Bot, and put it into the environment variable {variable}.",
            variable=variable,
        )
        return Check(name, False, where)
    if len(token.split(".")) != TOKEN_PARTS or token != token.strip():
        wrong = Text(
            "What {variable} holds does not look like a bot's token: copy it again from the page "
            "Bot, not from General Information or OAuth2.",
            variable=variable,
        )
        return Check(name, False, wrong)
    return Check(name, True, Text("{variable} holds one.", variable=variable))


def _storage(storage: StorageSettings) -> Check:
    name, folder = Text("Storage"), Code(str(storage.directory))
    try:
        storage.directory.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=storage.directory):
            pass
    except OSError as error:
        problem = Text(
            "{folder} cannot be written to ({problem}): make it this user's, or set another "
            "storage.directory.",
            folder=folder,
            problem=Code(error.strerror or type(error).__name__),
        )
        return Check(name, False, problem)
    return Check(name, True, Text("{folder} can be written to.", folder=folder))


def _inbox(storage: StorageSettings) -> Check:
    """Whether each server's folder of files too big for Discord can be read, and is one."""
    name, root = Text("Inbox"), storage.inboxes
    folder = Code(str(root))
    if not root.exists():
        none = Text(
            "There is no {folder}, so nobody has files too big for Discord: make it, with a folder "
            "named by each server's id, when you want to give them some.",
            folder=folder,
        )
        return Check(name, True, none, advisory=True)
    try:
        entries = sorted(root.iterdir())
        wrong = tuple(Code(entry.name) for entry in entries if not _of_a_server(entry))
    except OSError as error:
        unread = Text(
            "{folder} cannot be read ({problem}): make it readable to this user.",
            folder=folder,
            problem=Code(error.strerror or type(error).__name__),
        )
        return Check(name, False, unread)
    if wrong:
        stray = Text(
            "In {folder} these are no readable folders named by a server's id, so nobody is "
            "offered what they hold: {names}.",
            folder=folder,
            names=wrong,
        )
        return Check(name, False, stray, advisory=True)
    servers = plural(
        "{folder} has a folder for one server.",
        "{folder} has folders for {n} servers.",
        len(entries),
        folder=folder,
    )
    return Check(name, True, servers)


def _of_a_server(entry: Path) -> bool:
    readable = os.access(entry, os.R_OK | os.X_OK)
    return entry.name.isdecimal() and entry.is_dir() and not entry.is_symlink() and readable


def _database(storage: StorageSettings) -> Check:
    from bot.store.migrate import reach

    name = Text("Database")
    try:
        reach(storage)
    except BadInput as refusal:
        return Check(name, False, refusal.text)
    return Check(name, True, Text("It answers."))


def _fonts() -> Check:
    from analyzers.render.figures.fonts import missing_fonts

    missing = missing_fonts(SAMPLE)
    if missing:
        install = Text(
            "Charts cannot write {scripts}; install the packages in brackets.",
            scripts=tuple(Code(script) for script in missing),
        )
        return Check(Text("Fonts"), False, install, advisory=True)
    return Check(Text("Fonts"), True, Text("Charts can write every common script."))


def _memory(pool: PoolSettings) -> Check:
    name = Text("Memory")
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        unknown = Text("This system does not say how much it has.")
        return Check(name, True, unknown, advisory=True)
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    wanted = pool.workers * pool.megabytes
    if wanted > there:
        much = Text(
            "{workers} workers may take {wanted} MB together and this machine has {there} MB: "
            "lower pool.workers or pool.megabytes.",
            workers=pool.workers,
            wanted=wanted,
            there=there,
        )
        return Check(name, False, much, advisory=True)
    enough = Text("{there} MB are enough for {workers} workers.", there=there, workers=pool.workers)
    return Check(name, True, enough)


def _mastodon(mastodon: MastodonSettings) -> Check:
    from bot.collect.mastodon import TOKENS_VARIABLE

    name = Text("Collecting from Mastodon")
    if not mastodon.enabled:
        return Check(name, True, Text("It is off."))
    if mastodon.tokens:
        hosts = tuple(Code(host) for host in sorted(mastodon.tokens))
        return Check(name, True, Text("It is on, with tokens of {hosts}.", hosts=hosts))
    strangers = Text(
        "It is on, without a token: instances show less to strangers. Put {example} into "
        "{variable} for more.",
        example=Code('{"mastodon.social": "…"}'),
        variable=Code(TOKENS_VARIABLE),
    )
    return Check(name, True, strangers)


def _x(x: XSettings) -> Check:
    """Whether X may be collected from; while it may not, always with the reason."""
    from bot.collect.platforms import X_TERMS
    from bot.collect.x import WITHOUT_TOKEN

    name = Text("Collecting from X")
    if not x.acknowledge_terms:
        return Check(name, not x.enabled, X_TERMS, advisory=True)
    if not x.enabled:
        return Check(name, True, Text("It is off."))
    if not x.bearer_token.get_secret_value():
        return Check(name, False, WITHOUT_TOKEN, advisory=True)
    on = Text("It is on, and stops before {dollars} US dollars a collection.", dollars=x.dollars)
    return Check(name, True, on)
