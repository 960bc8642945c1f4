"""How values look in JSON: the one place where views, notices and answers are spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum

import msgspec
from fastapi import Response

from laadpaal.local_api.problems import refused
from laadpaal.local_api.replies import (
    AnswerReply,
    ConnectionReply,
    CurrentReply,
    DisplayReply,
    EvseReply,
    LightReply,
    LinesReply,
    NetworkReply,
    PaymentReply,
    SecurityReply,
    StationReply,
)
from laadpaal.station.answers import (
    Accepted,
    AfterRestart,
    Answer,
    Begun,
    Composed,
    MonitorSet,
    Recalled,
    Refused,
    Scheduled,
    Unlocking,
)
from laadpaal.station.display import Screen
from laadpaal.station.layout import Layout
from laadpaal.station.lights import GLOWS
from laadpaal.station.view import EvseView, LinesView, NetworkView, StationView

ACCEPTED = 202
_CODE = re.compile(rb'"value":"(?:[^"\\]|\\.)*","kind":"KeyCode"')


def to_json(value: object) -> bytes:
    """Return the JSON of dataclasses, enums and plain values; enums by value, codes hidden."""
    return _CODE.sub(b'"value":"***","kind":"KeyCode"', msgspec.json.encode(value))


def reply(value: object, status: int = 200) -> Response:
    """Return an HTTP response with this value as JSON."""
    return spelled(to_json(value), status)


def spelled(json: bytes, status: int = 200) -> Response:
    """Return an HTTP response with this JSON."""
    return Response(json, status, {"Cache-Control": "no-store"}, "application/json")


def answered(answer: Answer) -> Response:
    """Return the HTTP response for the station's answer; raises Problem when it refused."""
    match answer:
        case Accepted(transaction):
            return reply(AnswerReply("accepted", transaction))
        case AfterRestart():
            return reply(AnswerReply("after restart"))
        case Begun():
            return reply(AnswerReply("begun"), ACCEPTED)
        case Scheduled():
            return reply(AnswerReply("scheduled"), ACCEPTED)
        case Refused(reason, detail):
            raise refused(reason, detail)
        case Unlocking():
            raise AssertionError("the desk answers when the lock has moved")
        case Composed():
            raise AssertionError("nobody asks for a schedule here")
        case Recalled():
            raise AssertionError("nobody asks about customers here")
        case MonitorSet():
            raise AssertionError("nobody sets monitors here")


def station(
    view: StationView, layout: Layout, csms: Mapping[str, object] | None, at: float
) -> StationReply:
    """Return the whole station `at` a UTC second; `csms` is the link's own state, if any."""
    return StationReply(
        at=at,
        vendor=layout.vendor,
        model=layout.model,
        serial=layout.serial,
        firmware=layout.firmware,
        status=view.status,
        operative=view.operative,
        restarting=view.restarting,
        pending_settings=view.pending_settings,
        connection=ConnectionReply(view.online, csms),
        security=SecurityReply(view.security.profile, view.security.on_trial, view.security.roots),
        network=_network(view.network),
        mobile=view.mobile,
        local_list=view.local_list,
        cached_tokens=view.cached_tokens,
        reservations=view.reservations,
        evses=tuple(_evse(evse) for evse in view.evses),
        profiles=view.profiles,
        firmware_update=view.firmware,
        uploads=view.uploads,
        monitors=view.monitors,
        messages=view.messages,
        display=view.display,
        grid=view.grid.measurement,
        celsius=view.celsius,
        unsettled_payments=view.unsettled,
    )


def _network(seen: NetworkView) -> NetworkReply:
    slot = seen.route.slot
    return NetworkReply(seen.active, slot, seen.slots, seen.connectivity, seen.interface)


def _evse(seen: EvseView) -> EvseReply:
    return EvseReply(
        evse=seen.evse,
        name=seen.name,
        operative=seen.operative,
        pilot=seen.pilot,
        connectors=seen.connectors,
        current=_current(seen),
        display=_display(seen.screen),
        light=LightReply(_word(seen.light), seen.light.value, GLOWS[seen.light]),
        lines=_lines(seen.lines),
        installation_phases=seen.installation_phases,
        contactor_closed=seen.contactor_closed,
        transaction=seen.transaction,
        waiting=seen.waiting,
        measurement=seen.measurement,
        parked=seen.parked,
        payment=PaymentReply(
            _word(seen.payment.state),
            seen.payment.state.value,
            seen.payment.authorizing,
            seen.payment.id,
            seen.payment.transaction,
        ),
    )


def _current(seen: EvseView) -> CurrentReply:
    return CurrentReply(
        seen.limit_a, seen.because, seen.offered_a, seen.phases, seen.claims, seen.limited
    )


def _lines(seen: LinesView) -> LinesReply:
    change = seen.change.name.lower() if seen.change else None
    return LinesReply(seen.wanted, seen.because, change)


def _display(screen: Screen) -> DisplayReply:
    return DisplayReply(
        name=_word(screen.state),
        number=screen.state.value,
        limit_a=screen.limit_a,
        phases=screen.phases,
        energy_wh=screen.energy_wh,
        code=screen.code,
        until=screen.until,
        limit=screen.limit,
        message=screen.message,
        tariff=screen.tariff,
        cost=screen.cost,
        power_w=screen.power_w,
        since=screen.since,
        lasted_s=screen.lasted_s,
        popup=screen.popup,
    )


def _word(state: IntEnum) -> str:
    return state.name.lower().replace("_", " ")
