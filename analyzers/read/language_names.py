"""Names of languages, as exports write them in English, and their ISO 639-1 codes."""

from __future__ import annotations

from typing import Final

from analyzers.read.cells import value

_CODES: Final = {
    "albanian": "sq", "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca",
    "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl",
    "english": "en", "estonian": "et", "farsi (persian)": "fa", "farsi": "fa", "filipino": "tl",
    "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "gujarati": "gu",
    "hebrew": "he", "hindi": "hi", "hungarian": "hu", "icelandic": "is", "indonesian": "id",
    "italian": "it", "japanese": "ja", "kannada": "kn", "korean": "ko", "kurdish": "ku",
    "latvian": "lv", "lithuanian": "lt", "macedonian": "mk", "malay": "ms", "malayalam": "ml",
    "norwegian": "nb", "pashto": "ps", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "pushto": "ps", "romanian": "ro", "russian": "ru", "serbian": "sr", "simplified chinese": "zh",
    "slovak": "sk", "slovenian": "sl", "somali": "so", "spanish": "es", "swahili": "sw",
    "swedish": "sv", "tagalog (filipino)": "tl", "tagalog": "tl", "tamil": "ta", "telugu": "te",
    "thai": "th", "traditional chinese": "zh", "turkish": "tr", "ukrainian": "uk", "urdu": "ur",
    "uzbek": "uz", "vietnamese": "vi",
}  # fmt: skip


def language_code(name: str) -> str | None:
    """The code of a language by its English name, `und` for one that is not known here.

    A code of two or three letters is kept as it is.

    >>> language_code("French"), language_code("LANGUAGE UNDEFINED"), language_code("fr")
    ('fr', 'und', 'fr')
    """
    found = value(name)
    if found is None or (len(found) <= 3 and found.isalpha()):
        return found and found.lower()
    return _CODES.get(found.lower(), "und")
