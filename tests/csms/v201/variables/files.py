"""Firmware and logs (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import FLAG, MEMBERS, RW, optional, required

ROWS = (
    *required(
        "OCPPCommCtrlr.FileTransferProtocols",
        MEMBERS,
        words=("FTP", "FTPS", "HTTP", "HTTPS", "SFTP"),
    ),
    *optional("ChargingStation.AllowNewSessionsPendingFirmwareUpdate", FLAG, RW),
)
