"""People, companies and what ties them."""

from accounts.models.company import Company, Industry, Size
from accounts.models.membership import Membership
from accounts.models.user import User

__all__ = ["Company", "Industry", "Membership", "Size", "User"]
