"""Who decides what a column is: this file's people, exact names, earlier choices."""

from processing.pipeline.columns import Matching, match_columns
from tests.processing.pipeline.files import hints

FULL = ("Fecha", "Boleta", "SKU", "Cantidad", "Total")


def match(*header: str, **told: object) -> Matching:
    return match_columns(header, hints(**told))


def reason_of(matching: Matching, index: int) -> tuple[str | None, str]:
    column = matching.columns[index]
    return column.field, column.reason


def test_what_was_learnt_is_taken_without_a_question_and_shown_as_such() -> None:
    matching = match(*FULL[:4], " COBRO X ", learnt={"cobro x": "price_total"})

    assert reason_of(matching, 4) == ("price_total", "learnt")
    assert (matching.questions, matching.assumptions) == ((), ())


def test_a_column_learnt_to_be_left_out_is_left_out() -> None:
    matching = match(*FULL, "Categoría", learnt={"categoría": ""})

    assert reason_of(matching, 5) == (None, "learnt")


def test_what_was_learnt_against_a_sure_word_is_listed() -> None:
    matching = match(*FULL[:4], "Total", "Neto X", learnt={"total": "cost_total"})

    assert reason_of(matching, 4) == ("cost_total", "learnt")
    assert [(a.kind, a.column, a.assumed) for a in matching.assumptions] == [
        ("learnt", "Total", "cost_total")
    ]


def test_nothing_learnt_overrules_a_fields_own_name_and_that_is_listed() -> None:
    matching = match(*FULL[:4], "price_total", learnt={"price_total": "stock"})

    assert reason_of(matching, 4) == ("price_total", "name")
    assert [(a.kind, a.assumed) for a in matching.assumptions] == [
        ("learnt_overruled", "price_total")
    ]


def test_an_exact_name_beside_a_learnt_one_gets_the_field() -> None:
    matching = match(*FULL[:4], "price_total", "X", learnt={"x": "price_total"})

    assert reason_of(matching, 4) == ("price_total", "name")
    assert reason_of(matching, 5) == (None, "no field")


def test_two_columns_learnt_for_one_field_are_asked_about() -> None:
    matching = match(
        *FULL[:4], "X", "Y", learnt={"x": "price_total", "y": "price_total"}
    )

    assert [(q.code, q.columns) for q in matching.questions] == [
        ("column_conflict", ("X", "Y"))
    ]


def test_a_mapping_of_this_file_goes_before_what_was_learnt() -> None:
    matching = match(
        *FULL[:4], "X", mapping={"X": "price_total"}, learnt={"x": "stock"}
    )

    assert reason_of(matching, 4) == ("price_total", "mapping")


def test_a_person_who_looked_goes_before_a_mapping() -> None:
    matching = match(*FULL[:4], "X", chosen={4: "price_total"}, mapping={"X": "stock"})

    assert reason_of(matching, 4) == ("price_total", "review")


def test_one_of_two_columns_of_the_same_name_is_chosen_by_its_place() -> None:
    matching = match(*FULL, "Total", chosen={4: "", 5: "price_total"})

    assert [reason_of(matching, i) for i in (4, 5)] == [
        (None, "review"),
        ("price_total", "review"),
    ]
    assert matching.questions == ()


def test_a_moment_is_chosen_from_two_columns() -> None:
    matching = match("D", "H", *FULL[1:], chosen={0: "occurred_at", 1: "occurred_at"})

    assert [c.field for c in matching.columns[:2]] == ["occurred_at"] * 2
    assert matching.questions == ()
