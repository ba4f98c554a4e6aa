"""Who the other public figures are: anybody may speak to them, and a farm attacks them."""

from __future__ import annotations

from analyzers.simulate.campaign import Account
from analyzers.simulate.clock import at
from analyzers.simulate.people import Register

FIGURES = {
    "mc_boussole": ("Mc Boussole", "rapper"),
    "plume_du_soir": ("Plume du Soir", "journalist"),
    "conseil_en_vue": ("Conseil en vue", "adviser"),
    "agit_camille": ("Camille, en campagne", "campaigner"),
    "ministre_fleuve": ("Ministère du Fleuve", "minister"),
}
"""Handle, name, and the rule by which both `farm_fr.toml` and `voice_fr.toml` speak to them."""


def enrol(register: Register) -> tuple[Account, ...]:
    """The accounts of the five figures, in the order of `FIGURES`."""
    return tuple(
        register.account(at(f"201{number}-05-04T09:00"), "fr", handle=handle, name=name, fame=300)
        for number, (handle, (name, _)) in enumerate(FIGURES.items())
    )
