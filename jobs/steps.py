"""One job that is asked for, as a value: what chains and groups are made of."""

import dataclasses
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What ``enqueue`` is asked for, with the same names and the same meaning."""

    actor: str
    args: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    queue: str = "default"
    tenant_id: uuid.UUID | None = None
    priority: int = 0
    run_at: datetime | None = None
    dedupe_key: str = ""
