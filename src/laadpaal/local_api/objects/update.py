"""How the last update of the firmware stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row, Seen
from laadpaal.station.carriage import FirmwareStatus, UpdateCode

_CODES: Mapping[FirmwareStatus, UpdateCode] = MappingProxyType(
    {
        FirmwareStatus.IDLE: UpdateCode.NONE,
        FirmwareStatus.DOWNLOAD_SCHEDULED: UpdateCode.READY_TO_DOWNLOAD,
        FirmwareStatus.DOWNLOADING: UpdateCode.DOWNLOADING,
        FirmwareStatus.DOWNLOADED: UpdateCode.DOWNLOADED,
        FirmwareStatus.DOWNLOAD_FAILED: UpdateCode.DOWNLOAD_ERROR,
        FirmwareStatus.SIGNATURE_VERIFIED: UpdateCode.CHECKED,
        FirmwareStatus.INVALID_SIGNATURE: UpdateCode.UPDATE_ERROR,
        FirmwareStatus.INSTALL_VERIFICATION_FAILED: UpdateCode.UPDATE_ERROR,
        FirmwareStatus.INSTALL_SCHEDULED: UpdateCode.READY,
        FirmwareStatus.INSTALLING: UpdateCode.UPDATING,
        FirmwareStatus.INSTALL_REBOOTING: UpdateCode.READY_TO_ROLL,
        FirmwareStatus.INSTALLED: UpdateCode.DONE,
        FirmwareStatus.INSTALLATION_FAILED: UpdateCode.UPDATE_ERROR,
    }
)


def row() -> Row:
    """Return the object."""
    help_ = "How the last update stands: below 0 it failed, 4 is under way, 7 waits, 10 is done."
    return Category("generic").told("2911_0", Code.INTEGER8, help_, _code, 12)


def _code(seen: Seen) -> int:
    firmware = seen.view.firmware
    return _CODES[firmware.status] if firmware else UpdateCode.NONE
