"""Messages of vendors (1.6 section 4.3)."""

from __future__ import annotations

import pytest

from tests.csms.v16.stage import Stage


@pytest.mark.parametrize(
    "more",
    [{}, {"messageId": "GetTariff"}, {"messageId": "SetUserPrice", "data": '{"price": 1}'}],
    ids=["bare", "with a message", "with content"],
)
def test_no_vendor_is_known(more: dict[str, str]) -> None:
    """Whatever the vendor's message is, the answer is UnknownVendorId, and carries no data."""
    answer = Stage().reply("DataTransfer", vendorId="com.example", **more)

    assert answer == {"status": "UnknownVendorId"}
