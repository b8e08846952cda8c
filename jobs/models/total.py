"""How many attempts ended how, kept when the attempts themselves are forgotten."""

from django.db import models


class Total(models.Model):
    """Attempts that are alike for whoever counts them, and how many there were.

    ``wait_le`` and ``run_le`` are the upper bounds of the buckets they fall into, in
    seconds; the last one is infinite.
    """

    queue = models.CharField(max_length=50)
    actor = models.CharField(max_length=100)
    outcome = models.CharField(max_length=12)
    is_lost = models.BooleanField()
    wait_le = models.FloatField()
    run_le = models.FloatField()
    attempts = models.BigIntegerField()
    wait_seconds = models.FloatField()
    run_seconds = models.FloatField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["queue", "actor", "outcome", "is_lost", "wait_le", "run_le"],
                name="total_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempts} of {self.actor} {self.outcome}"


class TotalMark(models.Model):
    """The moment up to which attempts are in the totals. There is one row at most."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.until)
