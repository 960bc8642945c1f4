"""`/metrics`: the station in numbers, in the text that Prometheus and its like collect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fastapi import Response
from fastapi.routing import APIRouter
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
    StateSetMetricFamily,
)
from prometheus_client.registry import Collector

from laadpaal.local_api import schema
from laadpaal.local_api.given import Api, Counts, Given
from laadpaal.station.measurement import Measurement
from laadpaal.station.view import EvseView, StationView
from laadpaal.station.words import Status

LINES = ("L1", "L2", "L3")


def routes() -> APIRouter:
    """Return the route of this resource."""
    router = schema.router("metrics")
    shown = schema.told("The numbers now", {"type": "string"}, media="text/plain")
    router.add_api_route("/metrics", numbers, responses=shown)
    return router


async def numbers(api: Api) -> Response:
    """Return the station in numbers, as Prometheus collects them."""
    registry = CollectorRegistry()
    registry.register(_Station(api))
    headers = {"Cache-Control": "no-store"}
    return Response(generate_latest(registry), 200, headers, CONTENT_TYPE_PLAIN_0_0_4)


class _Station(Collector):
    """Collects one station, for one answer; nothing of it is shared with another."""

    def __init__(self, given: Given) -> None:
        self._given = given

    def collect(self) -> Iterator[Metric]:
        """Yield every number there is."""
        view = self._given.desk.view()
        yield from _of_station(view)
        if self._given.link:
            yield from _of_link(view, self._given.link.state())
        if self._given.counts:
            yield from _of_process(self._given.counts())
        yield _faults(view)
        yield _states(view)
        for row in _EVSE:
            yield row.family(view)
        yield from _by_line(view)


def _of_station(view: StationView) -> Iterator[Metric]:
    layout = view.layout
    names = {"vendor": layout.vendor, "model": layout.model, "firmware": layout.firmware}
    info = InfoMetricFamily("laadpaal_station", "What the station calls itself.")
    info.add_metric((), {**names, "serial": layout.serial})
    yield info
    limits = GaugeMetricFamily(
        "laadpaal_limit_amperes", "What all EVSEs together may take.", labels=("line",)
    )
    for line, limit_a in zip(LINES, view.limits_a, strict=True):
        limits.add_metric((line,), limit_a)
    yield limits
    if view.celsius is not None:
        text = "How warm it is inside."
        yield GaugeMetricFamily("laadpaal_temperature_celsius", text, value=view.celsius)


def _of_link(view: StationView, state: Mapping[str, object]) -> Iterator[Metric]:
    text = "Whether the CSMS is connected and has accepted the station."
    yield GaugeMetricFamily("laadpaal_csms_connected", text, value=view.online)
    undelivered = state.get("undelivered")
    if isinstance(undelivered, int):
        text = "Messages about transactions that the CSMS has yet to hear."
        yield GaugeMetricFamily("laadpaal_csms_undelivered_messages", text, value=undelivered)


def _of_process(counts: Counts) -> Iterator[Metric]:
    restarts = "How often the station has started anew in this process."
    yield CounterMetricFamily("laadpaal_restarts", restarts, value=counts.lives - 1)
    turns = "Events, wishes and timers that the station has taken in this process."
    yield CounterMetricFamily("laadpaal_turns", turns, value=counts.turns)


def _faults(view: StationView) -> Metric:
    family = GaugeMetricFamily(
        "laadpaal_fault", "What is wrong; EVSE 0 is the station.", labels=("evse", "code")
    )
    places = [(0, view.faults), *((evse.evse, evse.faults) for evse in view.evses)]
    for evse, codes in places:
        for code in sorted(codes):
            family.add_metric((str(evse), str(code)), 1)
    return family


def _states(view: StationView) -> Metric:
    family = StateSetMetricFamily(
        "laadpaal_connector_status", "Status of each connector.", labels=("evse", "connector")
    )
    for evse in view.evses:
        for one in evse.connectors:
            states = {status.value: status is one.status for status in Status}
            family.add_metric((str(evse.evse), str(one.connector)), states)
    return family


@dataclass(frozen=True, slots=True)
class _Row:
    """One number of each EVSE; None while there is none."""

    name: str
    text: str
    show: Callable[[EvseView], float | None]
    counts: bool = False

    def family(self, view: StationView) -> Metric:
        """Return it for every EVSE that has it."""
        kind = CounterMetricFamily if self.counts else GaugeMetricFamily
        family = kind(f"laadpaal_evse_{self.name}", self.text, labels=("evse",))
        for evse in view.evses:
            number = self.show(evse)
            if number is not None:
                family.add_metric((str(evse.evse),), number)
        return family


def _measured(show: Callable[[Measurement], float | None]) -> Callable[[EvseView], float | None]:
    return lambda evse: show(evse.measurement) if evse.measurement else None


def _energy_wh(it: Measurement) -> float:
    return it.energy_wh


def _session_wh(evse: EvseView) -> float | None:
    return evse.transaction.energy_wh if evse.transaction else None


_EVSE = (
    _Row("power_watts", "Power to the vehicle.", _measured(lambda it: it.power_w)),
    _Row("energy_watthours", "Register of the meter.", _measured(_energy_wh), counts=True),
    _Row("session_watthours", "Energy of the transaction that runs.", _session_wh),
    _Row("limit_amperes", "What all limits come to.", lambda evse: evse.limit_a),
    _Row("offered_amperes", "What the vehicle is offered now.", lambda evse: evse.offered_a),
    _Row("lines", "Lines that are used.", lambda evse: evse.lines.wanted),
)


def _by_line(view: StationView) -> Iterator[Metric]:
    labels = ("evse", "line")
    volts = GaugeMetricFamily("laadpaal_evse_voltage_volts", "Line to neutral.", labels=labels)
    amps = GaugeMetricFamily("laadpaal_evse_current_amperes", "Through the line.", labels=labels)
    for evse, said in ((str(one.evse), one.measurement) for one in view.evses):
        if said is None:
            continue
        for n, line in enumerate(LINES):
            volts.add_metric((evse, line), said.voltages_v[n])
            amps.add_metric((evse, line), said.currents_a[n])
    yield from (volts, amps)
