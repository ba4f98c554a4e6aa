"""Near-duplicate families: which texts are one text with a word, a mention or an accent changed."""

from analyzers.lib.similarity.families import families

__all__ = ["families"]
