"""Paying at the station: S58 to S61, and whatever comes in between."""

from __future__ import annotations

from decimal import Decimal

import pytest

from laadpaal.properties import payment as rows
from laadpaal.properties.transactions import START_POINT, STOP_POINT
from laadpaal.station import events as e
from laadpaal.station.answers import Reason, Refused
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.lights import Light
from laadpaal.station.notices import (
    AuthorizationNeeded,
    TransactionEnded,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.payment import (
    Payment,
    PaymentState,
    PaymentStep,
    PaymentTrouble,
    Settlement,
    Tariff,
    money,
)
from laadpaal.station.payment_words import (
    ConfirmPayment,
    PaymentApproved,
    PaymentCancelled,
    PaymentCaptured,
    PaymentChanged,
    PaymentConfirmed,
    PaymentFailed,
    PaymentSettled,
    PreAuthorize,
)
from laadpaal.station.payments import EDGES
from laadpaal.station.requests import (
    ChangeAvailability,
    Reserve,
    Reset,
    StartCharging,
    StopCharging,
)
from laadpaal.station.words import (
    NOBODY,
    Pilot,
    Reservation,
    ResetKind,
    StopReason,
    Token,
    TokenKind,
    TokenStatus,
    Verdict,
)
from tests.support.paying import CABLES, GIRO, OTHER, SOCKETS, TARIFF, Till, bring, failed, without
from tests.support.world import CARD, NOON, SIGNED

S, T = PaymentState, PaymentTrouble

CABLED = pytest.param(SOCKETS, True, id="cable connected")
FIXED = pytest.param(CABLES, False, id="fixed cable")
PRECONDITIONS = pytest.mark.parametrize(("layout", "plugged"), [CABLED, FIXED])
WAITING = [S.PRE_AUTHORIZING, S.OFFERED, S.CONFIRMING]


def ready(layout: Layout, *, plugged: bool) -> Till:
    till = Till(layout)
    till.online()
    if plugged:
        till.plug()
    else:
        till.measure()
    return till


def assert_free(till: Till, screen: ScreenState) -> None:
    """Let the next card of any kind be served, and nothing remember the last one (S58)."""
    assert not till.authorizing()
    till.pass_time(1.0)
    assert not till.authorizing()
    till.pass_time(2.0)
    shown = till.station.view().evses[0]
    assert shown.screen.state is screen
    assert shown.screen.popup is None
    assert till.state() is S.IDLE
    assert not till.told(TransactionStarted)
    assert till.evse().authorization is None
    assert not till.evse().locked
    till.tap(OTHER)
    assert till.state() is S.PRE_AUTHORIZING
    till.fail(PaymentStep.PRE_AUTHORIZE, T.DECLINED)
    till.swipe()
    assert till.evse().authorization is not None


def at_rest(*, plugged: bool) -> ScreenState:
    return ScreenState.EV_CONNECTED if plugged else ScreenState.AVAILABLE


@PRECONDITIONS
def test_s59_no_answer_to_a_pre_authorization(layout: Layout, *, plugged: bool) -> None:
    """After 20 s the customer reads why, the socket is free, and the late approval is cancelled."""
    till = ready(layout, plugged=plugged)
    till.tap()
    assert till.authorizing()
    assert till.evse().screen.state is ScreenState.PLEASE_WAIT
    till.pass_time(19.9)
    assert till.authorizing()
    till.pass_time(0.1)
    assert till.state() is S.ABORTED
    popup = till.evse().screen.popup
    assert popup is not None
    assert popup.lines == ("the payment provider does not answer",)
    assert popup.until == till.now.utc + 3
    assert [job.session for job in till.cancels] == [""]
    till.approve()
    assert [job.session for job in till.cancels] == ["", "session of tx-1"]
    assert_free(till, at_rest(plugged=plugged))


@PRECONDITIONS
def test_s60_nobody_agrees(layout: Layout, *, plugged: bool) -> None:
    """The tariff counts down 30 s, goes, and is cancelled once; the next card starts anew."""
    till = ready(layout, plugged=plugged)
    till.offer()
    popup = till.evse().screen.popup
    assert popup is not None
    assert popup.until == till.now.utc + 30
    assert popup.lines == (
        "Power from the roof",
        "0.49 EUR for each kWh",
        "0.02 EUR for each minute",
        "0.50 EUR once",
    )
    assert till.evse().screen.state is at_rest(plugged=plugged)
    till.pass_time(29.9)
    assert till.state() is S.OFFERED
    till.pass_time(0.1)
    assert till.state() is S.ABORTED
    assert [job.session for job in till.cancels] == ["session of tx-1"]
    till.tell(PaymentCancelled("tx-1"))
    assert_free(till, at_rest(plugged=plugged))
    assert len(till.cancels) == 1


@PRECONDITIONS
@pytest.mark.parametrize("trouble", [T.DECLINED, T.REFUSED, T.FAILING, T.BROKEN, T.UNREACHABLE])
def test_s61_an_error_of_the_provider(
    layout: Layout, trouble: PaymentTrouble, *, plugged: bool
) -> None:
    """The customer reads what was wrong, and what may be open at the provider is cancelled."""
    till = ready(layout, plugged=plugged)
    till.tap()
    till.fail(PaymentStep.PRE_AUTHORIZE, trouble)
    popup = till.evse().screen.popup
    assert popup is not None
    assert popup.lines == (trouble.value,)
    assert len(till.cancels) == (not trouble.final)
    assert_free(till, at_rest(plugged=plugged))


@PRECONDITIONS
@pytest.mark.parametrize("trouble", [T.REFUSED, T.SLOW])
def test_the_agreement_does_not_arrive(
    layout: Layout, trouble: PaymentTrouble, *, plugged: bool
) -> None:
    """What was approved is cancelled, whatever the provider says against the confirmation."""
    till = ready(layout, plugged=plugged)
    till.offer()
    till.tap()
    assert till.evse().screen.state is ScreenState.PLEASE_WAIT
    if trouble is T.SLOW:
        till.pass_time(10.0)
    else:
        till.fail(PaymentStep.CONFIRM, trouble)
    assert [job.session for job in till.cancels] == ["session of tx-1"]
    till.confirm()
    assert_free(till, at_rest(plugged=plugged))


@pytest.mark.parametrize("layout", [SOCKETS, CABLES])
@pytest.mark.parametrize("state", WAITING)
def test_the_cable_is_pulled_out(layout: Layout, state: PaymentState) -> None:
    """Whoever pulls the cable out before they may charge is done, and it is cancelled."""
    till = ready(layout, plugged=True)
    bring(till, state)
    till.tell(e.CableUnplugged(1) if layout is SOCKETS else e.PilotChanged(1, Pilot.A))
    assert till.state() is S.ABORTED
    assert len(till.cancels) == 1
    assert_free(till, ScreenState.AVAILABLE)


@PRECONDITIONS
@pytest.mark.parametrize("state", WAITING)
def test_the_stop_button(layout: Layout, state: PaymentState, *, plugged: bool) -> None:
    """A button at the station ends what is not agreed to yet."""
    till = ready(layout, plugged=plugged)
    bring(till, state)
    till.tell(e.CardPresented(1, NOBODY))
    assert till.told(PaymentChanged)[-1].why == "it was stopped at the station"
    assert len(till.cancels) == 1
    assert_free(till, at_rest(plugged=plugged))


def test_a_button_where_nobody_pays() -> None:
    """It means what it always has."""
    till = ready(SOCKETS, plugged=True)
    till.tell(e.CardPresented(0, NOBODY))
    assert till.evse().authorization is not None


@pytest.mark.parametrize("state", WAITING)
def test_other_cards_meanwhile(state: PaymentState) -> None:
    """Neither an RFID card nor another payment card disturbs who is about to pay."""
    till = ready(SOCKETS, plugged=True)
    bring(till, state)
    before = till.evse().screen
    till.tell(e.CardPresented(1, CARD))
    till.tap(OTHER, reader=1)
    assert till.state() is state
    assert till.evse().screen == before
    assert till.told(AuthorizationNeeded) == []
    assert len(till.jobs(PreAuthorize)) == 1


@pytest.mark.parametrize("state", [S.PRE_AUTHORIZING, S.CONFIRMING])
def test_a_double_tap(state: PaymentState) -> None:
    """The same card twice asks for nothing twice, and agrees to nothing unseen."""
    till = ready(SOCKETS, plugged=True)
    bring(till, state)
    till.tap()
    assert till.state() is state
    assert len(till.jobs(PreAuthorize)) == 1
    assert len(till.jobs(ConfirmPayment)) == (state is S.CONFIRMING)


def test_a_tap_in_the_last_moment() -> None:
    """Who agrees just in time has agreed; one moment later it begins anew."""
    till = ready(SOCKETS, plugged=True)
    till.offer()
    till.pass_time(29.999)
    till.tap()
    assert till.state() is S.CONFIRMING
    till.pass_time(10.0)
    till.tap()
    assert till.state() is S.PRE_AUTHORIZING
    till.approve()
    till.pass_time(30.0)
    till.tap()
    assert till.state() is S.PRE_AUTHORIZING
    assert len(till.jobs(ConfirmPayment)) == 1


@PRECONDITIONS
def test_a_whole_payment(layout: Layout, *, plugged: bool) -> None:
    """Tap, agree, charge, tap: what was delivered is captured once, and the receipt is shown."""
    till = ready(layout, plugged=plugged)
    till.agree()
    assert till.state() is S.AUTHORIZED
    if not plugged:
        assert till.evse().screen.state is ScreenState.AUTHORIZED
        till.plug()
    started = till.told(TransactionStarted)[0]
    assert started.token == Token("PAY-tx1", TokenKind.CENTRAL)
    assert till.told(AuthorizationNeeded) == []
    till.measure(more_wh=10_000.5)
    till.pass_time(600.0)
    till.measure()
    assert till.evse().screen.tariff == "Power from the roof"
    assert till.evse().screen.cost == "5.60 EUR"
    till.tap()
    ended = till.told(TransactionEnded)[0]
    assert ended.reason is StopReason.LOCAL
    assert ended.token == started.token
    assert till.state() is S.CAPTURING
    (capture,) = till.captures
    delivery = capture.delivery
    assert capture.session == "session of tx-1"
    assert (delivery.energy_wh, delivery.ended_at - delivery.started_at) == (10_000, 600.0)
    assert (delivery.amount_cents, delivery.currency) == (560, "EUR")
    assert till.evse().screen.cost == "5.60 EUR"
    till.tell(PaymentCaptured(capture.payment, "R-1", "https://pay.example/R-1"))
    popup = till.evse().screen.popup
    assert popup is not None
    assert popup.lines == ("5.60 EUR for 10.000 kWh", "Receipt R-1", "https://pay.example/R-1")
    assert till.state() is S.RECEIPT
    till.pass_time(10.0)
    assert till.state() is S.IDLE
    (settled,) = till.told(PaymentSettled)
    assert (settled.how, settled.amount_cents, settled.receipt) == (
        Settlement.CAPTURED,
        560,
        "R-1",
    )
    assert till.cancels == []


def test_stopped_at_the_vehicle() -> None:
    """Who unplugs at the vehicle pays for what was delivered."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tell(e.PilotChanged(1, Pilot.A))
    assert [job.delivery.energy_wh for job in till.captures] == [1000]


def test_stopped_from_afar() -> None:
    """The CSMS may end a transaction that is paid for here."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.ask(StopCharging(till.told(TransactionStarted)[0].transaction))
    assert len(till.captures) == 1


def test_nobody_plugs_in() -> None:
    """After the connect timeout nothing is charged, and it is cancelled."""
    till = ready(SOCKETS, plugged=False)
    till.agree()
    till.pass_time(120.0)
    assert till.state() is S.ABORTED
    assert len(till.cancels) == 1
    assert till.captures == []
    assert_free(till, ScreenState.AVAILABLE)


def test_enough_before_plugging_in() -> None:
    """The same card lets it be."""
    till = ready(SOCKETS, plugged=False)
    till.agree()
    till.tap()
    assert till.state() is S.ABORTED
    assert len(till.cancels) == 1


def test_nothing_was_delivered() -> None:
    """A transaction without a watt-hour costs nothing, not even the fee."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.tap()
    assert len(till.told(TransactionEnded)) == 1
    assert till.captures == []
    assert [job.session for job in till.cancels] == ["session of tx-1"]


def test_the_csms_does_not_judge_who_pays() -> None:
    """That the CSMS does not know the identifier ends no transaction that is paid for."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    tx = till.told(TransactionStarted)[0]
    till.tell(e.TransactionJudged(tx.transaction, tx.token, Verdict(TokenStatus.INVALID)))
    assert till.state() is S.AUTHORIZED
    assert till.told(TransactionEnded) == []


def test_a_transaction_that_began_before() -> None:
    """Where a transaction begins with the cable, it is paid for from the agreement on."""
    till = Till()
    till.online()
    till.put(START_POINT, to=("EVConnected",))
    till.plug()
    assert len(till.told(TransactionStarted)) == 1
    till.pass_time(3600.0)
    till.agree()
    assert till.told(TransactionUpdated)[-1].transaction == "tx-1"
    till.measure(more_wh=2000.0)
    till.pass_time(60.0)
    till.tap()
    (capture,) = till.captures
    assert capture.delivery.started_at == NOON + 3600
    assert capture.delivery.amount_cents == 98 + 2 + 50


def test_the_authorization_ends_before_the_transaction() -> None:
    """Where a transaction lasts as long as the cable, it is captured when that goes."""
    till = Till()
    till.online()
    till.put(START_POINT, to=("EVConnected",))
    till.put(STOP_POINT, to=("EVConnected",))
    till.plug()
    till.agree()
    till.measure(more_wh=2000.0)
    till.tap()
    assert till.state() is S.AUTHORIZED
    till.tap()
    assert till.captures == []
    till.tell(e.CableUnplugged(1))
    assert len(till.captures) == 1


def test_what_the_meter_signs_goes_along() -> None:
    """Where the meter signs, what it signed first and last goes with the bill."""
    till = ready(Layout(evses=(EvseLayout(signs=True),), payment=True), plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    assert till.captures[0].delivery.signed == (SIGNED, SIGNED)


def test_a_clock_that_is_set_costs_nothing() -> None:
    """Minutes by which only the clock was set are not paid for, also after a power cut."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.pass_time(60.0)
    till.now = type(till.now)(till.now.mono, till.now.utc + 86_400.0)
    till.tell(e.ClockCorrected(86_400.0))
    till.pass_time(60.0)
    (capture,) = till.cut().captures
    assert capture.delivery.ended_at - capture.delivery.started_at == 120.0
    till.tap()
    assert till.captures[0].delivery == capture.delivery


def test_capturing_is_tried_until_it_is_heard() -> None:
    """The waits double; an answer ends it; a refusal is a matter for people."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    waits = [5.0, 10.0, 20.0]
    for count, wait_s in enumerate(waits, 1):
        assert len(till.captures) == count
        till.fail(PaymentStep.CAPTURE, T.UNREACHABLE)
        till.pass_time(wait_s - 0.1)
        assert len(till.captures) == count
        till.pass_time(0.1)
    assert len(till.captures) == 4
    assert len({repr(job) for job in till.captures}) == 1
    for wait_s in (40.0, 80.0, 160.0, 320.0, 600.0, 600.0):
        till.fail(PaymentStep.CAPTURE, T.FAILING)
        till.pass_time(wait_s)
    assert len(till.captures) == 10
    assert till.station.view().unsettled == 1
    till.fail(PaymentStep.CAPTURE, T.UNREACHABLE)
    till.online()  # the way to the world is back
    assert len(till.captures) == 11
    till.online()
    assert len(till.captures) == 11
    till.tell(PaymentFailed("tx-1", PaymentStep.CAPTURE, T.REFUSED, "status 404"))
    assert till.station.view().unsettled == 0
    (settled,) = till.told(PaymentSettled)
    assert (settled.how, settled.amount_cents, settled.why) == (
        Settlement.REFUSED,
        99,
        "status 404",
    )
    assert till.state() is S.IDLE
    till.tell(PaymentCaptured("tx-1", "R-1"))
    assert len(till.told(PaymentSettled)) == 1


def test_what_is_never_answered_is_told_again() -> None:
    """Without even a failure it is told again after a minute."""
    till = ready(SOCKETS, plugged=True)
    till.offer()
    till.pass_time(30.0)
    till.pass_time(60.0)
    assert len(till.cancels) == 2
    till.fail(PaymentStep.CANCEL, T.REFUSED)
    assert till.told(PaymentSettled)[0].how is Settlement.REFUSED
    till.fail(PaymentStep.CANCEL, T.REFUSED)
    assert len(till.told(PaymentSettled)) == 1


def test_one_answer_hurries_the_others() -> None:
    """Who answers about one payment can be reached about all."""
    till = ready(SOCKETS, plugged=True)
    for card in (GIRO, OTHER):
        till.offer(card)
        till.pass_time(30.0)
        till.fail(PaymentStep.CANCEL, T.UNREACHABLE)
        till.fail(PaymentStep.CANCEL, T.UNREACHABLE)
    before = len(till.cancels)
    till.tell(PaymentCancelled("tx-2"))
    assert [job.payment for job in till.cancels[before:]] == ["tx-1"]


def test_the_next_customer_does_not_wait_for_the_last_bill() -> None:
    """While a bill waits for the provider, an RFID card charges, and the receipt is left out."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    till.swipe()
    assert till.state() is S.IDLE
    assert till.evse().authorization is not None
    till.tell(PaymentCaptured("tx-1", "R-1"))
    assert till.evse().screen.popup is None
    assert till.told(PaymentSettled)[0].how is Settlement.CAPTURED


def test_the_next_payment_begins_on_top() -> None:
    """A message or a bill gives way to the next payment card at once."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    till.tap(OTHER)
    assert till.state() is S.PRE_AUTHORIZING
    assert till.station.view().unsettled == 1


def test_late_approvals() -> None:
    """One that comes when the cancellation is known is cancelled anew, by its session, once."""
    till = ready(SOCKETS, plugged=True)
    till.tap()
    till.pass_time(20.0)
    till.tell(PaymentCancelled("tx-1"))
    till.pass_time(3.0)
    till.approve()
    assert [job.session for job in till.cancels] == ["", "session of tx-1"]
    till.approve()
    assert len(till.cancels) == 2
    assert till.station.view().unsettled == 1


def test_an_approval_twice() -> None:
    """What has been heard already changes nothing."""
    till = ready(SOCKETS, plugged=True)
    till.offer()
    till.approve()
    assert till.state() is S.OFFERED
    assert till.cancels == []
    till.fail(PaymentStep.PRE_AUTHORIZE, T.SLOW)
    assert till.state() is S.OFFERED
    till.tell(PaymentConfirmed("tx-1"))
    till.tell(PaymentConfirmed("none"))
    assert till.state() is S.OFFERED


def test_late_for_a_bill() -> None:
    """A bill that is open is not cancelled, whoever approves it late."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    till.swipe()
    till.tell(PaymentApproved("tx-1", "another", TARIFF))
    assert till.cancels == []


@pytest.mark.parametrize(
    ("service", "way", "why"),
    [
        (rows.OFF, rows.GIROCARD, "payment cards are not taken here"),
        (rows.ON, "0", "payment cards are not taken here"),
        (rows.OUT_OF_SERVICE, rows.GIROCARD, "payment is out of service"),
    ],
)
def test_payment_cards_alone_are_refused(service: int, way: str, why: str) -> None:
    """Where payment is off or out of service, other cards still charge."""
    till = ready(SOCKETS, plugged=True)
    till.put(rows.SERVICE, to=service)
    till.put(rows.WAYS, to=way)
    till.tap()
    assert till.state() is S.IDLE
    assert till.told(PaymentChanged)[-1].why == why
    assert till.evse().screen.popup is not None
    till.pass_time(3.0)
    assert till.evse().screen.popup is None
    till.swipe()
    assert till.evse().authorization is not None
    assert till.jobs(PreAuthorize) == []


def test_without_a_provider() -> None:
    """A station without a provider takes no payment cards, and keeps what another life owed."""
    saved = ready(SOCKETS, plugged=True)
    saved.tap()
    after = Till(without(SOCKETS), saved.save())
    after.plug()
    after.tap()
    assert after.told(PaymentChanged)[-1].why == "payment cards are not taken here"
    assert after.cancels == []
    assert after.station.view().unsettled == 1


def test_where_somebody_charges() -> None:
    """A payment card for an EVSE in use is refused, and the display is left alone."""
    till = ready(SOCKETS, plugged=True)
    till.swipe()
    before = till.evse().screen
    till.tap(reader=1)
    assert till.told(PaymentChanged)[-1].why == "the EVSE is in use, or kept for others"
    assert till.evse().screen == before
    till.tell(e.CardPresented(2, CARD))
    till.tap(reader=2)
    assert till.state(2) is S.IDLE


def test_both_sockets_are_independent() -> None:
    """Two customers pay at once, each at the socket where they are (S63)."""
    till = Till()
    till.online()
    till.plug(2)
    till.agree()
    assert [till.state(1), till.state(2)] == [S.IDLE, S.AUTHORIZED]
    till.plug(1)
    till.offer(OTHER)
    assert [till.state(1), till.state(2)] == [S.OFFERED, S.AUTHORIZED]
    till.tell(e.CardPresented(0, NOBODY))
    assert [till.state(1), till.state(2)] == [S.ABORTED, S.AUTHORIZED]


@pytest.mark.parametrize("state", [S.PRE_AUTHORIZING, S.AUTHORIZED])
def test_the_payment_follows_the_plug(state: PaymentState) -> None:
    """Who paid before plugging in charges where the plug goes, and owes what flows there."""
    till = Till()
    till.online()
    bring(till, state)
    assert till.state(1) is state
    till.plug(2)
    till.save()
    assert [till.state(1), till.state(2)] == [S.IDLE, state]
    if state is S.PRE_AUTHORIZING:
        till.approve()
        till.tap()
        till.confirm()
    till.measure(2, more_wh=500.0)
    till.tap()
    assert [job.evse for job in till.captures] == [2]


def test_a_payment_at_its_own_reader_stays() -> None:
    """A reader of one EVSE means that one."""
    till = Till()
    till.online()
    till.tap(reader=1)
    till.plug(2)
    assert [till.state(1), till.state(2)] == [S.PRE_AUTHORIZING, S.IDLE]


def test_an_rfid_card_does_not_follow_to_where_somebody_pays() -> None:
    """A plug at an EVSE where somebody pays is theirs."""
    till = Till()
    till.online()
    till.tap(reader=2)
    till.swipe(reader=0)
    till.plug(2)
    assert till.evse(1).authorization is not None
    assert till.evse(2).authorization is None


def test_nobody_else_is_let_in_meanwhile() -> None:
    """Neither a remote start nor a reservation takes an EVSE where somebody is about to pay."""
    till = ready(SOCKETS, plugged=False)
    till.tap()
    started = till.ask(StartCharging(1, CARD, remote_id=1))
    assert isinstance(started, Refused)
    assert started.reason is Reason.AUTHORIZING
    kept = till.ask(Reserve(Reservation(1, 1, CARD, NOON + 900.0)))
    assert isinstance(kept, Refused)


def test_an_evse_that_is_reserved() -> None:
    """What is kept for others is not sold, also when it was kept in the meantime."""
    till = ready(SOCKETS, plugged=False)
    till.ask(Reserve(Reservation(1, 1, CARD, NOON + 900.0)))
    till.tap(reader=1)
    assert till.told(PaymentChanged)[-1].why == "the EVSE is in use, or kept for others"
    till.tap(reader=2)
    till.approve()
    till.tap(reader=2)
    till.station.parts.facts.reservations[2] = Reservation(2, 2, CARD, NOON + 900.0)
    till.confirm()
    assert till.state(2) is S.ABORTED
    assert len(till.cancels) == 1


@pytest.mark.parametrize("how", ["fault", "out of use", "reset"])
def test_the_evse_goes_out_of_use(how: str) -> None:
    """A fault, a wish of the operator or a reset ends what is not agreed to yet."""
    till = ready(SOCKETS, plugged=True)
    till.offer()
    if how == "fault":
        till.tell(e.FaultRaised(1, 201))
    elif how == "reset":
        till.ask(Reset(ResetKind.HARD))
    else:
        till.ask(ChangeAvailability(operative=False, evse=1))
    assert till.state() is S.ABORTED
    assert len(till.cancels) == 1
    till.tap(reader=1)
    assert len(till.jobs(PreAuthorize)) == 1


def test_no_evse_at_all() -> None:
    """A card at a reader of nothing means nothing."""
    till = ready(SOCKETS, plugged=True)
    till.tap(reader=9)
    assert till.jobs(PreAuthorize) == []


CUTS = [S.PRE_AUTHORIZING, S.OFFERED, S.CONFIRMING, S.AUTHORIZED]


@PRECONDITIONS
@pytest.mark.parametrize("state", CUTS)
def test_a_power_cut_before_charging(layout: Layout, state: PaymentState, *, plugged: bool) -> None:
    """A restart finds nothing charged: it cancels, once it is heard, and the socket is free."""
    till = ready(layout, plugged=False)
    bring(till, state)
    after = till.cut()
    assert [job.payment for job in after.cancels] == ["tx-1"]
    assert after.captures == []
    after.online()
    if plugged:
        after.plug()
    else:
        after.measure()
    after.tell(PaymentCancelled("tx-1"))
    assert after.save().payments == ()
    assert_free(after, at_rest(plugged=plugged))


@pytest.mark.parametrize("layout", [SOCKETS, CABLES])
def test_a_power_cut_while_charging(layout: Layout) -> None:
    """The transaction ends as the disk has it, and exactly that is captured."""
    till = ready(layout, plugged=True)
    till.agree()
    till.measure(more_wh=1500.0)
    till.pass_time(60.0)  # it is saved each minute
    till.measure(more_wh=700.0)
    after = till.cut()
    (ended,) = after.told(TransactionEnded)
    (capture,) = after.captures
    assert ended.reason is StopReason.POWER_LOSS
    assert capture.delivery.energy_wh == 1500 == ended.meter_wh - 5000
    assert capture.delivery.ended_at == ended.at
    assert after.state() is S.IDLE
    again = after.cut()
    assert again.captures == [capture]
    again.tell(PaymentCaptured(capture.payment, "R-1"))
    assert again.save().payments == ()


def test_a_power_cut_before_the_first_watt_hour_is_saved() -> None:
    """What the disk knows of no energy is cancelled."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    after = till.cut()
    assert len(after.told(TransactionEnded)) == 1
    assert after.captures == []
    assert len(after.cancels) == 1


@pytest.mark.parametrize("state", [S.ABORTED, S.CAPTURING])
def test_a_power_cut_before_the_end_is_heard(state: PaymentState) -> None:
    """What the provider has not heard is told again after each power cut, with the same words."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    if state is S.CAPTURING:
        till.measure(more_wh=1000.0)
    till.tap()
    assert till.state() is state
    after = till.cut().cut()
    told = till.captures if state is S.CAPTURING else till.cancels
    assert (after.captures if state is S.CAPTURING else after.cancels) == told


def test_a_power_cut_over_a_receipt() -> None:
    """What is captured stays captured, and nothing is told again."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    till.tell(PaymentCaptured("tx-1", "R-1"))
    assert till.state() is S.RECEIPT
    after = till.cut()
    assert after.captures == []
    assert after.cancels == []


def test_signed_values_survive_a_power_cut() -> None:
    """What the meter signed at the beginning goes with the bill of a transaction that was cut."""
    till = ready(Layout(evses=(EvseLayout(signs=True),), payment=True), plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.pass_time(60.0)
    (capture,) = till.cut().captures
    assert capture.delivery.signed[0] == SIGNED


@pytest.mark.parametrize(
    ("wh", "seconds", "cents"),
    [(0, 0, 50), (1, 0, 50), (11, 0, 51), (10, 0, 50), (1000, 0, 99), (0, 45, 52), (0, 15, 51)],
)
def test_what_it_costs(wh: int, seconds: int, cents: int) -> None:
    """Only the sum is rounded, half a cent up."""
    assert TARIFF.cents(wh, seconds) == cents


def test_no_float_spoils_a_price() -> None:
    """A price of ten digits is reckoned exactly."""
    fine = Tariff("", Decimal("0.3333333335"), Decimal(0), 0, "EUR")
    assert fine.cents(1_500_000, 0) == 50_000
    assert money(5, "EUR") == "0.05 EUR"


def test_no_way_that_is_not_drawn() -> None:
    """A step that is no edge is a bug, and ends the turn."""
    till = ready(SOCKETS, plugged=True)
    assert (S.IDLE, S.AUTHORIZED) not in EDGES
    with pytest.raises(AssertionError, match="no payment goes"):
        till.station.parts.payments._enter(till.evse(), Payment("x", 1, S.AUTHORIZED))
    till.tap()
    with pytest.raises(AssertionError, match="no payment is left"):
        till.station.parts.payments._leave(till.evse())


def test_nothing_of_the_card_is_kept_or_shown() -> None:
    """Neither records, notices, views nor what is printed of jobs and events holds the card."""
    till = ready(SOCKETS, plugged=True)
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    shown = repr((till.actions, till.records, till.notices, till.station.view()))
    assert GIRO not in shown
    assert GIRO not in repr(till.evse())


def test_light() -> None:
    """While the provider is asked, the light says so."""
    till = ready(SOCKETS, plugged=True)
    till.tap()
    assert till.evse().light is Light.AUTHORIZING


def test_each_settlement_has_its_own_time() -> None:
    """Of two that have failed, only the one that has waited long enough is told again."""
    till = Till(SOCKETS)
    for evse, card in ((1, GIRO), (2, OTHER)):
        till.plug(evse)
        till.tap(card, reader=evse)
        till.tell(e.CableUnplugged(evse))
    first, second = till.cancels
    till.tell(failed(first, T.UNREACHABLE))
    till.pass_time(2.0)
    till.tell(failed(second, T.UNREACHABLE))
    till.pass_time(3.0)

    assert till.cancels == [first, second, first]


def test_an_outlet_beside_is_turned_to_when_a_payment_is_given_up() -> None:
    """In the same turn: who waits there need not do anything for it."""
    both = EvseLayout((ConnectorLayout(), ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)))
    till = ready(Layout(evses=(both, both), payment=True), plugged=True)
    till.swipe()
    till.swipe()
    till.tap()
    till.tell(e.CablePlugged(1, 2))
    assert till.evse().connector == 1
    till.ask(ChangeAvailability(operative=False, evse=1))

    assert till.state() is S.ABORTED
    assert till.evse().connector == 2
