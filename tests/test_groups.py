"""Tests that share processes are known to be a group by whoever deals them out."""

import pytest

GROUP = "dealt out together"


@pytest.mark.xdist_group(GROUP)
def test_a_group_is_part_of_the_name_that_is_dealt_out(
    request: pytest.FixtureRequest,
) -> None:
    """Where it is not, each process starts a stack of its own and they fight for it."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("nothing is dealt out: there is one process")
    assert request.node.nodeid.endswith(f"@{GROUP}")
