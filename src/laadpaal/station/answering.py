"""Who in the station answers which request."""

from __future__ import annotations

from typing import assert_never

from laadpaal.station import requests as r
from laadpaal.station.answers import Answer, Reason, Refused
from laadpaal.station.cards import CardWish
from laadpaal.station.parts import Parts
from laadpaal.station.requests import Request


def answer(parts: Parts, request: Request) -> Answer:  # noqa: C901, PLR0912  one case for each
    """Have the part answer whose business it is."""
    if isinstance(request, r.UpkeepRequest):
        return parts.upkeep.answer(request)
    if isinstance(request, r.ChargingWish):
        return parts.charging.ask(request)
    if isinstance(request, CardWish):
        return parts.enrolling.ask(request)
    match request:
        case r.StartCharging():
            return parts.desk.start(request)
        case r.StopCharging():
            return parts.desk.stop(request)
        case r.UnlockConnector():
            return parts.desk.unlock(request)
        case r.Reset() if parts.firmware.installing:
            return Refused(Reason.UPDATING, "firmware is being installed")
        case r.Reset():
            return parts.restarts.reset(request)
        case r.ChangeAvailability():
            return parts.desk.availability(request)
        case r.ClearCache():
            return parts.cache.clear(request)
        case r.RecallCustomer():
            return parts.customers.recall(request)
        case r.WriteLocalList():
            return parts.local_list.write(request)
        case r.Reserve():
            return parts.reservations.reserve(request)
        case r.CancelReservation():
            return parts.reservations.cancel(request)
        case r.ShowMessage():
            return parts.messages.show(request)
        case r.ClearMessage():
            return parts.messages.clear(request)
        case r.UpdateCost():
            return parts.prices.update(request)
        case r.WriteSetting():
            return parts.desk.write(request)
        case r.ReportStatus():
            return parts.telling.report(request)
        case r.ReportMeter():
            return parts.desk.report_meter(request)
        case _:
            assert_never(request)
