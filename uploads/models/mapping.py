"""Which header stands for which field, kept under a name."""

from django.db import models

from accounts.ids import new_id
from accounts.models import Company
from uploads.querysets import TenantManager


class ColumnMapping(models.Model):
    """A company's saved mapping. At most one per company is the default."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    # {source header: field name}
    columns = models.JSONField(default=dict)
    # {"decimal_mark", "date_order", "encoding", "delimiter"}, each optional.
    formats = models.JSONField(default=dict)
    # {field name: value used where the file has none}
    defaults = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint("company", "name", name="mapping_name_once"),
            models.UniqueConstraint(
                fields=["company"],
                condition=models.Q(is_default=True),
                name="mapping_default_once",
            ),
        )

    def __str__(self) -> str:
        return self.name
