"""Names as they are shown: no folder, nothing invisible, never too long."""

import pytest

from uploads.names import displayable


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("ventas.csv", "ventas.csv"),
        ("  ventas  de marzo.csv ", "ventas de marzo.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Caja\\ventas.csv", "ventas.csv"),
        ("ventas\u202egpj.csv", "ventasgpj.csv"),
        ("a\x00b\r\nc.csv", "ab c.csv"),
        ("\ud800x.csv", "x.csv"),
        ("Almace\u0301n.csv", "Almacén.csv"),
        ("año ñandú 🧾.csv", "año ñandú 🧾.csv"),
        ("", "upload.csv"),
        ("\u200b\u202e", "upload.csv"),
        ("carpeta/", "upload.csv"),
        ("x" * 300, "x" * 255),
        ("<script>.csv", "<script>.csv"),
    ],
)
def test_a_name_is_safe_to_show(sent: str, shown: str) -> None:
    assert displayable(sent) == shown
