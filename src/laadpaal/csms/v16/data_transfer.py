"""Messages of vendors, of whom we know none."""

from __future__ import annotations

from laadpaal.csms.dialect import Reply, Scene
from laadpaal.protocols.ocpp import v16


def receive(call: v16.DataTransfer, scene: Scene) -> Reply:  # noqa: ARG001  a hearer
    """Say that the vendor is unknown."""
    status = v16.DataTransferStatus.UnknownVendorId
    return Reply(v16.DataTransferResponse(status=status))
