"""Vendors' own messages: none is known here (block P)."""

from __future__ import annotations

from laadpaal.csms.dialect import Reply, Scene
from laadpaal.protocols.ocpp import v201


def received(call: v201.DataTransfer, scene: Scene) -> Reply:  # noqa: ARG001  the shape of a hearer
    """Say that we do not know the vendor."""
    return Reply(v201.DataTransferResponse(status=v201.DataTransferStatus.UnknownVendorId))
