"""The charging station: four verbs over everything it knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from laadpaal.properties.panel import LANGUAGE
from laadpaal.properties.values import Values
from laadpaal.station import events as e
from laadpaal.station.actions import ShowLight, ShowScreen
from laadpaal.station.answering import answer
from laadpaal.station.answers import Answer
from laadpaal.station.evse import Evse
from laadpaal.station.faces import light, open_popup, screen
from laadpaal.station.intake import Intake
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.parts import Parts
from laadpaal.station.requests import Request
from laadpaal.station.saved import Saved
from laadpaal.station.status import prepares
from laadpaal.station.step import Step
from laadpaal.station.timers import due
from laadpaal.station.view import StationView
from laadpaal.station.why import Why
from laadpaal.station.words import BootReason


class Station:
    """Owns every EVSE and every timer. Call from one task only.

    Args:
        layout: What it is built of.
        values: Its settings; the station writes them, others only read.
        ids: Where transaction ids come from; each at most 36 characters and never repeated.
        saved: What storage kept of it.
    """

    def __init__(
        self, layout: Layout, values: Values, ids: Iterator[str], saved: Saved | None = None
    ) -> None:
        self.parts = Parts(layout, values, ids, saved or Saved())
        self._intake = Intake(self.parts)

    def handle(self, event: e.Event, now: Moment) -> Step:
        """Take one fact."""
        self._turn(now)
        if isinstance(event, e.MeterRead) and self._routine(event):
            return self._measured(event)
        self._intake.take(event)
        if isinstance(event, e.GridRead) and not self.parts.energy.grid.moved:
            return self.parts.facts.step
        return self._settle()

    def _routine(self, event: e.MeterRead) -> bool:
        return self.parts.metering.routine(event.evse) and not self.parts.currents.minds(event)

    def _measured(self, event: e.MeterRead) -> Step:
        """Take a measurement that decides nothing: most turns are this one, so it is short."""
        evse = self.parts.facts.evses[event.evse]
        self.parts.metering.read(evse, event.measurement)
        self.parts.idling.settle(evse)
        if self.parts.energy.usage.read(evse):
            return self._settle()
        self._show(evse)
        self.parts.monitoring.measured(event.evse)
        return self.parts.facts.step

    def ask(self, request: Request, now: Moment) -> tuple[Answer, Step]:
        """Answer one wish."""
        self._turn(now)
        answered = answer(self.parts, request)
        self.parts.refusals.answered(request, answered)
        return answered, self._settle()

    def tick(self, now: Moment) -> Step:
        """Do what has come due."""
        self._turn(now)
        for timer in self.parts.facts.agenda.pop_due(now.mono):
            due(self.parts, timer)
        return self._settle()

    def next_wake(self) -> float | None:
        """Return the monotonic second at which `tick` is next wanted, or None."""
        return self.parts.facts.agenda.next_wake()

    def view(self) -> StationView:
        """Return the whole station as it is now."""
        return self.parts.view()

    def why(self, evse: int) -> Why:
        """Explain what was decided last at an EVSE, or for the station (0)."""
        return self.parts.why(evse)

    @property
    def boot_reason(self) -> BootReason:
        """Why this life has begun."""
        return self.parts.boot_reason

    @property
    def values(self) -> Values:
        """The present settings."""
        return self.parts.facts.values

    @property
    def layout(self) -> Layout:
        """What the station is built of."""
        return self.parts.facts.layout

    def _turn(self, now: Moment) -> None:
        self.parts.facts.now, self.parts.facts.step = now, Step()

    def _settle(self) -> Step:
        """Derive what follows from the facts, and tell the differences; the order matters."""
        evses = list(self.parts.facts.evses.values())
        self.parts.reservations.settle()
        self.parts.free_use.settle()
        self.parts.charging.external_limits.settle()
        self.parts.charging.news.settle()
        self.parts.line_use.settle()
        self.parts.climate.settle()
        for evse in evses:
            self.parts.mode3.settle(evse)
            self.parts.line_changes.settle(evse)
        self.parts.energy.grid.settle()
        self.parts.supply.decide()
        for evse in evses:
            self.parts.waking.settle(evse)
            self.parts.transactions.settle(evse)
        self.parts.payments.settle()  # who is turned away here leaves an outlet that is done with
        for evse in evses:
            self.parts.plugs.settle(evse)
        self.parts.supply.decide()
        for evse in evses:
            self.parts.transactions.settle(evse)
        self.parts.payments.settle()
        self.parts.profiles.settle()
        self.parts.prices.settle()
        self.parts.messages.settle()
        self.parts.firmware.settle()
        self.parts.restarts.settle()
        self.parts.uploads.settle()
        for evse in evses:
            self.parts.supply.drive(evse)
            self.parts.releasing.settle(evse)
            self.parts.currents.settle(evse)
            self.parts.residual.settle(evse)
            self.parts.transactions.save(evse)
            self.parts.idling.settle(evse)
            self.parts.shown_maximum.settle(evse)
            self._show(evse)
            evse.put_off = evse.put_off and prepares(evse)
        self.parts.refusals.settle()
        self.parts.energy.driven(evses)
        self.parts.telling.settle()
        self.parts.monitoring.settle()
        return self.parts.facts.step

    def _show(self, evse: Evse) -> None:
        now = screen(self.parts.facts, evse)
        tariff, cost = self.parts.prices.tariff(evse), self.parts.prices.cost(evse)
        message = self.parts.messages.text(evse)
        popup = open_popup(self.parts.facts, evse)
        if message or tariff or cost or popup:
            now = replace(now, message=message, tariff=tariff, cost=cost, popup=popup)
        language = self.parts.facts.values[LANGUAGE]
        if now.language != language:
            now = replace(now, language=language)
        if now != evse.screen:
            evse.screen = now
            self.parts.facts.step.actions.append(ShowScreen(evse.number, now))
        shines = light(self.parts.facts, evse)
        if shines is not evse.light:
            evse.light = shines
            self.parts.facts.step.actions.append(ShowLight(evse.number, shines))
