"""What the findings come to: how strong each is, and whether the accounts act together."""

from __future__ import annotations

from analyzers.weigh.coordination import verdict
from analyzers.weigh.strength import graded

__all__ = ["graded", "verdict"]
