"""No action is heard of which nobody has tried what makes no sense (S12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from laadpaal.csms.dialect import Dialect, Hearer
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.csms.v201.refusals import UNSUPPORTED
from tests.csms.played import LOG, Row
from tests.csms.v16.test_semantics import CORE
from tests.csms.v16.test_semantics_charging import ASKED, MADE, SENSELESS
from tests.csms.v16.test_semantics_files import FILES
from tests.csms.v16.test_semantics_local_list import LISTS
from tests.csms.v16.test_semantics_reservation import RESERVATIONS
from tests.csms.v16.test_semantics_security import SENSELESS as SECURITY
from tests.csms.v201.scene import FakeClock
from tests.csms.v201.test_semantics import ROWS
from tests.csms.v201.test_semantics_certificates import ROWS as CERTIFICATES
from tests.csms.v201.test_semantics_charging import SENSELESS as CHARGING_201
from tests.csms.v201.test_semantics_customers import CUSTOMERS
from tests.csms.v201.test_semantics_display import DISPLAY
from tests.csms.v201.test_semantics_files import FILES as FILES_201
from tests.csms.v201.test_semantics_local_list import LISTS as LISTS_201
from tests.csms.v201.test_semantics_monitoring import MONITORS
from tests.csms.v201.test_semantics_networks import NETWORKS
from tests.csms.v201.test_semantics_reservation import RESERVATIONS as RESERVATIONS_201

IN_16 = (*CORE, *MADE, *SENSELESS, *ASKED, *RESERVATIONS, *LISTS, *SECURITY, *FILES)
IN_201 = (
    *ROWS,
    *CERTIFICATES,
    *FILES_201,
    *CHARGING_201,
    *CUSTOMERS,
    *LISTS_201,
    *RESERVATIONS_201,
    *MONITORS,
    *DISPLAY,
    *NETWORKS,
)


@pytest.mark.parametrize(
    ("dialect", "refused", "rows"),
    [(V16(LOG), {}, IN_16), (V201(FakeClock()), UNSUPPORTED, IN_201)],
    ids=["1.6", "2.0.1"],
)
def test_every_action_that_is_heard_has_rows(
    dialect: Dialect, refused: Mapping[str, Hearer], rows: Iterable[Row]
) -> None:
    """What is refused whatever it says needs none."""
    hears = dialect.tables.hears
    heard = {action for action, hear in hears.items() if hear is not refused.get(action)}

    assert heard - {action for action, *_ in rows} == set()
