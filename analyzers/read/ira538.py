"""The three million posts of the Internet Research Agency that FiveThirtyEight published in 2018.

They have no post ids, and mirrors wrote the accounts' ids as rounded numbers: accounts are known by
handle alone. A repost is marked by a flag, its text does not start with "RT @".
"""

from __future__ import annotations

from analyzers.read.cells import value
from analyzers.read.head import Head
from analyzers.read.layout import Layout

_SIGNATURE = {"external_author_id", "account_category", "publish_date", "content", "author"}

_CODES = {
    "albanian": "sq", "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca",
    "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "estonian": "et", "farsi (persian)": "fa", "finnish": "fi", "french": "fr", "german": "de",
    "greek": "el", "gujarati": "gu", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "icelandic": "is", "indonesian": "id", "italian": "it", "japanese": "ja", "kannada": "kn",
    "korean": "ko", "kurdish": "ku", "latvian": "lv", "lithuanian": "lt", "macedonian": "mk",
    "malay": "ms", "malayalam": "ml", "norwegian": "nb", "polish": "pl", "portuguese": "pt",
    "pushto": "ps", "romanian": "ro", "russian": "ru", "serbian": "sr", "simplified chinese": "zh",
    "slovak": "sk", "slovenian": "sl", "somali": "so", "spanish": "es", "swedish": "sv",
    "tagalog (filipino)": "tl", "tamil": "ta", "telugu": "te", "thai": "th",
    "traditional chinese": "zh", "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "uzbek": "uz",
    "vietnamese": "vi",
}  # fmt: skip
"""The export's names of languages and their ISO 639-1 codes."""


def language_code(name: str) -> str | None:
    """The code of a language by the export's name of it; `und` for one it could not tell."""
    found = value(name)
    return None if found is None else _CODES.get(found.lower(), "und")


_LAYOUT = Layout(
    columns={
        "handle": "author",
        "text": "content",
        "time": "publish_date",
        "language": "language",
        "is_repost": "retweet",
        "post_type": "post_type",
        "followers": "followers",
        "following": "following",
        "account_posts": "updates",
        "fetched_at": "harvested_date",
    },
    derive=True,
    language=language_code,
)


def detect(head: Head) -> float:
    """How surely a table is this release or a mirror of it, 0 to 1."""
    return 0.99 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
