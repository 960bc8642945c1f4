"""What this station does not do, refused in the word that each answer has for it."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Refusal
from laadpaal.csms.v201.refusals import UNSUPPORTED, code, why
from laadpaal.station.requests import Accepted, Reason, Refused, Scheduled
from tests.csms.v201.scene import World, json_of

WHY = {"statusInfo": {"reasonCode": "UnsupportedRequest"}}
REJECTED = {"status": "Rejected"} | WHY
SCHEDULE = {
    "id": 1,
    "chargingRateUnit": "A",
    "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}],
}
PROFILE = {
    "id": 1,
    "stackLevel": 0,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Relative",
    "chargingSchedule": [SCHEDULE],
}
TOKEN = {"idToken": "X", "type": "Central"}
Row = tuple[str, dict[str, Any], dict[str, Any]]

REFUSED: list[Row] = [
    # No profile is kept, so there is none to tell or to clear (K08 to K10).
    ("ClearChargingProfile", {"chargingProfileId": 1}, {"status": "Unknown"}),
    (
        "GetChargingProfiles",
        {"requestId": 1, "chargingProfile": {"stackLevel": 0}},
        {"status": "NoProfiles"},
    ),
    ("GetCompositeSchedule", {"duration": 60, "evseId": 1}, REJECTED),
]
ERRORS: list[tuple[str, dict[str, Any]]] = [
    # For local controllers only (L03, L04).
    (
        "PublishFirmware",
        {"location": "https://example.com/fw", "checksum": "0" * 32, "requestId": 1},
    ),
    ("UnpublishFirmware", {"checksum": "0" * 32}),
    # Without smart charging the standard asks for an error (K01).
    ("SetChargingProfile", {"evseId": 1, "chargingProfile": PROFILE}),
]
STANDARD_CODES = {
    "CSNotAccepted",
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


@pytest.mark.parametrize(("action", "payload", "answer"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused_in_the_answers_own_word(
    world: World, action: str, payload: dict[str, Any], answer: dict[str, Any]
) -> None:
    """A refusal is an ordinary answer, and says nothing that is not so."""
    assert world.replied(action, **payload) == answer


@pytest.mark.parametrize(("action", "payload"), ERRORS, ids=[row[0] for row in ERRORS])
def test_refused_by_an_error(world: World, action: str, payload: dict[str, Any]) -> None:
    """NotSupported: the action is known, and not offered here."""
    with pytest.raises(Refusal) as refused:
        world.hear(action, **payload)

    assert refused.value.code == "NotSupported"
    assert refused.value.detail == f"{action} is not offered by this station"


def test_every_refusal_is_tested() -> None:
    """An action that is refused without a test above fails here."""
    told = {row[0] for row in REFUSED} | {row[0] for row in ERRORS}

    assert set(UNSUPPORTED) == told


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
