import random

import pytest
from stdnum.cl import rut

from ayni.sales.catalogue import decimal_text, make_customers, make_products


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, 2, "0"),
        (199_050, 2, "1.990,50"),
        (-199_000, 2, "-1.990"),
        (755, 3, "0,755"),
        (123_456_789_01, 2, "123.456.789,01"),
    ],
)
def test_numbers_are_written_as_chile_writes_them(
    value: int, places: int, text: str
) -> None:
    assert decimal_text(value, places=places) == text


def test_customers_have_a_valid_rut_or_none() -> None:
    customers = make_customers(random.Random(3))

    assert "" in customers
    assert all(rut.is_valid(customer) for customer in set(customers) - {""})


def test_a_return_is_a_sale_with_its_signs_turned() -> None:
    product = make_products(random.Random(3))[0]

    for sold, returned in zip(product.sold, product.returned, strict=True):
        assert (returned.quantity, returned.total) == (-sold.quantity, -sold.total)
