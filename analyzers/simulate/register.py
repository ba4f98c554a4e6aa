"""A register of the public figures that a simulated campaign attacks, as a collective keeps one."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from analyzers.simulate.campaign import Campaign
from analyzers.simulate.sidecars import write_csv

_HEADER: Final = ("handle", "name", "category")

CATEGORIES: Final[dict[str, tuple[str, str]]] = {
    "mc_boussole": ("culture", "culture"),
    "plume_du_soir": ("journalism", "journalisme"),
    "conseil_en_vue": ("communication", "communication"),
    "agit_camille": ("civil society", "société civile"),
    "ministre_fleuve": ("politics", "politique"),
}
"""The categories that the public thread of 2019 named, in English and French, by handle."""


def write_register(campaign: Campaign, path: Path, lang: Literal["en", "fr"] = "en") -> bool:
    """Write a CSV with handle, name, category of the campaign's other figures, if it has any.

    A register holds its reader's own words, so `lang` chooses those of the categories.
    """
    known = [one for one in campaign.accounts if one.account_id in set(campaign.truth.figures)]
    rows = [(one.handle, one.display_name, CATEGORIES[one.handle][lang == "fr"]) for one in known]
    if rows:
        write_csv(path, _HEADER, rows)
    return bool(rows)
