"""Every part of a station, each made once and given what it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from laadpaal.properties.values import Values
from laadpaal.station.authorization import Authorizer
from laadpaal.station.cache import Cache
from laadpaal.station.climate import Climate
from laadpaal.station.credentials import Credentials
from laadpaal.station.currents import Currents
from laadpaal.station.customers import Customers
from laadpaal.station.desk import Desk
from laadpaal.station.display_messages import DisplayMessages
from laadpaal.station.display_watch import DisplayWatch
from laadpaal.station.energy import Energy
from laadpaal.station.enrolling import Enrolling
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.firmware_update import FirmwareUpdates
from laadpaal.station.free_use import FreeUse
from laadpaal.station.idling import Idling
from laadpaal.station.judgement import Judgement
from laadpaal.station.knowledge import Knowledge
from laadpaal.station.layout import Layout
from laadpaal.station.limit_news import LimitNews
from laadpaal.station.line_change import LineChanges
from laadpaal.station.line_use import LineUse
from laadpaal.station.local_list import LocalList
from laadpaal.station.locks import Locks
from laadpaal.station.log_upload import LogUploads
from laadpaal.station.looks import view
from laadpaal.station.metering import Metering
from laadpaal.station.mobile import Mobile
from laadpaal.station.mode3 import Mode3
from laadpaal.station.monitor_rules import built_in
from laadpaal.station.monitoring import Monitoring
from laadpaal.station.networks import Networks
from laadpaal.station.payments import Payments
from laadpaal.station.plugs import Plugs
from laadpaal.station.prices import Prices
from laadpaal.station.profiles import Profiles
from laadpaal.station.refusals import Refusals
from laadpaal.station.releasing import Releasing
from laadpaal.station.renewal import Renewals
from laadpaal.station.reservations import Reservations
from laadpaal.station.residual import Residual
from laadpaal.station.restarts import Restarts
from laadpaal.station.sampling import Sampling
from laadpaal.station.saved import Saved
from laadpaal.station.security_log import SecurityLog
from laadpaal.station.shown_maximum import ShownMaximum
from laadpaal.station.smart_charging import SmartCharging
from laadpaal.station.supply import Supply
from laadpaal.station.telling import Telling
from laadpaal.station.transactions import Transactions
from laadpaal.station.upkeep import Upkeep
from laadpaal.station.view import StationView
from laadpaal.station.waking import Waking
from laadpaal.station.white_list import WhiteList
from laadpaal.station.why import Why, evse_why, station_why
from laadpaal.station.words import (
    BootReason,
)


class Parts:
    """The parts, in the order in which they lean on each other: each knows only earlier ones."""

    def __init__(self, layout: Layout, values: Values, ids: Iterator[str], saved: Saved) -> None:
        self.saved = saved
        self.facts = _facts(layout, values, ids, saved)
        self.boot_reason = saved.restart or BootReason.POWER_UP
        self.security = SecurityLog(self.facts)
        self.metering = Metering(self.facts)
        self.energy = Energy(self.facts)
        self.transactions = Transactions(self.facts, self.metering)
        self.cache = Cache(self.facts, saved.tokens)
        self.local_list = LocalList(self.facts, saved.list_version, saved.listed)
        self.reservations = Reservations(self.facts)
        self._make_cards(saved)
        self._make_supply(saved)
        self._make_desk()
        self._make_upkeep(saved)
        self._make_faces(saved)

    def _make_cards(self, saved: Saved) -> None:
        """Make those who decide who may charge."""
        self.white_list = WhiteList(self.facts, saved.cards)
        self.enrolling = Enrolling(self.facts, self.white_list)
        knowledge = Knowledge(self.facts, self.cache, self.local_list, self.white_list)
        self.authorizer = Authorizer(self.facts, knowledge, self.reservations)
        self.idling = Idling(self.facts, self.authorizer)
        self.payments = Payments(self.facts, self.authorizer, saved.payments)
        self.free_use = FreeUse(self.facts, self.authorizer)
        self.judgement = Judgement(self.facts, self.authorizer, self.local_list)

    def _make_supply(self, saved: Saved) -> None:
        """Make those who decide how much may flow, and what the hardware does about it."""
        self.profiles = Profiles(self.facts, saved.profiles)
        self.customers = Customers(self.facts, self.cache, self.local_list, self.profiles)
        self.locks = Locks(self.facts)
        self.line_use = LineUse(self.facts, self.profiles)
        self.line_changes = LineChanges(self.facts)
        self.supply = Supply(self.facts, self.locks, self.profiles, self.line_use, self.energy)
        steering = self.energy.steering
        news = LimitNews(self.facts, self.profiles, steering, saved.limits_heard)
        self.charging = SmartCharging(
            self.facts, self.profiles, self.supply, self.line_use, steering, news
        )
        self.currents = Currents(self.facts, self.authorizer)
        self.climate, self.residual = Climate(self.facts), Residual(self.facts)
        self.mode3, self.waking = Mode3(self.facts), Waking(self.facts)
        self.releasing = Releasing(self.facts)
        self.plugs = Plugs(self.facts, self.authorizer, self.locks)
        self.uploads = LogUploads(self.facts)
        self.restarts = Restarts(
            self.facts, self.authorizer, self.security, self.supply, self.uploads
        )
        self.credentials = Credentials(self.facts, self.security)
        self.mobile = Mobile(self.facts)
        self.networks = Networks(self.facts, self.credentials, saved.networks)
        self.renewals = Renewals(self.facts)

    def _make_desk(self) -> None:
        self.desk = Desk(
            self.facts,
            self.authorizer,
            self.metering,
            self.transactions,
            self.profiles,
            self.credentials,
            self.networks,
        )

    def _make_upkeep(self, saved: Saved) -> None:
        """Make those who care for the station, and tell of it."""
        self.firmware = FirmwareUpdates(self.facts, self.security, saved.firmware)
        self.refusals = Refusals(self.facts)
        self.telling = Telling(self.facts, self.local_list)
        self.monitoring = Monitoring(
            self.facts, built_in(self.facts.layout), saved.monitors, saved.numbers, self.view
        )
        self.upkeep = Upkeep(self.firmware, self.uploads, self.monitoring, self.networks)

    def _make_faces(self, saved: Saved) -> None:
        """Make what people see of it."""
        self.messages = DisplayMessages(self.facts, saved.messages)
        self.prices = Prices(self.facts)
        self.shown_maximum = ShownMaximum(self.facts)
        self.display = DisplayWatch(self.facts)

    @property
    def sampling(self) -> Sampling:
        """Who samples the meters for transactions."""
        return self.transactions.sampling

    def why(self, evse: int) -> Why:
        """Explain what was decided last at an EVSE, or for the station (0)."""
        last = self.refusals.last(evse)
        if evse == 0:
            return station_why(self.facts, self.supply.whole(), last)
        return evse_why(self.facts, self.facts.evses[evse], last)

    def view(self) -> StationView:
        """Return the whole station as it is now."""
        profiles, security = self.profiles.installed.values(), self.credentials.view()
        seen = view(self.facts, self.facts.pending, self.local_list.view(), profiles, security)
        return replace(
            seen,
            cached_tokens=len(self.cache),
            cards=self.white_list.view(),
            firmware=self.firmware.view(),
            release=self.firmware.release(),
            uploads=self.uploads.view(),
            monitors=self.monitoring.view(),
            messages=tuple(self.messages.kept.values()),
            network=self.networks.view(),
            display=self.display.view(),
            mobile=self.mobile.view(),
            grid=self.energy.grid.view(),
            celsius=self.climate.celsius,
            set_points=replace(
                self.energy.steering.view(), profiles=tuple(self.charging.news.steered.values())
            ),
            limits_a=self.supply.limits_a,
            currents_a=self.energy.usage.taken(),
            unsettled=len(self.payments.settlements.open),
        )


def _facts(layout: Layout, values: Values, ids: Iterator[str], saved: Saved) -> Facts:
    evses = {n: Evse(n, part) for n, part in enumerate(layout.evses, 1)}
    kept = {one.id: one for one in saved.reservations}
    return Facts(layout, values, ids, evses, inoperative=set(saved.inoperative), reservations=kept)
