"""The embedded services of one folder, started together."""

from collections.abc import Callable
from pathlib import Path

from ayni.localstack import postgres, valkey
from ayni.localstack.addresses import Addresses
from ayni.localstack.errors import ServiceStartError
from ayni.localstack.keeper import Keeper, ProcessPlan
from ayni.localstack.postgres import Durability, EmbeddedPostgres
from ayni.localstack.valkey import EmbeddedValkey
from ayni.localstack.waiting import wait_until

# Recovery after a killed machine reads up to max_wal_size of log.
READY_SECONDS = 120.0

type Readiness = Callable[[int], bool]
