"""What this station does not do, and the reasons it gives."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Refusal
from laadpaal.csms.v201.refusals import UNSUPPORTED, code, why
from laadpaal.station.answers import Accepted, Reason, Refused, Scheduled
from tests.csms.v201.scene import World, json_of

ERRORS: list[tuple[str, dict[str, Any]]] = [
    # For local controllers only (L03, L04).
    (
        "PublishFirmware",
        {"location": "https://example.com/fw", "checksum": "0" * 32, "requestId": 1},
    ),
    ("UnpublishFirmware", {"checksum": "0" * 32}),
]
STANDARD_CODES = {
    "CSNotAccepted",
    "DuplicateProfile",
    "FixedCable",
    "FwUpdateInProgress",
    "InternalError",
    "InvalidConfSlot",
    "InvalidIdToken",
    "InvalidNetworkConf",
    "InvalidProfile",
    "InvalidSchedule",
    "InvalidStackLevel",
    "InvalidCertificate",
    "InvalidValue",
    "NoSecurityDowngrade",
    "NotEnabled",
    "NotFound",
    "OutOfStorage",
    "ReadOnly",
    "TooManyElements",
    "TxInProgress",
    "TxNotFound",
    "TxStarted",
    "UnknownConnectorId",
    "UnknownConnectorType",
    "UnknownEvse",
    "UnsupportedRequest",
    "ValueOutOfRange",
}
"""Those of the appendix and its errata that our reasons read as."""


# --- actions ---


@pytest.mark.parametrize(("action", "payload"), ERRORS, ids=[row[0] for row in ERRORS])
def test_refused_by_an_error(world: World, action: str, payload: dict[str, Any]) -> None:
    """NotSupported: the action is known, and not offered here."""
    with pytest.raises(Refusal) as refused:
        world.hear(action, **payload)

    assert refused.value.code == "NotSupported"
    assert refused.value.detail == f"{action} is not offered by this station"


def test_every_refusal_is_tested() -> None:
    """An action that is refused without a test above fails here."""
    assert set(UNSUPPORTED) == {row[0] for row in ERRORS}


# --- reasons ---


def test_every_reason_is_a_code_of_the_standard() -> None:
    """A CSMS need not know our words to know why."""
    assert {code(reason) for reason in Reason} == STANDARD_CODES


def test_only_a_refusal_gives_a_reason() -> None:
    """On success there is nothing to explain."""
    assert not why(Accepted())
    assert not why(Scheduled())


def test_a_long_explanation_is_cut() -> None:
    """It is for people, and has at most 512 characters."""
    info = why(Refused(Reason.BAD_VALUE, "x" * 600))

    assert json_of(info) == {"reasonCode": "InvalidValue", "additionalInfo": "x" * 512}
