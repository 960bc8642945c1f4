"""Messages of vendors, of which none is known."""

from __future__ import annotations

import pytest

from tests.conformance.v201.stage import Stage
from tests.conformance.v201.table import case


@case("TC_P_01_CS")
@pytest.mark.parametrize(
    ("vendor", "status"),
    [("com.example", "UnknownVendorId"), ("Laadpaal", "UnknownMessageId")],
)
async def test_tc_p_01_unknown(stage: Stage, vendor: str, status: str) -> None:
    """What nobody has agreed on is not understood, and nothing follows."""
    await stage.boot()
    answer = await stage.csms.call(
        "DataTransfer", vendorId=vendor, messageId="message", data={"price": [1.5]}
    )
    await stage.csms.silence(60)

    assert answer == {"status": status}
