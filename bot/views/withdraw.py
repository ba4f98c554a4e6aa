"""The button by which a person takes back what they have just said."""

from __future__ import annotations

from discord import ui

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot.record import Opinion
from bot.standing import WITHDRAW


class Withdraw(ui.View):
    """One button whose id names the opinion; `Clicked` answers it, so it works for ever."""

    def __init__(self, opinion: Opinion, speech: Speech) -> None:
        super().__init__(timeout=None)
        label = speech.say(Text("Withdraw"))
        custom_id = f"{WITHDRAW}:{opinion.case}:{opinion.id}"
        self.add_item(ui.Button(label=label, custom_id=custom_id))
        self.stop()
