"""The language a short post is said to be in, and when Limier declines to say."""

from __future__ import annotations

import polars as pl
import pytest

from analyzers.lib.byte_language import ByteClassifier
from analyzers.lib.language import languages

POSTS = {
    "fr": [
        "@ex_ministre Honte à toi, tu mens comme tu respires",
        "Encore une belle journée pour se faire avoir par ce gouvernement 😡",
        "Bravo madame, vous avez raison de ne rien lâcher !",
        "je comprends pas pourquoi on parle encore de lui",
        "Quelle honte cette émission, on paie une redevance pour ça ? https://t.co/a1b2",
        "Le procès se termine aujourd'hui, enfin",
    ],
    "en": [
        "I can't believe they are still talking about this",
        "@someone you should be ashamed of yourself",
        "What a game last night, best goal of the season!",
        "Nobody asked for your opinion, sir",
        "Reading in the park with a cup of tea #sunday",
        "The train is late again and nobody knows why",
    ],
    "el": [
        "Καλημέρα σε όλους, καλή εβδομάδα",
        "@kapoios Δεν ντρέπεσαι λίγο, ψεύτη;",
        "Το καλύτερο τραγούδι της χρονιάς https://t.co/xyz",
        "Πάλι άργησε το λεωφορείο σήμερα",
        "Τι ωραία μέρα για μια βόλτα στη θάλασσα",
        "Δεν υπάρχει περίπτωση να ξαναπάω εκεί",
    ],
    "id": [
        "Selamat pagi semuanya, semoga harimu menyenangkan",
        "@teman kamu harus malu dengan perbuatanmu",
        "Hari ini hujan lagi, malas keluar rumah",
        "Lagu ini enak banget buat nemenin kerja",
        "Aku tidak mengerti kenapa dia selalu bohong",
        "Besok kita pergi ke pasar bersama ibu",
    ],
    "sr": [
        "Добро јутро свима, желим вам леп дан",
        "@neko Срам те било, лажове један",
        "Опет касни аутобус, као и сваког дана",
        "Не могу да верујем шта причају на телевизији",
        "Danas je baš lep dan za šetnju pored reke",
        "@neko Sram te bilo, lažove jedan",
        "Opet kasni autobus, kao i svakog dana",
        "Ne mogu da verujem šta pričaju na televiziji",
    ],
    "ru": [
        "Доброе утро всем, хорошего дня",
        "@kto Как тебе не стыдно так врать людям",
        "Опять опоздал автобус, стою на морозе",
        "Лучшая песня этого года, слушаю весь день",
        "Не понимаю, почему об этом молчат",
        "Сегодня идём в кино, кто с нами?",
    ],
    "ar": [
        "صباح الخير للجميع، أتمنى لكم يوما سعيدا",
        "@ahad عيب عليك، كل ما تقوله كذب",
        "الحافلة متأخرة مرة أخرى هذا الصباح",
        "أجمل أغنية سمعتها هذا العام",
        "لا أفهم لماذا لا يتكلم أحد عن هذا",
        "اليوم نذهب إلى السوق مع العائلة",
    ],
    "es": [
        "Buenos días a todos, que tengan una linda semana",
        "@alguien deberías tener vergüenza de mentir así",
        "Otra vez llega tarde el autobús, como siempre",
        "La mejor canción del año, la escucho todo el día",
        "No entiendo por qué nadie habla de esto",
        "Hoy vamos al cine con los amigos, ¿quién viene?",
    ],
}
CASES = [(text, code) for code, texts in POSTS.items() for text in texts]


def decide(text: str, label: str | None = None) -> tuple[str, str]:
    codes, basis = languages([text], [label])
    return codes[0], basis[0]


def test_without_a_label_a_language_is_named_only_where_detectors_agree_and_then_rightly() -> None:
    codes, basis = languages([text for text, _ in CASES], [None] * len(CASES))
    wrong = [
        (text, code)
        for (text, expected), code in zip(CASES, codes, strict=True)
        if code not in (expected, "und")
    ]
    assert wrong == []
    assert (codes != "und").sum() >= 0.85 * len(CASES)
    assert ((basis == "detectors") == (codes != "und")).all()


def test_a_right_label_settles_what_detectors_leave_open() -> None:
    codes, _ = languages([text for text, _ in CASES], [code for _, code in CASES])
    right = sum(code == expected for (_, expected), code in zip(CASES, codes, strict=True))
    assert right >= 0.95 * len(CASES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@kapoios @someone",
        "https://t.co/a1b2c3",
        "😡😡😡 👎",
        "@someone menteur",
        "lol",
        "Δεν",
        "12 000 000",
        "RT @someone: https://t.co/a1b2",
    ],
)
def test_a_text_with_nearly_no_words_is_undetermined_whatever_the_label(text: str) -> None:
    assert decide(text) == ("und", "none")
    assert decide(text, "fr") == ("und", "none")


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Ne mogu da verujem šta pričaju na televiziji", None, ("sr", "detectors")),
        ("Ne mogu da verujem šta pričaju na televiziji", "hr", ("hr", "platform")),
        ("Ne mogu da verujem šta pričaju na televiziji", "sl", ("sr", "detectors")),
        ("Hari ini hujan lagi, malas keluar rumah", "in", ("id", "platform")),
        ("Hari ini hujan lagi, malas keluar rumah", "msa", ("ms", "platform")),
        ("Hari ini hujan lagi, malas keluar rumah", "und", ("id", "detectors")),
        ("אני לא מבין למה אף אחד לא מדבר על זה", "iw", ("he", "platform")),
        ("Não entendo por que ninguém fala sobre isso", "pt-BR", ("pt", "platform")),
        ("Ingen forstår hvorfor bussen alltid er forsinket", "no", ("no", "platform")),
        ("どうして誰もこの話をしないのか分からない", "ja", ("ja", "platform")),
        ("I can't believe they are still talking about this", "fr", ("en", "detectors")),
        ("I can't believe they are still talking about this", "qme", ("en", "detectors")),
    ],
)
def test_labels_name_the_language_only_where_a_detector_confirms_them(
    text: str, label: str | None, expected: tuple[str, str]
) -> None:
    assert decide(text, label) == expected


def test_rows_are_decided_one_by_one_in_their_own_order() -> None:
    texts = ["Καλημέρα σε όλους, καλή εβδομάδα", None, "Honte à toi, tu mens comme tu respires"]
    codes, basis = languages([*texts, *texts], [None, None, None, "el", "fr", "fr"])
    assert codes.to_list() == ["el", "und", "fr", "el", "und", "fr"]
    assert basis.to_list() == ["detectors", "none", "detectors", "platform", "none", "platform"]
    assert languages([], [])[0].to_list() == []


@pytest.mark.parametrize(
    "text", ["a\x00b\x85c \ufffe\ufdd0 salut", "\u202e\ud7ff", "\U0010ffff" * 9]
)
def test_control_characters_do_no_harm(text: str) -> None:
    assert decide(text, "fr")[0] in ("und", "fr")


def test_many_texts_at_once_are_classified_as_py3langid_does_one_by_one() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    texts = [text for text, _ in CASES] + [text.upper() for text, _ in CASES[:10]] + ["été " * 200]
    one_by_one = LanguageIdentifier.from_model_file(MODEL_FILE)
    assert ByteClassifier().classify(texts) == [one_by_one.classify(text)[0] for text in texts]
    assert ByteClassifier().classify(["", "???"])[0] is None
    assert pl.Series(ByteClassifier().classify([])).is_empty()
