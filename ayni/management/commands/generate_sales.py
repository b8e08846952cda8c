"""``manage.py generate_sales``: a messy sales file and the truth about it."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ayni.sales.files import Plan, write_sales
from ayni.sales.oracle import oracle_path


class Command(BaseCommand):
    """Write ``FILE`` and ``FILE.oracle.json``; the same options give the same bytes."""

    help = "Write a messy Chilean sales file and, beside it, what is true of it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=100_000)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument(
            "--dirty", type=float, default=0.02, help="share of broken rows, 0 to 1"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *_arguments: object, **options: Any) -> None:
        path = Path(options["out"])
        plan = Plan(rows=options["rows"], seed=options["seed"], dirty=options["dirty"])
        oracle = write_sales(path, plan)
        if not options["verbosity"]:
            return
        self.stdout.write(
            f"{path}: {oracle.rows} rows, {len(oracle.rejects)} of them broken;"
            f" the truth is in {oracle_path(path).name}"
        )
