"""How many rows a company has of each of its days."""

from django.db import models

from accounts.models import Company
from uploads.querysets import TenantManager


class DayCount(models.Model):
    """The landed rows of one day of a company, counted as they land.

    Derived from the table of rows, so that a small file need not count a year of them.
    Whoever lands writes it in the same transaction, holding the company's turn. Days
    are of ``time_zone``; if the company has another one by now, or nothing is kept, the
    next landing counts anew (``processing.copy.daycounts``). Like a row, it names its
    company without a constraint (decision 0003).
    """

    pk = models.CompositePrimaryKey("company", "day")
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    day = models.DateField()
    time_zone = models.CharField(max_length=64)
    rows = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.day}: {self.rows}"
