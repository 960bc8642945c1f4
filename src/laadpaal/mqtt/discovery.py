"""How Home Assistant finds the station: one device, with what can be seen and set of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from laadpaal.mqtt.states import evse_topic, station_topic
from laadpaal.station.layout import Layout

_STRANGE = re.compile(r"[^a-zA-Z0-9_-]")
Component = dict[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """One value that is shown: its key in the state, its name, and what Home Assistant makes of it.

    Args:
        kind: Home Assistant's device class, "" for none.
        grows: Whether it is a register, which only grows.
    """

    key: str
    name: str
    unit: str = ""
    kind: str = ""
    grows: bool = False

    def component(self) -> Component:
        """Return it as a sensor."""
        made: Component = {"p": "sensor", "name": self.name}
        if self.unit:
            growth = "total_increasing" if self.grows else "measurement"
            made |= {"unit_of_measurement": self.unit, "state_class": growth}
        return made | ({"device_class": self.kind} if self.kind else {})


_STATION = (
    Seen("status", "Status"),
    Seen("csms", "CSMS"),
    Seen("limit", "Station limit", "A", "current"),
    Seen("temperature", "Temperature", "°C", "temperature"),
)
_EVSE = (
    Seen("status", "status"),
    Seen("power", "power", "W", "power"),
    Seen("energy", "energy", "Wh", "energy", grows=True),
    Seen("session", "session", "Wh", "energy", grows=True),
    *(Seen(f"current_l{n}", f"current L{n}", "A", "current") for n in (1, 2, 3)),
    Seen("allowed", "allowed", "A", "current"),
    Seen("offered", "offered", "A", "current"),
    Seen("why", "why"),
    Seen("lock", "lock"),
)


def device_id(layout: Layout) -> str:
    """Return a name of the station that a topic can hold."""
    return "laadpaal_" + _STRANGE.sub("_", layout.serial)


def status_topic(base: str) -> str:
    """Return where it is told whether the station is connected."""
    return f"{base}/connected"


def config_topic(prefix: str, layout: Layout) -> str:
    """Return where Home Assistant looks for the device."""
    return f"{prefix}/device/{device_id(layout)}/config"


def announcement(layout: Layout, base: str) -> str:
    """Return the device with all its parts, as JSON."""
    id_ = device_id(layout)
    parts = dict(_parts(layout, base))
    return json.dumps(
        {
            "dev": {
                "ids": id_,
                "name": f"{layout.vendor} {layout.model}",
                "mf": layout.vendor,
                "mdl": layout.model,
                "sn": layout.serial,
                "sw": layout.firmware,
            },
            "o": {"name": "Laadpaal", "sw": layout.firmware},
            "availability_topic": status_topic(base),
            "cmps": {key: {"unique_id": f"{id_}_{key}", **part} for key, part in parts.items()},
        }
    )


def _parts(layout: Layout, base: str) -> Iterator[tuple[str, Component]]:
    for seen in _STATION:
        yield seen.key, _shown(seen.component(), station_topic(base), seen.key)
    for number, built in enumerate(layout.evses, 1):
        topic = evse_topic(base, number)
        for seen in _EVSE:
            made = seen.component() | {"name": f"EVSE {number} {seen.name}"}
            yield f"evse{number}_{seen.key}", _shown(made, topic, seen.key)
        rated_a = max(one.rated_a for one in built.connectors)
        for key, made in _controls(number, rated_a, lines=layout.switches_phases):
            command: Component = {"command_topic": f"{topic}/set/{key}"}
            yield f"evse{number}_set_{key}", _shown(made | command, topic, key)


def _controls(number: int, rated_a: float, *, lines: bool) -> Iterator[tuple[str, Component]]:
    name = f"EVSE {number}"
    bounds: Component = {"min": 0, "max": rated_a, "step": 0.1, "unit_of_measurement": "A"}
    yield "limit", {"p": "number", "name": f"{name} limit", **bounds}
    yield "charging", {"p": "switch", "name": f"{name} charging"}
    yield "enabled", {"p": "switch", "name": f"{name} enabled"}
    if lines:
        yield "lines", {"p": "select", "name": f"{name} lines", "options": ["1", "3"]}


def _shown(made: Component, topic: str, key: str) -> Component:
    return made | {"state_topic": topic, "value_template": f"{{{{ value_json.{key} }}}}"}
