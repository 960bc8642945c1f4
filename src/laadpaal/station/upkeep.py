"""Who answers what somebody asks who cares for the station, and charges nobody."""

from __future__ import annotations

from typing import assert_never

from laadpaal.station import requests as r
from laadpaal.station.answers import Answer
from laadpaal.station.firmware_update import FirmwareUpdates
from laadpaal.station.log_upload import LogUploads
from laadpaal.station.monitoring import Monitoring
from laadpaal.station.networks import Networks
from laadpaal.station.releases import GoBack, InstallUploaded, KeepFirmware


class Upkeep:
    """Hands each wish to the part that it is about."""

    def __init__(
        self,
        firmware: FirmwareUpdates,
        uploads: LogUploads,
        monitoring: Monitoring,
        networks: Networks,
    ) -> None:
        self._firmware = firmware
        self._uploads = uploads
        self._monitoring = monitoring
        self._networks = networks

    def answer(self, wish: r.UpkeepRequest) -> Answer:
        """Return what that part says."""
        match wish:
            case r.StoreNetwork():
                return self._networks.store(wish)
            case r.ChangeNetwork():
                return self._networks.change(wish)
            case r.UpdateFirmware():
                return self._firmware.ask(wish)
            case InstallUploaded() | KeepFirmware() | GoBack():
                return self._firmware.wish(wish)
            case r.UploadLog():
                return self._uploads.ask(wish)
            case r.SetMonitor() | r.ClearMonitor() | r.SetMonitoringBase() | r.SetMonitoringLevel():
                return self._monitoring.ask(wish)
            case _:
                assert_never(wish)
