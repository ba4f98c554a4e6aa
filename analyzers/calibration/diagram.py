"""The reliability diagram as an SVG: what was said across, what happened upwards."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.calibration.judge import Bin

_SIDE, _LEFT, _TOP = 360, 56, 64
_DOTS, _LINES, _INK = "#d55e00", "#999999", "#222222"
"""Vermilion and grey tell apart without colour, too: one is dots, the other a line."""


def reliability(bins: Sequence[Bin]) -> str:
    """Draw the bins with their 95 % intervals against the line of perfect calibration."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE + 84} {_SIDE + 120}" '
        'font-family="sans-serif" font-size="13" role="img">',
        "<title>How often the winning explanation is true, by the probability it was given</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{_LEFT - 40}" y="24" font-size="16" font-weight="bold" fill="{_INK}">'
        "What is said, and how often it is so</text>",
        f'<text x="{_LEFT - 40}" y="44" fill="{_INK}">'
        "Simulated cases that no weight was fitted on, weighted to the prior</text>",
        _line(0, 0, 1, 1, _LINES, "4 4"),
    ]
    for tick in range(0, 101, 20):
        share = tick / 100
        parts += [
            _line(share, 0, share, -0.015, _INK),
            _line(0, share, -0.015, share, _INK),
            f'<text x="{_x(share):.1f}" y="{_y(0) + 22:.1f}" text-anchor="middle">{tick}</text>',
            f'<text x="{_x(0) - 10:.1f}" y="{_y(share) + 4:.1f}" text-anchor="end">{tick}</text>',
        ]
    parts += [_line(0, 0, 1, 0, _INK), _line(0, 0, 0, 1, _INK)]
    for each in bins:
        parts += [
            _line(each.said, each.low, each.said, each.high, _DOTS),
            f'<circle cx="{_x(each.said):.1f}" cy="{_y(each.happened):.1f}" r="5" fill="{_DOTS}"/>',
        ]
    parts += [
        f'<text x="{_x(0.5):.1f}" y="{_y(0) + 44:.1f}" text-anchor="middle">'
        "probability given to the winner (%)</text>",
        f'<text transform="translate({_LEFT - 40} {_y(0.5):.1f}) rotate(-90)" text-anchor="middle">'
        "cases in which it is true (%)</text>",
        f'<text x="{_x(0.3):.1f}" y="{_y(0.36):.1f}" fill="{_LINES}" text-anchor="end">'
        "as said</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(share: float) -> float:
    return _LEFT + share * _SIDE


def _y(share: float) -> float:
    return _TOP + (1 - share) * _SIDE


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, dashes: str = "") -> str:
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{_x(x):.1f}" y1="{_y(y):.1f}" x2="{_x(to_x):.1f}" y2="{_y(to_y):.1f}" '
        f'stroke="{colour}" stroke-width="1.5"{pattern}/>'
    )
