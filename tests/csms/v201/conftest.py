"""The world every test of this dialect starts from."""

from __future__ import annotations

import pytest

from tests.csms.v201.counter import Counter
from tests.csms.v201.scene import World, make_world


@pytest.fixture
def world() -> World:
    """Return a station at rest, online."""
    return make_world()


@pytest.fixture
def counter() -> Counter:
    """Return a CSMS at the counter of a station at rest."""
    return Counter()
