"""What a person may do in a company."""

from django.db import models

from accounts.ids import new_id
from accounts.models.company import Company
from accounts.models.user import User
from accounts.roles import Role


class Membership(models.Model):
    """One person in one company with one role."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships")
    role = models.CharField(
        max_length=10, choices=[(role.value, role.value) for role in Role]
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("user", "company", name="membership_unique"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.company_id}"
