"""The bottom line as separate sentences: what is judged, how sure that is, what it cannot tell."""

from __future__ import annotations

from analyzers.model.report import Confidence, Verdict
from analyzers.model.text import Text

_LEVELS: dict[Confidence, Text] = {
    "low": Text("low"),
    "moderate": Text("moderate"),
    "high": Text("high"),
}


def bottom_line(verdict: Verdict) -> tuple[Text, ...]:
    """Banner if any, whether they act together, by which mechanism, confidence, and disclaimer."""
    parts = (
        verdict.banner,
        verdict.statement,
        verdict.mechanism,
        confidence_sentence(verdict),
        verdict.disclaimer,
    )
    return tuple(part for part in parts if part is not None)


def confidence_sentence(verdict: Verdict) -> Text:
    """How sure the verdict is and why, as a sentence of its own (never mixed with the odds)."""
    return Text(
        "Confidence: {level}, because {reason}",
        level=_LEVELS[verdict.confidence],
        reason=verdict.because,
    )
