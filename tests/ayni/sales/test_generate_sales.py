from pathlib import Path

from django.core.management import call_command

from ayni.sales.files import Plan, sales_chunks
from ayni.sales.oracle import read_oracle


def test_the_command_writes_the_file_of_its_options_and_the_truth(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sales.csv"

    call_command("generate_sales", rows=50, seed=3, dirty=0.1, out=path, verbosity=0)

    plan = Plan(rows=50, seed=3, dirty=0.1)
    assert path.read_bytes() == b"".join(sales_chunks(plan))
    assert read_oracle(path).rows == 50
