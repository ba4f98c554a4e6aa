"""Registers of public figures that a person gives beside a dump."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.model.case import PublicFigure
from analyzers.model.refusal import BadInput
from analyzers.read.register import LARGEST, LONGEST_NAME, MOST, read_register

SINGER = PublicFigure("mc_boussole", "Mc Boussole", "culture")
EDITOR = PublicFigure("plume_du_soir", "Plume du Soir", "journalism")


def saved(folder: Path, content: str | bytes, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (
            "handle,name,category\n@mc_boussole,Mc Boussole,culture\n"
            "plume_du_soir,Plume du Soir,journalism\n",
            "register.csv",
        ),
        (
            "\ufeffCatégorie;Pseudo;Nom;Remarque\nculture;mc_boussole;Mc Boussole;!\n"
            "journalism;https://x.com/plume_du_soir;Plume du Soir;\n;;;\n",
            "Registre.CSV",
        ),
        (
            "sep=\t\ncompte\tnom\tcategorie\nmc_boussole\tMc Boussole\tculture\n"
            "plume_du_soir\tPlume  du\u200b Soir\tjournalism\n",
            "register.csv",
        ),
        (
            '[[figure]]\nhandle = "@mc_boussole"\nname = "Mc Boussole"\ncategory = "culture"\n'
            '[[figure]]\npseudo = "plume_du_soir"\nnom = "Plume du Soir"\n"catégorie" = '
            '"journalism"\n',
            "register.toml",
        ),
    ],
)
def test_each_way_of_writing_a_register_says_the_same(
    tmp_path: Path, content: str, name: str
) -> None:
    register = read_register(saved(tmp_path, content, name))
    assert register.figures == (SINGER, EDITOR)
    assert register.skipped == 0


def test_a_table_saved_by_an_old_spreadsheet_keeps_its_accents(tmp_path: Path) -> None:
    path = saved(tmp_path, "pseudo;nom;catégorie\nemile;Émile;médias\n".encode("cp1252"))
    assert read_register(path).figures == (PublicFigure("emile", "Émile", "médias"),)


def test_rows_whose_handle_is_none_are_counted(tmp_path: Path) -> None:
    rows = "=1+1,Sum,x\n,Nobody,x\nJean Martin,Jean Martin,x\n#tag,Tag,x\n@known,Known,x\n"
    register = read_register(saved(tmp_path, "handle,name,category\n" + rows))
    assert [figure.handle for figure in register.figures] == ["known"]
    assert register.skipped == 4


def test_a_name_is_text_whatever_a_spreadsheet_would_make_of_it(tmp_path: Path) -> None:
    formula = '=HYPERLINK(""http://example.org"")'
    long = "n" * 500
    path = saved(tmp_path, f'handle,name,category\nx,"{formula}",culture\ny,{long},Culture\nz\n')
    first, second, third = read_register(path).figures
    assert first.name == '=HYPERLINK("http://example.org")'
    assert second.name == "n" * (LONGEST_NAME - 1) + "…"
    assert second.category == "culture"  # as it was first spelt
    assert third == PublicFigure("z", "@z", "")


def test_a_figure_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    path = saved(tmp_path, "handle,name,category\nx,X,culture\n@X,X again,CULTURE\n")
    assert read_register(path).figures == (PublicFigure("x", "X", "culture"),)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("handle\nx\n", "register.xlsx", "it must be a .csv or a .toml"),
        ("who,what\nx,y\n", "register.csv", "has no column"),
        ("", "register.csv", "has no column"),
        ("handle,name,category\n", "register.csv", "has no column"),
        ('title = "none"\n', "register.toml", "has no column"),
        ("handle,name,category\n,a,b\n", "register.csv", "names nobody"),
        ("handle,category\nx,culture\nX,politics\n", "register.csv", "into two categories"),
        ("handle\n" + "x\n" * (MOST + 1), "register.csv", "the most a register may hold"),
        (b"h" * (LARGEST + 1), "register.csv", "is larger than"),
        (b"handle\nx\0y\n", "register.csv", "bytes that are no text"),
        ("handle\nx\n".encode("utf-16"), "register.csv", "bytes that are no text"),
        ("handle = \n", "register.toml", "is no valid TOML"),
        ('figure = "\xe9"\n'.encode("latin-1"), "register.toml", "is no valid TOML"),
        ("a = " + "[" * 100_000, "register.toml", "is no valid TOML"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    tmp_path: Path, content: str | bytes, name: str, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_register(saved(tmp_path, content, name))


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("folder.csv", "nothing.csv"):
        with pytest.raises(BadInput, match="could not be read"):
            read_register(tmp_path / name)
