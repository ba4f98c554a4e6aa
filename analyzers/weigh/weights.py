"""The fitted sizes of the signs, as `make calibrate` wrote them, and where they came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from analyzers.weigh.mechanisms import Mechanism

FILE = Path(__file__).with_name("weights.json")

Size: TypeAlias = tuple[float, float]
"""How much a sign says when plainly present, and when plainly absent; neither is below zero."""

LEVELS = 5
"""Bins of a sign's level, -1 to 1, in which `typical` counts: fewer would hide what is odd, more
would leave most of them empty after some hundred cases."""

FITTED: tuple[Mechanism, ...] = (
    "coincidence",
    "open_campaign",
    "community_raid",
    "compromised_accounts",
    "rented_farm",
    "scripted_network",
    "single_operator",
)
"""Explanations that have simulated cases. A decoy is scored as a rented farm, which it imitates;
`other` has no signs, so it gains where all these lose."""


@dataclass(frozen=True)
class Region:
    """What one explanation's simulated cases look like: how often each sign was at which level.

    `levels` maps a sign to the shares of its levels; `limit` is the mean surprise (bits per sign)
    that 99 % of the cases stay below.
    """

    limit: float
    levels: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Weights:
    """Everything fitted: sizes by sign and explanation, exponents by block, regions, provenance."""

    sizes: Mapping[str, Mapping[str, Size]]
    blocks: Mapping[str, float]
    regions: Mapping[str, Region] = field(default_factory=dict)
    fitted: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def fitted() -> Weights:
    """The weights that this version of Limier ships with."""
    return decoded(json.loads(FILE.read_text(encoding="utf-8")))


def decoded(raw: Mapping[str, dict[str, dict[str, object]]]) -> Weights:
    """Weights from the JSON of `encoded`."""
    sizes = {
        sign: {name: (float(pair[0]), float(pair[1])) for name, pair in each.items()}  # type: ignore[index]
        for sign, each in raw["sizes"].items()
    }
    regions = {
        name: Region(
            float(each["limit"]),  # type: ignore[arg-type]
            {sign: tuple(map(float, shares)) for sign, shares in each["levels"].items()},  # type: ignore[attr-defined]
        )
        for name, each in raw["regions"].items()
    }
    blocks = {name: float(exponent) for name, exponent in raw["blocks"].items()}  # type: ignore[arg-type]
    return Weights(sizes, blocks, regions, {k: str(v) for k, v in raw["fitted"].items()})


def encoded(weights: Weights) -> dict[str, object]:
    """Weights as JSON, rounded to what the fit can tell, in a fixed order."""
    return {
        "fitted": dict(weights.fitted),
        "blocks": {name: round(value, 3) for name, value in weights.blocks.items()},
        "sizes": {
            sign: {name: [round(a, 3), round(b, 3)] for name, (a, b) in each.items()}
            for sign, each in weights.sizes.items()
        },
        "regions": {
            name: {
                "limit": round(region.limit, 3),
                "levels": {
                    sign: [round(share, 4) for share in shares]
                    for sign, shares in region.levels.items()
                },
            }
            for name, region in weights.regions.items()
        },
    }
