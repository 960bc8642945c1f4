"""Vendors' own messages: there are none, not even of our own vendor (block P)."""

from __future__ import annotations

from laadpaal.csms.dialect import Reply, Scene
from laadpaal.protocols.ocpp import v201

_STATUS = v201.DataTransferStatus


def received(call: v201.DataTransfer, scene: Scene) -> Reply:
    """Say that we do not know the vendor, or of our own no such message (P01)."""
    ours = call.vendorId == scene.desk.layout.vendor
    status = _STATUS.UnknownMessageId if ours else _STATUS.UnknownVendorId
    return Reply(v201.DataTransferResponse(status=status))
