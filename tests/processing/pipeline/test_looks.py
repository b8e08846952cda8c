import pytest

from processing.pipeline.looks import Verdict, verdict_of

AGREE, CONTRADICT = Verdict.AGREE, Verdict.CONTRADICT
SAY_NOTHING = Verdict.SAY_NOTHING
KINDS = ("Boleta", "Factura") * 4


@pytest.mark.parametrize(
    ("field", "values", "verdict"),
    [
        pytest.param("occurred_at", ("3/1/2025", "2025-01-04", "20250105"), AGREE),
        pytest.param("occurred_at", ("45000", "45001.5", "45002"), AGREE, id="serials"),
        pytest.param("occurred_at", ("3 de enero 2025",) * 3, AGREE, id="in words"),
        pytest.param("occurred_at", ("B-1", "B-2", "B-3"), CONTRADICT),
        pytest.param("occurred_at", ("881", "882", "883"), CONTRADICT, id="folios"),
        pytest.param("time_of_day", ("10:05", "7:45 PM", "1030"), AGREE),
        pytest.param("time_of_day", ("ana", "luis", "eva"), CONTRADICT),
        pytest.param("transaction_id", ("1", "F001-12", "A/3"), AGREE),
        pytest.param("transaction_id", ("1001.0", "1002.0", "1.003"), AGREE),
        pytest.param("transaction_id", KINDS, CONTRADICT, id="kinds of documents"),
        pytest.param("transaction_id", ("1-1-2025",) * 3, CONTRADICT, id="dates"),
        pytest.param("transaction_id", ("9:30", "10:05", "11:00"), CONTRADICT),
        pytest.param(
            "transaction_id",
            ("11.111.111-1", "12345678-5", "5126663-3"),
            CONTRADICT,
            id="people",
        ),
        pytest.param("transaction_id", ("12345678-4",) * 3, AGREE, id="no check digit"),
        pytest.param("product_id", ("A1", "pan", "7801234"), AGREE),
        pytest.param("product_id", ("$ 990", "1.990,50", "12.50"), CONTRADICT),
        pytest.param("product_id", ("1", "2", "1", "2", "3"), CONTRADICT, id="lines"),
        pytest.param("product_id", ("1", "2", "3", "4", "5"), AGREE, id="no lines"),
        pytest.param("quantity", ("1", "2,5", "-3"), AGREE),
        pytest.param("quantity", ("$ 990", "$ 1.200", "$ 50"), CONTRADICT, id="money"),
        pytest.param("quantity", ("kg", "un", "kg"), CONTRADICT, id="units"),
        pytest.param("quantity", ("10%", "5 %", "2%"), CONTRADICT, id="rates"),
        pytest.param("price_total", ("$1.990", "CLP 500", "(1,200.50)"), AGREE),
        pytest.param("price_total", ("10%", "5%", "2%"), CONTRADICT),
        pytest.param("price_total", ("01.02.2025",) * 3, CONTRADICT),
        pytest.param("customer_id", ("11111111-1", "Rosa", "K-9"), AGREE),
        pytest.param("customer_id", ("1-2-2025",) * 3, CONTRADICT),
        pytest.param("transaction_type", KINDS, AGREE),
        pytest.param("description", ("Pan 1kg", "Té", "Café"), AGREE),
        pytest.param("description", ("1001", "1002", "1003"), CONTRADICT),
        pytest.param("unit_type", ("un", "kg", "caja"), AGREE),
        pytest.param("unit_type", ("1", "2", "3"), CONTRADICT),
        pytest.param("stock", ("1", "2", "alto", "bajo", "nada"), SAY_NOTHING),
        pytest.param("stock", ("1", "2", "N/A", ""), SAY_NOTHING, id="too few"),
    ],
)
def test_values_say_whether_they_are_what_a_field_holds(
    field: str, values: tuple[str, ...], verdict: Verdict
) -> None:
    assert verdict_of(field, values) is verdict
