"""The client and a provider on the loopback: each way of misbehaving is a value, never a crash."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from laadpaal.payments import HttpsProvider, Provider
from laadpaal.simulation.authority import Papers, papers
from laadpaal.simulation.payment_provider import Mischief, ProviderDouble
from laadpaal.station.measurement import SignedData
from laadpaal.station.payment import Delivery, PaymentStep, PaymentTrouble
from laadpaal.station.payment_words import (
    CancelPayment,
    CapturePayment,
    ConfirmPayment,
    PaymentApproved,
    PaymentCancelled,
    PaymentCaptured,
    PaymentConfirmed,
    PaymentEvent,
    PaymentFailed,
    PaymentJob,
    PreAuthorize,
)
from tests.support.jumping import LoopClock, SocketLoop

T = TypeVar("T")
PT = PaymentTrouble
CARD = "0123456789abcdef"
ASK = PreAuthorize("p-1", 1, CARD, "EUR", 20.0)
DELIVERY = Delivery(
    12_345,
    1_700_000_000.0,
    1_700_000_600.0,
    655,
    "EUR",
    (SignedData("OCMF|1|1", "ECDSA", "OCMF", "key"), SignedData("OCMF|2|2", "ECDSA", "OCMF")),
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("strange"))


class Talk:
    """A client, a provider, and the time between them."""

    def __init__(self, shown: Papers, visitor: Callable[[], ssl.SSLContext] | None = None) -> None:
        self.shown = shown
        self.double = ProviderDouble()
        self._visitor = visitor or shown.visitor
        self.url = ""

    def play(self, story: Callable[[HttpsProvider], Awaitable[T]]) -> T:
        """Run a story in which nobody waits, with a provider that listens."""

        async def played() -> T:
            async with self.double.serve(self.shown.server()) as url:
                self.url = url
                log = logging.getLogger("payments under test")
                where = Provider(url, "LP000001", self._visitor)
                return await story(HttpsProvider(where, LoopClock(), log))

        with asyncio.Runner(loop_factory=SocketLoop) as runner:
            return runner.run(played())

    def do(self, *jobs: PaymentJob) -> list[PaymentEvent]:
        """Return what came of each job."""

        async def story(provider: HttpsProvider) -> list[PaymentEvent]:
            return [await provider.do(job) for job in jobs]

        return self.play(story)


def trouble(event: PaymentEvent) -> PaymentTrouble:
    assert isinstance(event, PaymentFailed)
    return event.trouble


def test_a_whole_payment(shown: Papers) -> None:
    """Approved, confirmed, captured; what was sent is what was agreed on."""
    talk = Talk(shown)
    approved, confirmed, captured = talk.do(
        ASK,
        ConfirmPayment("p-1", "session-1", 10.0),
        CapturePayment("p-1", "session-1", 1, DELIVERY),
    )
    assert isinstance(approved, PaymentApproved)
    assert approved.session == "session-1"
    assert approved.tariff.cents(1000, 0) == 99
    assert confirmed == PaymentConfirmed("p-1")
    assert captured == PaymentCaptured("p-1", "R-session-1", "https://pay.example/R-session-1")
    (session,) = talk.double.sessions.values()
    assert session.debits == 1
    assert session.bill == {
        "evse": 1,
        "energyWh": 12_345,
        "start": "2023-11-14T22:13:20Z",
        "end": "2023-11-14T22:23:20Z",
        "amountCents": 655,
        "currency": "EUR",
        "signedValues": [
            {"data": "OCMF|1|1", "method": "ECDSA", "encoding": "OCMF"},
            {"data": "OCMF|2|2", "method": "ECDSA", "encoding": "OCMF"},
        ],
        "publicKey": "key",
        "requestId": "p-1-capture",
    }
    assert talk.double.paths == [
        "/v1/preauthorizations",
        "/v1/preauthorizations/session-1/confirm",
        "/v1/preauthorizations/session-1/capture",
    ]


@pytest.mark.parametrize(
    ("mischief", "wanted", "times"),
    [
        (Mischief.BLACK_HOLE, PT.SLOW, 1),
        (Mischief.SLOW, PT.SLOW, 1),
        (Mischief.UNKNOWN_STATION, PT.REFUSED, 1),
        (Mischief.FORBIDDEN, PT.REFUSED, 1),
        (Mischief.PAYMENT_REQUIRED, PT.DECLINED, 1),
        (Mischief.DECLINED, PT.DECLINED, 1),
        (Mischief.FAILING, PT.FAILING, 2),
        (Mischief.GARBAGE, PT.BROKEN, 1),
        (Mischief.ERROR_BODY, PT.BROKEN, 1),
        (Mischief.HUGE, PT.BROKEN, 1),
        (Mischief.REDIRECT, PT.BROKEN, 1),
        (Mischief.NO_HTTP, PT.BROKEN, 0),
    ],
)
def test_s61_each_misbehaviour_has_its_trouble(
    shown: Papers, mischief: Mischief, wanted: PaymentTrouble, times: int
) -> None:
    """What the provider does is named; only its own fault is tried once more."""
    talk = Talk(shown)
    talk.double.mischief = mischief
    (event,) = talk.do(ASK)
    assert trouble(event) is wanted
    assert talk.double.heard["p-1"] == times


def test_a_fault_that_passes(shown: Papers) -> None:
    """A 500 is given one more chance within the time of the customer."""
    talk = Talk(shown)
    talk.double.mischief = Mischief.FAILING_ONCE
    (event,) = talk.do(ASK)
    assert isinstance(event, PaymentApproved)
    assert talk.double.heard == {"p-1": 2}
    assert len(talk.double.sessions) == 1


def test_nobody_is_there(shown: Papers) -> None:
    """A port where nobody listens, and one that hangs up, are unreachable at once."""
    talk = Talk(shown)

    async def story(provider: HttpsProvider) -> tuple[PaymentEvent, PaymentEvent]:
        talk.double.mischief = Mischief.UNREACHABLE
        hung_up = await provider.do(ASK)
        nowhere = Provider("https://127.0.0.1:1/v1", "LP000001", shown.visitor)
        alone = HttpsProvider(nowhere, LoopClock(), logging.getLogger("payments under test"))
        return hung_up, await alone.do(ASK)

    hung_up, alone = talk.play(story)
    assert trouble(hung_up) in {PT.UNREACHABLE, PT.BROKEN}
    assert trouble(alone) is PT.UNREACHABLE


def test_a_name_that_is_not_known(shown: Papers) -> None:
    """It is unreachable, and takes no time of the customer."""

    async def story(_: HttpsProvider) -> PaymentEvent:
        nowhere = Provider("https://nobody.invalid/v1", "LP000001", shown.visitor)
        alone = HttpsProvider(nowhere, LoopClock(), logging.getLogger("payments under test"))
        return await alone.do(ASK)

    assert trouble(Talk(shown).play(story)) is PT.UNREACHABLE


def test_a_provider_that_nobody_vouches_for(shown: Papers, strange: Papers) -> None:
    """Nothing is sent to whoever is not who they should be."""
    talk = Talk(shown, strange.visitor)
    (event,) = talk.do(ASK)
    assert trouble(event) is PT.UNREACHABLE
    assert talk.double.paths == []


def test_a_station_that_nobody_vouches_for(shown: Papers) -> None:
    """A provider that wants to see a certificate takes nothing from a station without one."""
    bare = ssl.create_default_context(cafile=str(shown.root))
    talk = Talk(shown, lambda: bare)
    (event,) = talk.do(ASK)
    assert isinstance(event, PaymentFailed)
    assert talk.double.paths == []


def test_a_certificate_of_ours_that_is_gone(shown: Papers, tmp_path: Path) -> None:
    """It is as if the provider could not be reached."""
    gone = Papers(shown.root, tmp_path / "none.pem", tmp_path / "none.pem")
    (event,) = Talk(shown, gone.visitor).do(ASK)
    assert trouble(event) is PT.UNREACHABLE


@pytest.mark.parametrize(
    ("job", "step"),
    [
        (ConfirmPayment("p-1", "session-1", 10.0), PaymentStep.CONFIRM),
        (CancelPayment("p-1", "session-1"), PaymentStep.CANCEL),
        (CapturePayment("p-1", "session-1", 1, DELIVERY), PaymentStep.CAPTURE),
    ],
)
def test_an_answer_about_another_session(shown: Papers, job: PaymentJob, step: PaymentStep) -> None:
    """It is no answer."""
    talk = Talk(shown)

    async def story(provider: HttpsProvider) -> PaymentEvent:
        await provider.do(ASK)
        await provider.do(ConfirmPayment("p-1", "session-1", 10.0))
        talk.double.mischief = Mischief.OTHER_SESSION
        talk.double._answers.clear()
        return await provider.do(job)

    event = talk.play(story)
    assert trouble(event) is PT.BROKEN
    assert isinstance(event, PaymentFailed)
    assert event.step is step


def test_capturing_three_times_is_one_debit(shown: Papers) -> None:
    """The provider knows a repetition by its key."""
    talk = Talk(shown)
    bill = CapturePayment("p-1", "session-1", 1, DELIVERY)
    *_, one, two, three = talk.do(ASK, ConfirmPayment("p-1", "session-1", 1.0), bill, bill, bill)
    assert one == two == three
    assert talk.double.heard["p-1-capture"] == 3
    assert talk.double.debits == 1
    assert talk.double.amount_cents == 655


def test_a_debit_without_an_agreement_is_refused(shown: Papers) -> None:
    """By this provider, and the refusal is final."""
    talk = Talk(shown)
    _, event = talk.do(ASK, CapturePayment("p-1", "session-1", 1, DELIVERY))
    assert trouble(event) is PT.REFUSED
    assert talk.double.debits == 0


def test_a_request_that_comes_after_its_cancellation(shown: Papers) -> None:
    """A cancellation by the id of the request holds, though the request comes later."""
    talk = Talk(shown)
    cancelled, again, late = talk.do(CancelPayment("p-1", ""), CancelPayment("p-1", ""), ASK)
    assert cancelled == again == PaymentCancelled("p-1")
    assert trouble(late) is PT.DECLINED
    assert talk.double.sessions == {}


def test_s59_an_approval_too_late_is_cancelled_by_its_request(shown: Papers) -> None:
    """What is approved at 20.1 s was cancelled at 20 s, so that nothing stays open."""
    talk = Talk(shown)
    talk.double.mischief, talk.double.only = Mischief.SLOW, "zations"

    async def story(provider: HttpsProvider) -> tuple[float, PaymentEvent, PaymentEvent]:
        loop = asyncio.get_running_loop()
        before = loop.time()
        slow = await provider.do(ASK)
        took_s = loop.time() - before
        cancelled = await provider.do(CancelPayment("p-1", ""))
        await asyncio.sleep(1.0)
        return took_s, slow, cancelled

    took_s, slow, cancelled = talk.play(story)
    assert took_s == pytest.approx(20.0)
    assert trouble(slow) is PT.SLOW
    assert cancelled == PaymentCancelled("p-1")
    assert [one for one in talk.double.sessions.values() if not one.cancelled] == []


@pytest.mark.parametrize(
    "change",
    [
        {"tariff": None},
        {"tariff": {"currency": "CHF"}},
        {"tariff": {"currency": "EUR", "pricePerKwh": 0.49}},
        {"tariff": {"currency": "EUR", "pricePerKwh": "-1"}},
        {"tariff": {"currency": "EUR", "pricePerKwh": "NaN"}},
        {"tariff": {"currency": "EUR", "sessionFee": 0.5}},
        {"tariff": {"currency": "EUR", "sessionFee": -1}},
        {"tariff": {"currency": "EUR", "text": "x" * 201}},
        {"sessionId": ""},
        {"sessionId": "x" * 65},
        {"sessionId": 7},
        {"approved": "yes"},
    ],
)
def test_an_approval_is_read_strictly(shown: Papers, change: dict[str, Any]) -> None:
    """A member of the wrong kind, size or currency makes the whole answer useless."""
    talk = Talk(shown)
    good = {"sessionId": "s", "approved": True, "tariff": {"currency": "EUR"}}
    talk.double._answers["p-1"] = 201, good | change
    (event,) = talk.do(ASK)
    assert trouble(event) is PT.BROKEN


def test_what_is_not_known_is_passed_over(shown: Papers) -> None:
    """A provider may tell more than a station knows."""
    talk = Talk(shown)
    tariff = {"currency": "EUR", "vat": "19"}
    talk.double._answers["p-1"] = (
        201,
        {"sessionId": "s", "approved": True, "tariff": tariff, "x": 1},
    )
    (event,) = talk.do(ASK)
    assert isinstance(event, PaymentApproved)


@pytest.mark.parametrize("status", [408, 429])
def test_refusals_that_pass(shown: Papers, status: int) -> None:
    """A provider that is only busy is not believed to have refused a bill."""
    talk = Talk(shown)
    talk.double._answers["p-1-capture"] = status, {}
    (event,) = talk.do(CapturePayment("p-1", "session-1", 1, DELIVERY))
    assert trouble(event) is PT.FAILING


def test_nothing_of_the_card_is_logged(shown: Papers, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong, the log names the payment and the trouble alone."""
    talk = Talk(shown)
    with caplog.at_level(logging.DEBUG):
        for mischief in (Mischief.GARBAGE, Mischief.FORBIDDEN, Mischief.BLACK_HOLE):
            talk.double.mischief = mischief
            talk.do(ASK)
    assert "Payment p-1, pre-authorize: " in caplog.text
    assert CARD not in caplog.text
