"""What operators have decided about a queue; one without a row is as usual."""

from django.db import models


class Queue(models.Model):
    """A queue that is paused, or once was."""

    name = models.CharField(primary_key=True, max_length=50)
    paused_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
