"""A company: the tenant to which every upload and row belongs."""

from typing import ClassVar

from django.db import models

from accounts.ids import new_id


class Industry(models.TextChoices):
    """What the company does."""

    RETAIL = "retail"
    FOOD = "food"
    MANUFACTURING = "manufacturing"
    SERVICES = "services"
    TECHNOLOGY = "technology"
    CONSTRUCTION = "construction"
    AGRICULTURE = "agriculture"
    HEALTHCARE = "healthcare"
    EDUCATION = "education"
    OTHER = "other"


class Size(models.TextChoices):
    """How large the company is, by the usual Chilean classes."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"


class DecimalMark(models.TextChoices):
    """What separates whole from fraction where a file does not decide."""

    COMMA = "comma"
    POINT = "point"


class DateOrder(models.TextChoices):
    """Which part of a date comes first where a file does not decide."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class LivingCompanies(models.Manager["Company"]):
    """Companies that were not deleted."""

    def get_queryset(self) -> models.QuerySet["Company"]:
        return super().get_queryset().filter(deleted_at__isnull=True)


class Company(models.Model):
    """A tenant. Deleted companies keep their row and their RUT (``deleted_at``)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    rut = models.CharField(max_length=12, unique=True)
    industry = models.CharField(
        max_length=20, choices=Industry.choices, default=Industry.OTHER
    )
    size = models.CharField(max_length=10, choices=Size.choices, default=Size.SMALL)
    time_zone = models.CharField(max_length=64, default="America/Santiago")
    decimal_mark = models.CharField(
        max_length=5, choices=DecimalMark.choices, default=DecimalMark.COMMA
    )
    date_order = models.CharField(
        max_length=11, choices=DateOrder.choices, default=DateOrder.DAY_FIRST
    )
    currency = models.CharField(max_length=3, default="CLP")
    quality_threshold = models.PositiveSmallIntegerField(default=95)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[LivingCompanies] = LivingCompanies()
    with_deleted: ClassVar[models.Manager["Company"]] = models.Manager()

    class Meta:
        verbose_name_plural = "companies"
        default_manager_name = "with_deleted"

    def __str__(self) -> str:
        return self.name
