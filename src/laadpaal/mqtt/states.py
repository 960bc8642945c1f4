"""What the station tells of itself: one text of JSON for itself, and one for each EVSE."""

from __future__ import annotations

import json
from collections.abc import Iterator

from laadpaal.station.charging_profiles import Source
from laadpaal.station.view import EvseView, StationView

ON, OFF = "ON", "OFF"
WHO = "MQTT"
"""Which way this is, to the limits and wishes of others."""


def station_topic(base: str) -> str:
    """Return where the state of the station is told."""
    return f"{base}/station"


def evse_topic(base: str, evse: int) -> str:
    """Return where the state of an EVSE is told."""
    return f"{base}/evse/{evse}"


def states(view: StationView, base: str) -> Iterator[tuple[str, str]]:
    """Yield each topic, and what is to stand there now."""
    yield (
        station_topic(base),
        json.dumps(
            {
                "status": view.status.value,
                "csms": _switch(on=view.online),
                "limit": round(min(view.limits_a), 1),
                "temperature": view.celsius,
            }
        ),
    )
    for evse in view.evses:
        yield evse_topic(base, evse.evse), json.dumps(_evse(view, evse))


def _evse(view: StationView, evse: EvseView) -> dict[str, object]:
    said, running = evse.measurement, evse.transaction
    l1, l2, l3 = said.currents_a if said else (None, None, None)
    return {
        "status": evse.connectors[0].status.value,
        "power": round(said.power_w) if said else None,
        "energy": said.energy_wh if said else None,
        "current_l1": l1,
        "current_l2": l2,
        "current_l3": l3,
        "session": running.energy_wh if running else 0.0,
        "allowed": evse.limit_a,
        "offered": evse.offered_a,
        "why": evse.limited,
        "lock": "locked" if any(one.locked for one in evse.connectors) else "unlocked",
        "charging": _switch(on=running is not None and running.authorized),
        "enabled": _switch(on=evse.operative),
        "lines": str(evse.lines.wanted),
        "limit": _set_here(view, evse),
    }


def _set_here(view: StationView, evse: EvseView) -> float:
    """Return the limit that was set by this way; else what is allowed."""
    for one in view.profiles:
        if (one.source, one.evse, one.by) == (Source.OTHER, evse.evse, WHO):
            return one.schedules[0].periods[0].limit
    return evse.limit_a


def _switch(*, on: bool) -> str:
    return ON if on else OFF
