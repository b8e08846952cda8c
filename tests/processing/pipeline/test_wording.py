import pytest

from processing.pipeline.wording import normalise, words_of


@pytest.mark.parametrize(
    ("header", "left"),
    [
        pytest.param("Precio de la Unidad", "precio unidad", id="little words"),
        pytest.param("codProducto", "cod producto", id="camel case"),
        pytest.param("[Total]", "total", id="all in brackets"),
        pytest.param("Total (CLP)", "total", id="unit in parentheses"),
        pytest.param("de la", "de la", id="little words only"),
        pytest.param("TOTAL total", "total", id="said twice"),
        pytest.param("#", "n", id="number sign"),
        pytest.param("3) Código", "cod", id="numbering"),
        pytest.param("2023 Total", "2023 total", id="a year is no numbering"),
        pytest.param("Descripci?n", "descripcion", id="a sign for a letter"),
        pytest.param("Descripcin", "descripcion", id="a letter lost"),
        pytest.param("C\\xf3digo", "cod", id="a broken byte shown"),
        pytest.param("Categor\ufffda", "categoria", id="a letter replaced"),
        pytest.param("CÃ³digo", "cod", id="encoded twice"),
        pytest.param("AÃÃ", "aaa", id="only looks encoded twice"),
        pytest.param("Da", "da", id="short words lose no letter"),
        pytest.param("Total c/IVA", "total coniva", id="with"),
        pytest.param("Total s/IVA", "total siniva", id="without"),
        pytest.param("Número de artículos", "cantidad articulos", id="a count"),
        pytest.param("Número de artículo", "n articulo", id="a name"),
        pytest.param("N Orden", "n orden", id="no ordinal sign"),
    ],
)
def test_writing_habits_are_taken_away(header: str, left: str) -> None:
    assert normalise(header) == left


@pytest.mark.parametrize(
    ("one", "other"),
    [("total precio", "precio total"), ("productos nombre", "nombre producto")],
)
def test_words_have_no_order_and_no_plural(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


def test_one_unit_and_several_stay_apart() -> None:
    assert words_of("unidad") != words_of("unidades")
