"""The names under which browsers gather in the channel layer."""

import uuid


def upload_group(upload_id: uuid.UUID | str) -> str:
    """Return the group of everybody who watches one upload."""
    return f"upload.{upload_id}"


def company_group(company_id: uuid.UUID | str) -> str:
    """Return the group of everybody who watches a whole company."""
    return f"company.{company_id}"
