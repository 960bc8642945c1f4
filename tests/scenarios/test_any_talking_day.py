"""Any day with a CSMS: whatever happens in whatever order, it hears everything exactly once."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from msgspec import UNSET

from laadpaal.backoffice.policy import TRANSACTION_ACTIONS, Deed, Policy, Registration, Trick
from laadpaal.properties.transactions import START_POINT
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.answers import Begun
from laadpaal.station.carriage import FirmwareVerdict, LogKind
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.events import CsmsReached, GridRead
from laadpaal.station.layout import GridLink
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.measurement import GridMeasurement, Phases
from laadpaal.station.mobile_events import (
    MobileEvent,
    ModemAttached,
    ModemLost,
    PinRefused,
    SignalMeasured,
)
from laadpaal.station.network_profile import WIRED, WIRELESS
from laadpaal.station.payment import PaymentTrouble
from laadpaal.station.payment_words import PaymentCardPresented
from laadpaal.station.phases import SetPhases
from laadpaal.station.releases import FirmwareWish, GoBack, InstallUploaded, KeepFirmware
from laadpaal.station.requests import Request, WriteSetting
from laadpaal.station.words import NOBODY, By, ResetKind, Token, TokenKind, TokenStatus, Verdict
from laadpaal.transfers import Trouble
from laadpaal.updates.trial import WELL_S
from tests.support.calls import (
    asking_version,
    cancelling,
    clear_profiles,
    compose,
    fetching,
    listing,
    reserving,
    set_profile,
    set_profile_201,
    updating,
)
from tests.support.day import CABLE_A, Day
from tests.support.errands import INSTALL_S, OLD, SIGNER
from tests.support.points import EQUIPPED, EVERY_CHOICE, Points, settings_of
from tests.support.profiles import externals, profiles
from tests.support.promises import Tally
from tests.support.watched import monitor_wishes
from tests.support.wishes import names, writes

BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
EXAMPLES = int(os.environ.get("LAADPAAL_EXAMPLES", "20"))

GOOD, FRIEND, BLOCKED, STRANGER = (Token(uid) for uid in ("A1", "B2", "C3", "D4"))
CENTRAL = Token("E5", TokenKind.CENTRAL)
VERDICTS = {
    GOOD.value: Verdict(TokenStatus.ACCEPTED, "family"),
    FRIEND.value: Verdict(TokenStatus.ACCEPTED, "family"),
    BLOCKED.value: Verdict(TokenStatus.BLOCKED),
    STRANGER.value: Verdict(TokenStatus.UNKNOWN),
}
CARDS = st.sampled_from([GOOD, GOOD, FRIEND, BLOCKED, STRANGER])
PRESENTED = CARDS | st.sampled_from([NOBODY, Token("1234", TokenKind.KEY_CODE)])
GROUPS = st.sampled_from([None, "family"])
EVSES = st.integers(1, 2)
HOUSES_A = st.sampled_from([-9.0, 0.0, 4.0, 12.0, 30.0, math.nan])
WAITS_S = st.sampled_from([3.0, 31.0, 61.0, 130.0, 700.0, 4000.0])
ENDS = st.sampled_from(["card", "plug", "open"])
LATENCIES_S = st.sampled_from([0.001, 0.02, 0.02, 3.0, 40.0])
ACTIONS = st.sampled_from(
    [
        TRANSACTION_ACTIONS,
        TRANSACTION_ACTIONS,
        TRANSACTION_ACTIONS | {"Authorize", "StatusNotification", "Heartbeat"},
        frozenset({"BootNotification"}),
    ]
)
JUMPS_S = st.sampled_from([-86_400.0, -3600.0, -2.0, 2.0, 3600.0, 86_400.0])
MESSAGES = st.sampled_from(
    [
        "BootNotification",
        "FirmwareStatusNotification",
        "Heartbeat",
        "MeterValues",
        "StatusNotification",
        "TransactionEvent",
    ]
)
MOBILE_EVENTS = st.one_of(
    st.builds(ModemAttached, st.sampled_from(["", "8931080000000000012"]), dbm=st.just(-95)),
    st.builds(ModemLost, st.sampled_from(["no SIM", "no network"]), st.booleans()),
    st.builds(SignalMeasured, st.sampled_from([None, -113, -90, -60])),
    st.just(PinRefused()),
)
A_MOMENT_S = 1.0
URL = "https://example.com/file"
DELAYS_S = st.sampled_from([0.0, 0.0, 130.0, 4000.0])


class TalkingDay(RuleBasedStateMachine):
    """A station with its CSMS, and a world that does what it likes."""

    def __init__(self, ocpp: str, tally: Tally) -> None:
        super().__init__()
        self.ocpp, self.tally = ocpp, tally
        self.day = Day(ocpp, replace(EQUIPPED, grid=GridLink.P1))
        self.policy = Policy(VERDICTS)
        self.day.office.reception.policy = self.policy
        self.numbers = count(1)
        self.broken = False

    def _wait(self, seconds: float = A_MOMENT_S) -> None:
        self.broken = True
        self.day.wait(seconds)
        self.broken = False

    def _trick(self, *tricks: Trick) -> None:
        self.day.office.reception.policy = Policy(
            VERDICTS, registration=self.policy.registration, tricks=tricks
        )

    # People and vehicles.

    @initialize(
        evse=EVSES,
        wait_s=WAITS_S,
        ends=ENDS,
        points=st.sampled_from(EVERY_CHOICE),
        brings=st.booleans(),
    )
    def first(
        self, evse: int, wait_s: float, ends: str, points: tuple[Points, Points], *, brings: bool
    ) -> None:
        """Begin the day with somebody whom the CSMS knows, by whatever start and stop points.

        Perhaps somebody has brought firmware before, which has proven itself by then.
        """
        if brings:
            self.bring_firmware([], WELL_S * 2, None, kept=True)
        self.choose(points)
        self.visit(evse, GOOD, wait_s, ends)

    @rule(evse=EVSES, card=CARDS, wait_s=WAITS_S, ends=ENDS)
    def visit(self, evse: int, card: Token, wait_s: float, ends: str) -> None:
        """Come, plug in, hold a card to the reader, charge, and mostly leave."""
        self.plug(evse, eager=True)
        self.swipe(evse, card)
        self._wait(wait_s)
        if ends == "card":
            self.swipe(evse, card)
        if ends != "open":
            self.unplug(evse, at_vehicle=True)
            self.unplug(evse, at_vehicle=False)

    @rule(evse=EVSES, eager=st.booleans())
    def plug(self, evse: int, *, eager: bool) -> None:
        """Plug in."""
        self.day.bench.sockets[evse].plug(CABLE_A, eager=eager)
        self._wait()

    @rule(points=st.sampled_from(EVERY_CHOICE))
    def choose(self, points: tuple[Points, Points]) -> None:
        """Choose start and stop points, which 1.6 holds fixed."""
        for row_id, text in ((START_POINT.id, "Authorized"), *settings_of(*points).items()):
            self.day.do(self.day.running.ask(WriteSetting(row_id, text, By.LOCAL)))

    @rule(evse=EVSES, occupied=st.booleans())
    def park(self, evse: int, *, occupied: bool) -> None:
        """Drive into the bay or out of it."""
        self.day.bench.sockets[evse].park(occupied=occupied)
        self._wait()

    @rule(evse=EVSES, at_vehicle=st.booleans())
    def unplug(self, evse: int, *, at_vehicle: bool) -> None:
        """Pull the plug."""
        self.day.bench.sockets[evse].unplug(at_vehicle=at_vehicle)
        self._wait()

    @rule(evse=EVSES, eager=st.booleans())
    def pause(self, evse: int, *, eager: bool) -> None:
        """Let the vehicle want energy, or not."""
        self.day.bench.sockets[evse].pause(eager=eager)
        self._wait()

    @rule(reader=st.integers(0, 2), card=PRESENTED)
    def swipe(self, reader: int, card: Token) -> None:
        """Present a card, key in a code, or press the button."""
        self.day.bench.readers[reader].present(card)
        self._wait()

    @rule(reader=st.integers(0, 2), card=st.sampled_from(["one", "two"]))
    def tap(self, reader: int, card: str) -> None:
        """Hold a payment card to a reader."""
        self.day.running.happened(PaymentCardPresented(reader, card))
        self._wait()

    @rule(evse=EVSES, wait_s=WAITS_S, leaves=st.booleans())
    def paid_visit(self, evse: int, wait_s: float, *, leaves: bool) -> None:
        """Come, plug in, agree to a tariff, charge, and perhaps tap once more and leave."""
        self.plug(evse, eager=True)
        self.tap(evse, "one")
        self.tap(evse, "one")
        self._wait(wait_s)
        if leaves:
            self.tap(evse, "one")
            self.unplug(evse, at_vehicle=True)

    @rule(seconds=WAITS_S)
    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._wait(seconds)

    # What the CSMS asks.

    @rule(evse=st.sampled_from([None, 1, 2, 3]), token=CARDS | st.just(CENTRAL))
    def remote_start(self, evse: int | None, token: Token) -> None:
        """Start from afar."""
        start = self.day.office.tongue.commands.remote_start
        self.day.ask(start(evse, token, next(self.numbers)))
        self._wait()

    @rule(place=st.integers(0, 3))
    def remote_stop(self, place: int) -> None:
        """Stop from afar what the CSMS believes to be running, or something else."""
        ids = [one.id for one in self.day.office.ledger.transactions if one.running]
        id_ = ids[place % len(ids)] if ids else "77"
        self.day.ask(self.day.office.tongue.commands.remote_stop(id_))
        self._wait()

    @rule(evse=st.integers(1, 3))
    def unlock(self, evse: int) -> None:
        """Unlock from afar."""
        self.day.ask(self.day.office.tongue.commands.unlock(evse, 1))
        self._wait()

    @rule(kind=st.sampled_from(ResetKind))
    def reset(self, kind: ResetKind) -> None:
        """Start the station anew."""
        self.day.ask(self.day.office.tongue.commands.reset(kind))
        self._wait()

    @rule(evse=st.integers(0, 2), operative=st.booleans())
    def availability(self, evse: int, *, operative: bool) -> None:
        """Take a part in or out of use."""
        change = self.day.office.tongue.commands.availability
        self.day.ask(change(evse, None, operative=operative))
        self._wait()

    @rule(profile=profiles(), number=st.none() | st.integers(1, 9))
    def set_profile(self, profile: Profile, number: int | None) -> None:
        """Limit the current from afar."""
        now = self.day.clock.now().utc
        if self.ocpp == "1.6":
            self.day.ask(set_profile(profile, now, number))
        else:
            running = [e.transaction.id for e in self.day.running.view().evses if e.transaction]
            self.day.ask(set_profile_201(profile, now, next(iter(running), None)))
        self._wait()

    @rule(id_=st.none() | st.integers(1, 12), connector=st.none() | st.integers(0, 2))
    def clear_profiles(self, id_: int | None, connector: int | None) -> None:
        """Take limits back."""
        self.day.ask(clear_profiles(self.ocpp, id_, connector))
        self._wait()

    @rule(connector=st.integers(0, 3), unit=st.sampled_from("AW"))
    def compose(self, connector: int, unit: str) -> None:
        """Ask what is to be expected."""
        self.day.ask(compose(self.ocpp, connector, unit))
        self._wait()

    @rule(external=externals(), ends=st.booleans())
    def limit_from_outside(self, external: Profile, *, ends: bool) -> None:
        """Let somebody else limit the current, and perhaps take that back."""
        schedule = replace(external.schedules[0], starts_at=None)
        self.day.do(
            self.day.running.ask(SetExternalLimit(external.source, external.evse, schedule))
        )
        self._wait()
        if ends:
            self.day.do(self.day.running.ask(ClearExternalLimit(external.source, external.evse)))
            self._wait()

    @rule(evse=st.none() | st.integers(0, 2))
    def ask_for_profiles(self, evse: int | None) -> None:
        """Ask which limits there are."""
        if self.ocpp == "2.0.1":
            self.day.ask(
                v201.GetChargingProfiles(
                    requestId=next(self.numbers),
                    evseId=UNSET if evse is None else evse,
                    chargingProfile=v201.ChargingProfileCriterion(),
                )
            )
            self._wait()

    @rule(message=MESSAGES, evse=st.sampled_from([None, 1, 2]))
    def trigger(self, message: str, evse: int | None) -> None:
        """Ask for a message."""
        if message == "TransactionEvent" and self.ocpp == "1.6":
            return
        self.day.ask(self.day.office.tongue.commands.trigger(message, evse))
        self._wait()

    @rule(signer=st.sampled_from([SIGNER, SIGNER, "a stranger"]), delay_s=DELAYS_S)
    def update_firmware(self, signer: str, delay_s: float) -> None:
        """Update the firmware, now or later."""
        self.day.errands.offered = self._version()
        at = timestamp.render(self.day.clock.now().utc + delay_s)
        self.day.ask(updating(self.ocpp, next(self.numbers), URL, signer, at))
        self._wait()

    def _version(self) -> str:
        return f"{next(self.numbers) + 1}.0.0"

    def _bring(self) -> None:
        """Bring a package by hand, which was found good."""
        version = self._version()
        answer = self.day.do(self.day.running.ask(InstallUploaded(version)))
        if isinstance(answer, Begun):
            self.day.errands.placing = version
        self._wait(INSTALL_S + 1.0)

    @rule(
        wishes=st.lists(st.sampled_from([KeepFirmware(), GoBack()]), max_size=2),
        wait_s=WAITS_S,
        write=st.none() | st.integers(0, 12),
        kept=st.booleans(),
    )
    def bring_firmware(
        self, wishes: list[FirmwareWish], wait_s: float, write: int | None, *, kept: bool
    ) -> None:
        """Bring firmware by hand, let it be kept or taken back, and cut the power in between."""
        if write is not None:
            self.day.cut_power_at(write, kept=kept)
        self._bring()
        for wish in wishes:
            self.day.do(self.day.running.ask(wish))
            self._wait()
        self._wait(wait_s)

    @rule()
    def trial_fails(self) -> None:
        """Let the launcher take back a version on trial that crashed, hung or was not kept."""
        if self.day.errands.slots.on_trial:
            self.day.errands.slots.give_up()
            self.cut_power()

    @rule(kind=st.sampled_from([None, *LogKind]))
    def fetch_log(self, kind: LogKind | None) -> None:
        """Ask for a log, in 1.6 in either way."""
        self.day.ask(fetching(self.ocpp, next(self.numbers), URL, kind))
        self._wait()

    @rule(
        troubles=st.lists(st.sampled_from(Trouble), max_size=3),
        verdict=st.sampled_from(FirmwareVerdict),
        flaw=st.sampled_from(["", "", "no room"]),
    )
    def trouble(self, troubles: list[Trouble], verdict: FirmwareVerdict, flaw: str) -> None:
        """Let files have bad luck for a while, or good."""
        errands = self.day.errands
        errands.troubles, errands.verdict, errands.flaw = troubles, verdict, flaw

    @rule(card=CARDS, clear=st.booleans())
    def ask_about(self, card: Token, *, clear: bool) -> None:
        """Ask about a customer, who may wish to be forgotten; only 2.0.1 can."""
        if self.ocpp == "1.6":
            return
        who = v201.IdToken(idToken=card.value, type=v201.IdTokenEnum.ISO14443)
        self.day.ask(
            v201.CustomerInformation(
                requestId=next(self.numbers), report=True, clear=clear, idToken=who
            )
        )
        self._wait()

    @rule(wish=monitor_wishes())
    def watch(self, wish: Request) -> None:
        """Let somebody watch what they like; what comes of it, only 2.0.1 can tell."""
        self.day.do(self.day.running.ask(wish))
        if self.ocpp == "2.0.1":
            self.day.ask(v201.GetMonitoringReport(requestId=next(self.numbers)))
        self._wait()

    @rule(criteria=st.lists(st.sampled_from(v201.ComponentCriterion), unique=True))
    def report(self, criteria: list[v201.ComponentCriterion]) -> None:
        """Ask what there is, and what of it is well; only 2.0.1 can."""
        if self.ocpp == "1.6":
            return
        chosen = tuple(criteria) or UNSET
        self.day.ask(v201.GetReport(requestId=next(self.numbers), componentCriteria=chosen))
        self._wait()

    @rule()
    def clear_cache(self) -> None:
        """Empty the authorization cache."""
        self.day.ask(self.day.office.tongue.commands.clear_cache())
        self._wait()

    @rule(id_=st.integers(1, 3), evse=st.integers(0, 3), card=CARDS, group=GROUPS, wait_s=WAITS_S)
    def reserve(self, id_: int, evse: int, card: Token, group: str | None, wait_s: float) -> None:
        """Reserve a connector, or any."""
        until = timestamp.render(self.day.clock.now().utc + wait_s)
        self.day.ask(reserving(self.ocpp, id_, evse, card, group, until))
        self._wait()

    @rule(id_=st.integers(1, 3))
    def cancel_reservation(self, id_: int) -> None:
        """Cancel a reservation."""
        self.day.ask(cancelling(self.ocpp, id_))
        self._wait()

    @rule(full=st.booleans(), version=st.integers(0, 9), cards=st.sets(CARDS), good=st.booleans())
    def send_list(self, version: int, cards: set[Token], *, full: bool, good: bool) -> None:
        """Write the local list, rightly or wrongly, and ask for its version."""
        ordered = sorted(cards, key=lambda card: card.value)
        words = dict.fromkeys(ordered, "Accepted" if good else "Expired")
        self.day.ask(listing(self.ocpp, version, words, full=full))
        self.day.ask(asking_version(self.ocpp))
        self._wait()

    @rule(data=st.data())
    def configure(self, data: st.DataObject) -> None:
        """Write a setting from afar, and read it."""
        name, text = data.draw(names(self.ocpp))
        commands = self.day.office.tongue.commands
        self.day.ask(commands.set_config(name, text))
        self.day.ask(commands.get_config(name))
        self._wait()

    @rule(write=writes(), by=st.sampled_from([By.LOCAL, By.REMOTE]))
    def write(self, write: tuple[str, str], by: By) -> None:
        """Write a setting."""
        self.day.do(self.day.running.ask(WriteSetting(*write, by)))
        self._wait()

    @rule(evse=st.integers(0, 3), lines=st.integers(0, 3))
    def use_lines(self, evse: int, lines: int) -> None:
        """Let an energy manager wish for another number of lines."""
        self.day.do(self.day.running.ask(SetPhases(evse, lines, "energy manager")))
        self._wait(31.0)

    # What goes wrong.

    @rule(event=MOBILE_EVENTS, by=st.sampled_from([WIRED, WIRELESS]))
    def mobile(self, event: MobileEvent, by: str) -> None:
        """Let the modem tell something, sensible or not, and a connection be opened by it."""
        self.day.running.happened(event)
        self.day.running.happened(CsmsReached(0, 1, by))
        self._wait()

    @rule(trouble=st.none() | st.sampled_from(PaymentTrouble), wait_s=st.sampled_from([0.02, 5.0]))
    def cashier(self, trouble: PaymentTrouble | None, wait_s: float) -> None:
        """Let the payment provider be in trouble, or be slow, or neither."""
        self.day.cashier.trouble, self.day.cashier.wait_s = trouble, wait_s
        self._wait()

    @rule(deed=st.sampled_from(Deed), actions=ACTIONS, first=st.integers(1, 4), comes=st.booleans())
    def misbehave(self, deed: Deed, actions: frozenset[str], first: int, *, comes: bool) -> None:
        """Let the CSMS fail the station at one or two calls to come, perhaps of a visitor."""
        self._trick(Trick(deed, actions, first, times=1 + first % 2))
        if comes:
            self.visit(1, GOOD, 61.0, "card")

    @rule(refusing=st.booleans())
    def refuse(self, *, refusing: bool) -> None:
        """Let the CSMS refuse whoever dials, as if the password were wrong, or let all in."""
        self.day.office.refusing = refusing
        self._wait()

    @rule(latency_s=LATENCIES_S)
    def slow(self, latency_s: float) -> None:
        """Let messages take their time."""
        self.day.office.latency_s = latency_s

    @rule(reachable=st.booleans())
    def reach(self, *, reachable: bool) -> None:
        """Lose or regain the CSMS."""
        self.day.office.reach(reachable=reachable)
        self._wait(5.0)

    @rule(registration=st.sampled_from([Registration.ACCEPTED, *Registration]))
    def register(self, registration: Registration) -> None:
        """Let the CSMS think otherwise of the next boot."""
        self.policy = Policy(VERDICTS, registration=registration)
        self.day.office.reception.policy = self.policy

    @rule(jump_s=JUMPS_S, here=st.booleans())
    def correct_clock(self, jump_s: float, *, here: bool) -> None:
        """Set the station's clock, or that of the CSMS; no instant ever comes twice."""
        jump_s += 0.0137 * next(self.numbers)
        (self.day.correct if here else self.day.skew)(jump_s)
        self._wait()

    @rule(house_a=st.tuples(HOUSES_A, HOUSES_A, HOUSES_A), times=st.integers(1, 4))
    def house(self, house_a: Phases, times: int) -> None:
        """Let the meter at the grid speak for a while, and then be silent again."""
        for _ in range(times):
            self.day.running.happened(GridRead(GridMeasurement(house_a)))
            self._wait(10.0)

    @rule(evse=EVSES, part=st.sampled_from(["meter", "lock", "contactor"]), broken=st.booleans())
    def break_part(self, evse: int, part: str, *, broken: bool) -> None:
        """Break or repair a device."""
        setattr(self.day.bench.sockets[evse], f"{part}_broken", broken)
        self._wait(31.0)

    @rule()
    def cut_power(self) -> None:
        """Lose everything that is not on the disk."""
        self.day.cut_power()
        self._wait(5.0)

    @rule(write=st.integers(0, 12), kept=st.booleans(), comes=st.booleans())
    def cut_power_at(self, write: int, *, kept: bool, comes: bool) -> None:
        """Cut the power in the middle of a write to come, perhaps for a visitor."""
        self.day.cut_power_at(write, kept=kept)
        if comes:
            self.visit(1, GOOD, 61.0, "card")

    def teardown(self) -> None:
        """Let a CSMS that behaves hear everything."""
        try:
            if not self.broken:
                self._end()
        finally:
            self.day.close()

    def _end(self) -> None:
        self.day.end()
        ends = len(self.day.flash.ends())
        self.tally.count(ends)
        self.tally.updates += self.day.errands.slots.kept != OLD
        event(f"transactions ended: {min(ends, 3)}")


@BOTH
def test_any_talking_day(ocpp: str) -> None:
    """The CSMS hears of every transaction exactly once, in order, whatever happens."""
    tally = Tally()
    machine: Any = lambda: TalkingDay(ocpp, tally)  # noqa: E731  a factory, typed as a class there
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    assert tally.with_end * 2 >= tally.runs
    assert tally.updates
