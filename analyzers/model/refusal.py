"""The one way Limier says no to what it was given."""

from __future__ import annotations

from analyzers.model.text import Text


class BadInput(Exception):
    """Raised with one sentence that says what is wrong with the input and what to do about it.

    Faces show `text` in the reader's language; `str()` of the exception is its English message id.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid)
        self.text = text

    def __reduce__(self) -> tuple[type[BadInput], tuple[Text]]:
        return (type(self), (self.text,))
