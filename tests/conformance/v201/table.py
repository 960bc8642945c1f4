"""The cases of the conformance tool that a charging station of OCPP 2.0.1 must show, in our words.

A certificate counts 409 of them; a case of two profiles stands under the first one.
"""

from __future__ import annotations

import pytest

from tests.conformance.v201.cases import a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p

_BLOCKS = (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)

CASES = tuple(case for block in _BLOCKS for case in block.CASES)

EXCUSED = {id_: reason for block in _BLOCKS for id_, reason in block.EXCUSED.items()}
"""Why a case is not met, by its id."""

IDS = frozenset(case.id for case in CASES)


def case(id_: str) -> pytest.MarkDecorator:
    """Say that a test plays this case."""
    assert id_ in IDS, id_
    return pytest.mark.case(id_)
