"""All cases, in the order in which they are run. Needs Django to be set up."""

from tests.chaos import freezing, killing
from tests.chaos.campaign import Case

CASES: tuple[Case, ...] = (*killing.CASES, *freezing.CASES)
