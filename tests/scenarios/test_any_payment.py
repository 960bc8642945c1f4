"""Any payments at all: never stuck, never charged twice, and every watt-hour is charged once."""

from __future__ import annotations

import os
from collections import Counter
from itertools import count
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from laadpaal.station import events as e
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.moment import Moment
from laadpaal.station.notices import TransactionEnded, TransactionStarted
from laadpaal.station.payment import PaymentTrouble
from laadpaal.station.payment_words import (
    CancelPayment,
    CapturePayment,
    PaymentEvent,
    PaymentJob,
    PreAuthorize,
)
from laadpaal.station.words import NOBODY, Pilot, Token
from tests.support.paying import CABLES, SOCKETS, Till, answered, failed

EXAMPLES = int(os.environ.get("LAADPAAL_EXAMPLES", "40"))
EVSES = st.integers(1, 2)
CARDS = st.sampled_from(["one", "two"])
WAITS_S = st.sampled_from([1.0, 11.0, 21.0, 31.0, 121.0, 700.0])
HOW = st.sampled_from(["done", "done", "done", "lost", "down", "refused", "never"])
LONGEST_S = 60.0


class Provider:
    """What a provider that keeps the interface knows; it acts on a request when it gets it."""

    def __init__(self) -> None:
        self.open: set[str] = set()
        self.cancelled: set[str] = set()
        self.debits: Counter[str] = Counter()
        self.energy_wh: dict[str, int] = {}

    def act(self, job: PaymentJob) -> PaymentEvent:
        payment = job.payment
        match job:
            case PreAuthorize() if payment in self.cancelled:
                return failed(job, PaymentTrouble.DECLINED)
            case PreAuthorize():
                self.open.add(payment)
            case CancelPayment():
                self.cancelled.add(payment)
                self.open.discard(payment)
            case CapturePayment(delivery=delivery):
                assert payment not in self.cancelled
                if payment in self.open:
                    self.debits[payment] += 1
                    self.energy_wh[payment] = delivery.energy_wh
                    self.open.discard(payment)
                assert self.energy_wh[payment] == delivery.energy_wh
            case _:
                pass
        return answered(job)


class AnyPayment(RuleBasedStateMachine):
    """A station, a provider, and customers who do what they like."""

    def __init__(self, tally: Counter[str]) -> None:
        super().__init__()
        self.tally = tally
        self.provider = Provider()
        self.jobs: list[PaymentJob] = []
        self.starts: dict[str, TransactionStarted] = {}
        self.ends: dict[str, TransactionEnded] = {}
        self.ids = (f"id-{number}" for number in count(1))

    @initialize(fixed=st.booleans())
    def begin(self, *, fixed: bool) -> None:
        """Build the station."""
        self.till = Till(CABLES if fixed else SOCKETS)
        self._born()
        self.till.online()
        for evse in (1, 2):
            self.till.measure(evse)
        self._look()

    def _born(self) -> None:
        self.till.station.parts.facts.ids = self.ids
        self.taken = self.heard = 0

    def _look(self) -> None:
        """Take the jobs that are new, and note what was told of transactions."""
        new = self.till.actions[self.taken :]
        self.taken = len(self.till.actions)
        self.jobs += [job for job in new if isinstance(job, PaymentJob)]
        for notice in self.till.durable()[self.heard :]:
            if isinstance(notice, TransactionStarted):
                self.starts[notice.transaction] = notice
            elif isinstance(notice, TransactionEnded):
                self.ends[notice.transaction] = notice
        self.heard = len(self.till.durable())
        self.till.keep()

    @rule(card=CARDS, reader=st.integers(0, 2))
    def tap(self, card: str, reader: int) -> None:
        """Hold a payment card to a reader."""
        self.till.tap(card, reader)
        self._look()

    @rule(reader=st.integers(0, 2), token=st.sampled_from([Token("A1"), NOBODY]))
    def swipe(self, reader: int, token: Token) -> None:
        """Hold another card there, or press the button."""
        self.till.swipe(token, reader=reader)
        self._look()

    @rule(evse=EVSES)
    def plug(self, evse: int) -> None:
        """Plug in."""
        self.till.plug(evse)
        self._look()

    @rule(evse=EVSES)
    def unplug(self, evse: int) -> None:
        """Pull the plug out."""
        self.till.tell(e.CableUnplugged(evse))
        self._look()

    @rule(evse=EVSES, wh=st.sampled_from([0.4, 1500.0]))
    def deliver(self, evse: int, wh: float) -> None:
        """Let energy flow where it may."""
        closed = self.till.station.view().evses[evse - 1].contactor_closed
        self.till.measure(evse, more_wh=wh if closed else 0.0)
        self._look()

    @rule(how=HOW, last=st.booleans())
    def answer(self, how: str, *, last: bool) -> None:
        """Let the provider get to a request, or not, and the station hear of it, or not."""
        if not self.jobs:
            return
        job = self.jobs.pop(-1 if last else 0)
        self._answer(job, how)
        self._look()

    def _answer(self, job: PaymentJob, how: str) -> None:
        settles = isinstance(job, CancelPayment | CapturePayment)
        if how == "done" or (how == "refused" and settles):
            self.till.tell(self.provider.act(job))
        elif how == "lost":
            self.provider.act(job)
            self.till.tell(failed(job, PaymentTrouble.SLOW))
        elif how == "down":
            self.till.tell(failed(job, PaymentTrouble.UNREACHABLE))
        elif how == "refused":
            self.till.tell(failed(job, PaymentTrouble.REFUSED))

    @rule(card=CARDS, evse=EVSES)
    def whole(self, card: str, evse: int) -> None:
        """Let a customer pay, charge and stop, if nothing is in the way."""
        self.plug(evse)
        for _ in range(2):
            self.tap(card, evse)
            self.answer("done", last=True)
        self.deliver(evse, 1500.0)
        self.tap(card, evse)

    @rule(wait_s=WAITS_S)
    def wait(self, wait_s: float) -> None:
        """Let time pass."""
        self.till.pass_time(wait_s)
        self._look()

    @rule(jump_s=st.sampled_from([-4000.0, 4000.0]))
    def correct(self, jump_s: float) -> None:
        """Set the clock."""
        now = self.till.now
        self.till.now = Moment(now.mono, now.utc + jump_s)
        self.till.tell(e.ClockCorrected(jump_s))
        self._look()

    @rule()
    def power_cut(self) -> None:
        """Lose everything that is not on the disk; requests on their way may still arrive."""
        self.till = self.till.cut()
        self._born()
        self._look()
        assert not any(self.till.authorizing(evse) for evse in (1, 2))
        self.till.online()
        self._look()

    @invariant()
    def never_stuck(self) -> None:
        """Whoever authorizes is given up within a minute."""
        for evse in (1, 2):
            if hasattr(self, "till") and self.till.authorizing(evse):
                at = self.till.station.parts.facts.agenda.planned(Timer(Due.PAYMENT, evse))
                assert at is not None
                assert self.till.now.mono < at <= self.till.now.mono + LONGEST_S

    @invariant()
    def never_charged_twice(self) -> None:
        """At most one debit for each payment."""
        assert all(debits == 1 for debits in self.provider.debits.values())

    def teardown(self) -> None:
        """Let the provider behave: all is settled, and what was delivered was charged once."""
        if not hasattr(self, "till"):
            return
        for evse in (1, 2):
            self.unplug(evse)
            self.till.tell(e.PilotChanged(evse, Pilot.A))
        for _ in range(4):
            while self.jobs:
                self.answer("done", last=False)
            self.wait(700.0)
        assert self.till.save().payments == ()
        assert self.till.station.view().unsettled == 0
        assert self.till.kept.payments == {}
        assert self.provider.open == set()
        delivered = sorted(self._delivered())
        assert sorted(self.provider.energy_wh.values()) == delivered
        self.tally["debits"] += len(delivered)
        self.tally["cancels"] += len(self.provider.cancelled)
        event(f"debits: {min(len(delivered), 3)}")

    def _delivered(self) -> list[int]:
        """Return the whole watt-hours of every transaction that somebody paid for."""
        found = []
        for id_, end in self.ends.items():
            start = self.starts[id_]
            wh = int(end.meter_wh - start.meter_wh)
            if start.token and start.token.value.startswith("PAY-") and wh > 0:
                found.append(wh)
        return found


def test_any_payment() -> None:
    """Every promise holds after every step, and money is taken as well as let go."""
    tally: Counter[str] = Counter()
    machine: Any = lambda: AnyPayment(tally)  # noqa: E731  a factory, typed as a class there
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    assert tally["debits"] > EXAMPLES / 4
    assert tally["cancels"] > EXAMPLES / 4
