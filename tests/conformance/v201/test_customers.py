"""What the station tells of a customer, and that it forgets them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.stage import OTHER_TAG, TAG
from tests.conformance.v201.stage import ACCEPTED, Stage, card
from tests.conformance.v201.table import case
from tests.support.sought import said

NOTIFY = "NotifyCustomerInformation"
CERTIFICATE = {
    "hashAlgorithm": "SHA256",
    "issuerNameHash": "00",
    "issuerKeyHash": "00",
    "serialNumber": "01",
}
NAMES: dict[str, Any] = {
    "idToken": card(),
    "customerIdentifier": "anna",
    "customerCertificate": CERTIFICATE,
}


async def ask(
    stage: Stage, number: int = 1, *, report: bool = False, clear: bool = False, **names: object
) -> str:
    """Ask about a customer, which must be accepted, and return all that is told."""
    names = names or {"idToken": card()}
    answer = await stage.csms.call(
        "CustomerInformation", requestId=number, report=report, clear=clear, **names
    )
    assert answer == ACCEPTED
    pieces = await stage.pieces(NOTIFY, number)
    assert all(piece["generatedAt"] for piece in pieces)
    await stage.csms.silence(60)
    assert len(stage.csms.all(said(NOTIFY, requestId=number))) == len(pieces)
    return "".join(piece["data"] for piece in pieces)


async def known(stage: Stage) -> None:
    """Boot, and let somebody have charged whom the CSMS has accepted."""
    await stage.boot({"AuthCtrlr.LocalPreAuthorize": True})
    await stage.charge()
    stage.swipe()
    await stage.hear_end("StopAuthorized", "Local")
    stage.unplug()
    await stage.csms.silence(60, "Authorize")


async def forgotten(stage: Stage) -> bool:
    """Show the card again, and tell whether the CSMS is asked about it."""
    asked = len(stage.csms.all(said("Authorize")))
    stage.swipe()
    await stage.csms.clock.sleep(10)
    return len(stage.csms.all(said("Authorize"))) > asked


@case("TC_N_27_CS")
async def test_tc_n_27_known(stage: Stage) -> None:
    """The cache and the transaction that was are told, and asking changes nothing."""
    await known(stage)
    text = await ask(stage, report=True)

    [started] = stage.csms.all(said("TransactionEvent", eventType="Started"))
    assert "The authorization cache says Accepted" in text
    assert started["transactionInfo"]["transactionId"] in text
    assert await ask(stage, 2, report=True) == text
    assert not await forgotten(stage)


@case("TC_N_28_CS")
async def test_tc_n_28_unknown(stage: Stage) -> None:
    """Of somebody who never came nothing is known."""
    await known(stage)
    text = await ask(stage, report=True, idToken=card(OTHER_TAG))

    assert text == ""
    [piece] = stage.csms.all(said(NOTIFY))
    assert piece.get("tbc") is not True


@case("TC_N_29_CS")
@case("TC_N_33_CS")
@pytest.mark.parametrize(
    "names", [(), ("idToken", "customerIdentifier"), tuple(NAMES)], ids=["none", "two", "three"]
)
async def test_tc_n_29_33_invalid(stage: Stage, names: tuple[str, ...]) -> None:
    """A customer is named in one way, and nothing is told otherwise."""
    await known(stage)
    answer = await stage.csms.call(
        "CustomerInformation",
        requestId=1,
        report=True,
        clear=True,
        **{name: NAMES[name] for name in names},
    )
    await stage.csms.silence(60, NOTIFY)

    assert answer["status"] == "Invalid"
    assert not await forgotten(stage)


@case("TC_N_30_CS")
async def test_tc_n_30_told_and_forgotten(stage: Stage) -> None:
    """What was known is told once, and never again; whoever comes back is asked about."""
    await known(stage)
    first = await ask(stage, 1, report=True, clear=True)
    second = await ask(stage, 2, report=True, clear=True)
    await stage.cut_power()
    await stage.hear_boot()
    third = await ask(stage, 3, report=True)

    assert TAG not in first
    assert first != ""
    assert (second, third) == ("", "")
    assert await forgotten(stage)


@case("TC_N_31_CS")
async def test_tc_n_31_unknown_and_forgotten(stage: Stage) -> None:
    """To forget somebody who never came leaves all others as they are."""
    await known(stage)
    text = await ask(stage, report=True, clear=True, idToken=card(OTHER_TAG))

    assert text == ""
    assert not await forgotten(stage)


@case("TC_N_32_CS")
@pytest.mark.parametrize("name", NAMES)
async def test_tc_n_32_only_forgotten(stage: Stage, name: str) -> None:
    """One message says that it is done, in whatever way the customer is named."""
    await known(stage)
    text = await ask(stage, clear=True, **{name: NAMES[name]})

    assert text == ""
    assert len(stage.csms.all(said(NOTIFY))) == 1
    assert await forgotten(stage) is (name == "idToken")


async def test_without_a_wish(stage: Stage) -> None:
    """A question that wants nothing is refused, and nothing is told."""
    await stage.boot()
    answer = await stage.csms.call(
        "CustomerInformation", requestId=1, report=False, clear=False, idToken=card()
    )
    await stage.csms.silence(60)

    assert answer["status"] == "Rejected"
