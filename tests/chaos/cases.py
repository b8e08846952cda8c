"""All cases, in the order in which they are run. Needs Django to be set up."""

from tests.chaos import (
    cutting,
    draining,
    freezing,
    killing,
    poisoning,
    postgres,
    repeating,
    silencing,
    valkey,
)
from tests.chaos.campaign import Case

CASES: tuple[Case, ...] = (
    *killing.CASES,
    *valkey.CASES,
    *postgres.CASES,
    *freezing.CASES,
    *cutting.CASES,
    *poisoning.CASES,
    *silencing.CASES,
    *draining.CASES,
    *repeating.CASES,
)
