"""What vendors may say to each other."""

from __future__ import annotations

from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage


@case("TC_062_CS")
async def test_tc_062_unknown_vendor(stage: Stage) -> None:
    """Data of a vendor that the station does not know is not taken."""
    await stage.boot()
    answer = await stage.csms.call(
        "DataTransfer", vendorId="org.example.nobody", messageId="greeting", data="hello"
    )

    assert answer["status"] in {"UnknownVendorId", "Rejected"}
