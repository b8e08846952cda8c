"""What a listing may be narrowed by, as frozen data. Empty means any."""

import dataclasses
import datetime as dt
import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadFilter:
    """Narrow uploads. The range of creation includes its start and not its end."""

    status: str = ""
    created_from: dt.datetime | None = None
    created_to: dt.datetime | None = None
    name: str = ""

    def lookups(self) -> dict[str, object]:
        """Return the filter in the ORM's words."""
        return _given(
            {
                "status": self.status,
                "created_at__gte": self.created_from,
                "created_at__lt": self.created_to,
                "original_name__icontains": self.name,
            }
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TransactionFilter:
    """Narrow sales. The range of moments includes its start and not its end."""

    occurred_from: dt.datetime | None = None
    occurred_to: dt.datetime | None = None
    transaction_id: str = ""
    product_id: str = ""
    customer_id: str = ""
    category: str = ""
    upload_id: uuid.UUID | None = None

    def lookups(self) -> dict[str, object]:
        """Return the filter in the ORM's words."""
        return _given(
            {
                "occurred_at__gte": self.occurred_from,
                "occurred_at__lt": self.occurred_to,
                "transaction_id": self.transaction_id,
                "product_id": self.product_id,
                "customer_id": self.customer_id,
                "category": self.category,
                "upload_id": self.upload_id,
            }
        )


ANY_UPLOAD = UploadFilter()
ANY_TRANSACTION = TransactionFilter()


def _given(lookups: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in lookups.items() if value not in {None, ""}}
