from processing.pipeline.rejects import Reject
from processing.spool import RejectSpool


def reject(line: int, *, raw: tuple[str, ...] = ("a", "b")) -> Reject:
    return Reject(
        line=line,
        record=line - 1,
        byte_offset=10 * line,
        column="Fecha",
        code="bad_date",
        excerpt="31-02-2024",
        raw=raw,
    )


def test_refused_rows_come_back_in_order_and_unchanged() -> None:
    odd = ("", "x\ny", "\x00", "\udc81", "ñ\u2028")
    rejects = [reject(2), reject(3, raw=odd), reject(4, raw=())]

    with RejectSpool() as spool:
        spool.add(rejects[:1])
        spool.add(rejects[1:])

        assert list(spool) == rejects
        assert list(spool) == rejects


def test_more_than_fits_in_memory_comes_back_too() -> None:
    rejects = [reject(line, raw=("x" * 1_000,)) for line in range(2, 2_002)]

    with RejectSpool() as spool:
        spool.add(rejects)

        assert list(spool) == rejects
