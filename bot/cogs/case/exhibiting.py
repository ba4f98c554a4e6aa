"""`/case exhibit`: pictures that belong to a case, and the button that shows them."""

from __future__ import annotations

import asyncio
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.render.inert import markdown
from bot.access import Action
from bot.acting import Actor, the_case
from bot.asker import SENTENCE, Asker
from bot.audit import exhibits_shown
from bot.cogs.case.base import CASE, Answer, CaseCommands
from bot.exhibiting import Exhibiting
from bot.exhibits import AT_ONCE, file_of, label
from bot.record import GONE, Exhibit

_ANOTHER: Final = locale_str("Another picture")


class Exhibits(CaseCommands):
    """Whoever may investigate adds exhibits; the role that reveals sees them, and it is logged."""

    exhibiting: Exhibiting

    @app_commands.command(
        name=locale_str("exhibit"),
        description=locale_str("Add pictures to a case as evidence, such as screenshots"),
    )
    @app_commands.describe(
        case=CASE,
        image=locale_str("A picture in PNG, JPEG, WebP or GIF; it is kept as it is"),
        image2=_ANOTHER,
        image3=_ANOTHER,
        image4=_ANOTHER,
        image5=_ANOTHER,
        description=locale_str("What they show, for the thread; name no account"),
        source=locale_str("The address they were taken from; shown to the role that reveals"),
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def exhibit(
        self,
        interaction: discord.Interaction,
        case: str,
        image: discord.Attachment,
        image2: discord.Attachment | None = None,
        image3: discord.Attachment | None = None,
        image4: discord.Attachment | None = None,
        image5: discord.Attachment | None = None,
        description: app_commands.Range[str, 1, 300] | None = None,
        source: app_commands.Range[str, 1, 500] | None = None,
    ) -> None:
        """Keep pictures as exhibits of a case."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            actor.check(Action.INVESTIGATE)
            found = await the_case(actor, self.store, case)
            if source and not source.startswith(("https://", "http://")):
                raise BadInput(
                    Text("{source} is no address: it begins with https://.", source=Code(source))
                )
            sent = [one for one in (image, image2, image3, image4, image5) if one]
            kept = await self.exhibiting.taken(found.key, sent, actor.id)
            added = await self.exhibiting.add(
                found, actor.id, kept, description or "", source or ""
            )
            return Answer([markdown(asker.speech.say(_said(added, len(sent))), SENTENCE)])

        await self.answer(interaction, answer)

    @commands.Cog.listener()
    async def on_exhibits_clicked(
        self, interaction: discord.Interaction, case: str, about: str
    ) -> None:
        """Show the pictures that a message lists to somebody who may see them."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, case)
            if interaction.channel_id != found.thread:
                raise BadInput(GONE)
            actor.check(Action.REVEAL)
            first, _, last = about.partition("_")
            every = await self.store.exhibits.of(found.key)
            wanted = [one for one in every if int(first) <= one.number <= int(last)][:AT_ONCE]
            await self.store.log.write(exhibits_shown(found, actor.id, about.replace("_", "-")))
            limit = actor.member.guild.filesize_limit
            fitting = [one for one in wanted if one.bytes <= limit]
            paths = [
                (file_of(one, self.exhibiting.folder(found.key)), label(one)) for one in fitting
            ]
            files = await asyncio.to_thread(
                lambda: [
                    discord.File(path, f"{name}{path.suffix}")
                    for path, name in paths
                    if path.is_file()
                ]
            )
            return Answer([_told(one, asker, one in fitting) for one in wanted], files=files)

        await self.answer(interaction, answer)


def _said(added: tuple[Exhibit, ...], sent: int) -> Text:
    if not added:
        return Text("This case has these pictures already.")
    names = tuple(Code(label(one)) for one in added)
    if len(added) < sent:
        return Text("Kept as {names}; the case has the others already.", names=names)
    return Text("Kept as {names}.", names=names)


def _told(exhibit: Exhibit, asker: Asker, shown: bool) -> str:
    parts = [f"**{label(exhibit)}**", markdown(exhibit.name, 100)]
    if exhibit.source:
        parts.append(markdown(exhibit.source, 200))
    if not shown:
        larger = Text("larger than this server accepts: /case export has it in the private record")
        parts.append(markdown(asker.speech.say(larger)))
    return " · ".join(parts)
