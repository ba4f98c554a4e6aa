"""Texts of which the near-duplicates are known: what the benchmarks of families are run on.

Words are made up and drawn by Zipf's law. Real language is more correlated, so precision on real
texts is lower: `docs/benchmarks.md` says how it was looked at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import NamedTuple

FAMILY = 20
"""Texts of one family, unless told."""

SHARE = 0.05
"""Share of the texts that stand in families, unless told."""

_SYLLABLES = """
    ba ca da fa ga la ma na pa ra sa ta va be ce de fe le me ne pe re se te ve bi di fi li mi ni pi
    ri si ti vi bo co do fo lo mo no po ro so to vo bu du fu lu mu nu pu ru su tu vu ché man gran
    tion eur elle aud oux ain eau ique ard our ois
""".split()  # noqa: SIM905 - easier to read than a list of strings


class Script(NamedTuple):
    """Letters to make words of, how long these are, and whether spaces stand between them."""

    letters: str
    word: tuple[int, int]
    spaced: bool


SCRIPTS = {
    "Arabic": Script("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", (2, 7), True),
    "Hindi": Script("कखगघचछजझटठडढतथदधनपफबभमयरलवशसह", (2, 6), True),
    "Greek": Script("αβγδεζηθικλμνξοπρστυφχψω", (2, 8), True),
    "Japanese": Script(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん"
        "日本人大年出会国時事行長見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午",
        (1, 3),
        False,
    ),
    "Chinese": Script(
        "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能"
        "对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心",
        (1, 3),
        False,
    ),
    "Thai": Script("กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", (2, 6), False),
}  # fmt: skip


@dataclass(frozen=True)
class Texts:
    """Texts with the family that each truly belongs to, -1 for none."""

    texts: list[str]
    truth: list[int]


class Vocabulary:
    """Words by Zipf's law."""

    def __init__(self, random: Random, words: list[str]) -> None:
        self.random = random
        self.words = words
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    @classmethod
    def latin(cls, random: Random, size: int = 60_000) -> Vocabulary:
        """Made-up words of one to four syllables."""
        words = dict.fromkeys(
            "".join(random.choices(_SYLLABLES, k=1 + random.randrange(4))) for _ in range(2 * size)
        )
        return cls(random, list(words)[:size])

    @classmethod
    def of(cls, random: Random, script: Script, size: int = 20_000) -> Vocabulary:
        """Made-up words of a script."""
        words = dict.fromkeys(
            "".join(random.choices(script.letters, k=random.randint(*script.word)))
            for _ in range(2 * size)
        )
        return cls(random, list(words)[:size])

    def some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)


Edit = Callable[["Vocabulary", list[str]], str]


def mixed(
    count: int,
    seed: int,
    edit: Edit,
    lengths: tuple[int, int] = (8, 22),
    *,
    family: int = FAMILY,
    share: float = SHARE,
    vocabulary: Vocabulary | None = None,
) -> Texts:
    """`count` texts, of which a share stands in families that `edit` makes of one model each."""
    words = vocabulary or Vocabulary.latin(Random(seed))
    random = words.random
    texts, truth = [], []
    families = max(1, round(count * share / family))
    for number in range(families):
        model = words.some(random.randint(*lengths))
        texts += [edit(words, list(model)) for _ in range(family)]
        truth += [number] * family
    for _ in range(count - len(texts)):
        texts.append(plain(words, words.some(random.randint(*lengths))))
        truth.append(-1)
    order = list(range(len(texts)))
    random.shuffle(order)
    return Texts([texts[place] for place in order], [truth[place] for place in order])


def plain(words: Vocabulary, text: list[str]) -> str:
    """A text with a mention in front, most often, and sometimes a link behind."""
    random = words.random
    front = f"@{random.choice(words.words)} " if random.random() < 0.6 else ""
    behind = f" https://t.co/{random.getrandbits(40):x}" if random.random() < 0.2 else ""
    return f"{front}{' '.join(text)}{behind}"


def one_edit(words: Vocabulary, text: list[str]) -> str:
    """One word swapped, another mention, other punctuation, or other capitals."""
    random = words.random
    kind = random.randrange(4)
    if kind == 0:
        text[random.randrange(len(text))] = words.some(1)[0]
    elif kind == 1:
        return f"@{random.choice(words.words)}{random.randrange(99)} {' '.join(text)}"
    elif kind == 2:
        place = random.randrange(len(text))
        text[place] += random.choice((",", " !", "...", " ?"))
    else:
        text = [word.upper() if random.random() < 0.3 else word for word in text]
    return plain(words, text)


def several_edits(words: Vocabulary, text: list[str]) -> str:
    """One edit and, on average, one more in ten words: swaps, gaps, insertions, typing errors."""
    random = words.random
    wanted = 1 + sum(random.random() < 0.1 for _ in text)
    for _ in range(wanted):
        place, kind = random.randrange(len(text)), random.randrange(5)
        if kind == 0:
            text[place] = words.some(1)[0]
        elif kind == 1 and len(text) > 4:
            del text[place]
        elif kind == 2:
            text.insert(place, words.some(1)[0])
        elif kind == 3 and place:
            text[place - 1], text[place] = text[place], text[place - 1]
        else:
            letters = list(text[place])
            letters[random.randrange(len(letters))] = random.choice("aeiourstln")
            text[place] = "".join(letters)
    return plain(words, text)


def half_swapped(words: Vocabulary, text: list[str]) -> str:
    """Every other text has one word swapped; all are addressed to somebody."""
    if words.random.random() < 0.5:
        text[words.random.randrange(len(text))] = words.some(1)[0]
    return f"@{words.random.choice(words.words)} {' '.join(text)}"


def disguised(words: Vocabulary, text: list[str]) -> str:
    """The text as spammers hide it: links, emoji, no accents, odd letters, cut at the end."""
    random = words.random
    kind = random.randrange(7)
    line = " ".join(text)
    if kind == 0:
        return f"{line} https://t.co/{random.getrandbits(40):x}"
    if kind == 1:
        return f"{line} {random.choice('😀😡🔥🤡👏')}{random.choice('😀😡🔥🤡👏')}"
    if kind == 2:
        bare = unicodedata.normalize("NFD", line)
        return "".join(letter for letter in bare if not unicodedata.combining(letter))
    if kind == 3:
        return "".join(
            chr(0x1D5EE + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter
            for letter in line
        )
    if kind == 4:
        place = random.randrange(1, len(line))
        return f"{line[:place]}\u200b{line[place:]}"
    if kind == 5:
        return line.translate(str.maketrans("aeopcx", "аеорсх"))
    return f"{line[: max(40, int(0.75 * len(line)))]}…"


def swapped_in(script: Script, count: int, seed: int) -> Texts:
    """Texts in another script, one word swapped in each member of a family."""
    words = Vocabulary.of(Random(seed), script)

    def edit(words: Vocabulary, text: list[str]) -> str:
        text[words.random.randrange(len(text))] = words.some(1)[0]
        return " ".join(text)

    found = mixed(count, seed + 1, edit, (10, 20), vocabulary=words)
    if script.spaced:
        return found
    return Texts([text.replace(" ", "") for text in found.texts], found.truth)
