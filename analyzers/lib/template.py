"""The common model of a family of posts: its fixed words, its slots, each post laid under it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from analyzers.lib.normal import normal, unspaced
from analyzers.model.figure import Cell

MENTION, LINK, SLOT = "@…", "https://…", "…"
"""What stands for a mention, a link and any other words that vary. Handles are never shown: a
family's mentions are the people it is aimed at."""

FIXED_SHARE = 0.5
"""A word is fixed where more than this share of the posts has it."""

INSERTED_SHARE = 0.1
"""Words between two fixed ones make a slot of their own when this share of the posts (and two at
least) has some there; below that they stay with the word before them."""

_TOKEN = re.compile(
    r"(?P<link>https?:\S+|www\.\S+)|(?P<mention>[.]?@[A-Za-z0-9_]\S*)|(?P<word>\S+)"
)


@dataclass(frozen=True)
class Model:
    """A model's pieces in order, and each text cut along them, in the order given.

    Every member has as many cells as the model. A model's cell is a `slot` where posts vary (then
    its words are "@…", "https://…" or "…"); a member's cell is one where it fills a slot or departs
    from the model's words.
    """

    cells: tuple[Cell, ...]
    members: tuple[tuple[Cell, ...], ...]

    @property
    def words(self) -> str:
        """The model in one line, such as "@… Honte à toi …"."""
        return " ".join(cell.words for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as written, and the key under which its spellings are one ("" for a mere sign)."""

    spelling: str
    key: str


def model(texts: Sequence[str]) -> Model:
    """Find the common model of a family's texts and cut each text along it.

    The commonest text is the frame (ties go to the first in alphabetical order); each other text is
    aligned to it word by word (Levenshtein), so time grows with the number of texts, not its
    square. Each word is spelled as most posts spell it. Neither model nor cells depend on the order
    of the texts. Scripts without spaces are aligned by characters.
    """
    if not texts:
        return Model((), ())
    together = int(unspaced(normal(pl.Series(texts))).sum()) * 2 > len(texts)
    read = _read(texts, together)
    frame = _frame(read)
    filled = [_filled(frame, tokens) for tokens in read]
    pieces = _pieces(frame, filled)
    joint = "" if together else " "
    cells = tuple(_model_cell(piece, frame, filled, joint) for piece in pieces)
    members = tuple(
        tuple(
            _member_cell(piece, cell, frame, fill, joint)
            for piece, cell in zip(pieces, cells, strict=True)
        )
        for fill in filled
    )
    return Model(cells, members)


def _read(texts: Sequence[str], together: bool) -> list[list[_Token]]:
    """Cut texts into tokens; signs alone go with the word before, repeated mentions count once."""
    written = [_written(text, together) for text in texts]
    distinct = sorted({spelling for text in written for spelling in text})
    keys = dict(zip(distinct, normal(pl.Series(distinct, dtype=pl.String)), strict=True))
    return [_tokens(text, keys | {MENTION: MENTION, LINK: LINK}) for text in written]


def _written(text: str, together: bool) -> list[str]:
    pieces: list[str] = []
    for found in _TOKEN.finditer(text):
        if found["link"]:
            pieces.append(LINK)
        elif found["mention"]:
            pieces.append(MENTION)
        else:
            pieces.extend(found["word"] if together else [found["word"]])
    return pieces


def _tokens(spellings: Iterable[str], keys: dict[str, str]) -> list[_Token]:
    tokens: list[_Token] = []
    for spelling in spellings:
        key = keys[spelling]
        if key in (MENTION, LINK) and tokens and tokens[-1].key == key:
            continue
        if not key and tokens and tokens[-1].key not in (MENTION, LINK):
            tokens[-1] = _Token(f"{tokens[-1].spelling} {spelling}", tokens[-1].key)
        else:
            tokens.append(_Token(spelling, key))
    return tokens


def _frame(read: list[list[_Token]]) -> list[str]:
    """The keys of the commonest text."""
    counts = Counter(tuple(token.key for token in tokens) for tokens in read)
    commonest = min(counts, key=lambda keys: (-counts[keys], keys))
    return list(commonest)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A text along the frame: what stands at each place, and what is inserted before each place."""

    at: dict[int, list[_Token]]
    before: dict[int, list[_Token]]


def _filled(frame: list[str], tokens: list[_Token]) -> _Filled:
    from rapidfuzz.distance import Levenshtein

    at: dict[int, list[_Token]] = defaultdict(list)
    before: dict[int, list[_Token]] = defaultdict(list)
    for step in Levenshtein.opcodes(frame, [token.key for token in tokens]):
        mine = tokens[step.dest_start : step.dest_end]
        if step.tag == "insert":
            before[step.src_start] += mine
        else:
            for place, token in zip(range(step.src_start, step.src_end), mine, strict=False):
                at[place].append(token)
    return _Filled(at, before)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of frame places, all fixed or all in one slot, with the gaps before them it holds."""

    places: tuple[int, ...]
    gaps: tuple[int, ...]
    slot: bool


def _pieces(frame: list[str], filled: list[_Filled]) -> list[_Piece]:
    """Cut the frame into fixed runs and slots; adjacent slots are one, mentions stay apart."""
    atoms: list[_Piece] = []
    for place in range(len(frame) + 1):
        inserted = sum(1 for fill in filled if fill.before.get(place))
        if inserted >= max(2, INSERTED_SHARE * len(filled)):
            atoms.append(_Piece((), (place,), slot=True))
            gap: tuple[int, ...] = ()
        else:
            gap = (place,)
        if place < len(frame):
            atoms.append(_Piece((place,), gap, slot=_varies(frame, place, filled)))
        elif gap:
            atoms.append(_Piece((), gap, slot=False))
    return _merged(frame, atoms)


def _varies(frame: list[str], place: int, filled: list[_Filled]) -> bool:
    if frame[place] in (MENTION, LINK):
        return True
    same = sum(1 for fill in filled if any(t.key == frame[place] for t in fill.at.get(place, ())))
    return same <= FIXED_SHARE * len(filled)


def _merged(frame: list[str], atoms: list[_Piece]) -> list[_Piece]:
    merged: list[_Piece] = []
    for atom in atoms:
        last = merged[-1] if merged else None
        only_a_gap = not atom.places and not atom.slot
        if last and (only_a_gap or _kind(frame, last) == _kind(frame, atom)):
            merged[-1] = _Piece(last.places + atom.places, last.gaps + atom.gaps, last.slot)
        else:
            merged.append(atom)
    return merged


def _kind(frame: list[str], piece: _Piece) -> str:
    """What a piece holds: fixed words, or which sort of slot it is."""
    if not piece.slot:
        return ""
    signs = {frame[place] for place in piece.places} & {MENTION, LINK}
    return min(signs, default=SLOT)


def _model_cell(piece: _Piece, frame: list[str], filled: list[_Filled], joint: str) -> Cell:
    if piece.slot:
        return Cell(_kind(frame, piece), slot=True)
    return Cell(joint.join(_spelled(frame, place, filled) for place in piece.places), slot=False)


def _spelled(frame: list[str], place: int, filled: list[_Filled]) -> str:
    """The commonest spelling of a fixed word, the first in alphabetical order among equals."""
    spellings = Counter(
        token.spelling
        for fill in filled
        for token in fill.at.get(place, ())
        if token.key == frame[place]
    )
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _member_cell(piece: _Piece, model: Cell, frame: list[str], fill: _Filled, joint: str) -> Cell:
    tokens: list[_Token] = []
    for place in sorted({*piece.places, *piece.gaps}):
        if place in piece.gaps:
            tokens += fill.before.get(place, ())
        if place in piece.places:
            tokens += fill.at.get(place, ())
    same = [token.key for token in tokens] == [frame[place] for place in piece.places]
    return Cell(joint.join(token.spelling for token in tokens), slot=model.slot or not same)
