"""Firmware: unsigned and signed, each with its own answers, statuses and triggers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Refusal
from laadpaal.station.answers import Begun, Reason, Refused
from laadpaal.station.carriage import FirmwareOrder, FirmwareStatus, Retrying, Signed
from laadpaal.station.events import FirmwareStatusTold
from laadpaal.station.notices import FirmwareStatusChanged
from laadpaal.station.requests import UpdateFirmware
from laadpaal.station.view import FirmwareView
from tests.csms.v16.stage import AT, NOON, Stage, replied, said, settled

S = FirmwareStatus
URL = "https://example.com/fw"
PLAIN = {"location": URL, "retrieveDate": NOON}
ASKED = {
    "location": URL,
    "retrieveDateTime": NOON,
    "signingCertificate": "pem",
    "signature": "x",
}
SIGNED = Signed("pem", "x")
WORDS = {
    S.DOWNLOADING: "Downloading",
    S.DOWNLOADED: "Downloaded",
    S.DOWNLOAD_FAILED: "DownloadFailed",
    S.INSTALLING: "Installing",
    S.INSTALLED: "Installed",
    S.INSTALLATION_FAILED: "InstallationFailed",
    S.INSTALL_VERIFICATION_FAILED: "InstallationFailed",
    S.INVALID_SIGNATURE: "InstallationFailed",
}


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_unsigned_firmware_is_fetched_and_installed(stage: Stage) -> None:
    """The answer is empty (5.19)."""
    wish = stage.wish("UpdateFirmware", **PLAIN, retries=2, retryInterval=30)

    order = FirmwareOrder(URL, AT, retrying=Retrying(2, 30))
    assert wish.requests == (UpdateFirmware(order),)
    assert settled(wish, Begun()) == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Refused(Reason.UNSUPPORTED, "signed only"), "NotSupported"),
        (Refused(Reason.UNAVAILABLE, "busy"), "GenericError"),
    ],
)
def test_a_refusal_of_unsigned_firmware_is_an_error(
    stage: Stage, answer: Refused, code: str
) -> None:
    """An empty answer could not be told from a consent (5.19, L01.FR.20)."""
    wish = stage.wish("UpdateFirmware", **PLAIN)
    with pytest.raises(Refusal) as refused:
        wish.reply((answer,))

    assert (refused.value.code, refused.value.detail) == (code, answer.detail)


@pytest.mark.parametrize(
    "wrong", [{"location": "gopher://example.com"}, {"location": ""}, {"retrieveDate": "x"}]
)
def test_a_place_or_time_that_is_none_is_an_error(stage: Stage, wrong: dict[str, str]) -> None:
    """Nothing of the URL is repeated."""
    with pytest.raises(Refusal) as refused:
        stage.hear("UpdateFirmware", **PLAIN | wrong)

    assert refused.value.code == "PropertyConstraintViolation"
    assert "example" not in refused.value.detail


@pytest.mark.parametrize("trusted", [True, False])
def test_the_signer_is_judged_before_the_answer(stage: Stage, *, trusted: bool) -> None:
    """The station hears whether a manufacturer vouches for the certificate (L01)."""
    stage.scene = replace(stage.scene, trusts=lambda pem: pem == "pem" and trusted)
    firmware = ASKED | {"installDateTime": NOON}
    wish = stage.wish(
        "SignedUpdateFirmware", requestId=7, firmware=firmware, retries=0, retryInterval=1
    )

    order = FirmwareOrder(URL, AT, AT, 7, SIGNED, Retrying(0, 1))
    assert wish.requests == (UpdateFirmware(order, trusted=trusted),)


def test_nobody_is_trusted_where_nobody_looks(stage: Stage) -> None:
    """Without an installer every signer is a stranger."""
    wish = stage.wish("SignedUpdateFirmware", requestId=7, firmware=ASKED)

    assert wish.requests == (UpdateFirmware(FirmwareOrder(URL, AT, None, 7, SIGNED)),)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Begun(), "Accepted"),
        (Begun(replaced=True), "AcceptedCanceled"),
        (Refused(Reason.BAD_CERTIFICATE), "InvalidCertificate"),
        (Refused(Reason.UNAVAILABLE), "Rejected"),
    ],
)
def test_signed_firmware_has_an_answer_for_all(
    stage: Stage, answer: Begun | Refused, word: str
) -> None:
    """Also for an update that took the place of another (L01)."""
    wish = stage.wish("SignedUpdateFirmware", requestId=7, firmware=ASKED)

    assert settled(wish, answer) == {"status": word}


def test_signed_firmware_from_nowhere_is_rejected(stage: Stage) -> None:
    """The certificate is not even looked at."""
    firmware = ASKED | {"location": "file:///etc/passwd"}
    answer = stage.reply("SignedUpdateFirmware", requestId=7, firmware=firmware)

    assert answer == {"status": "Rejected"}


@pytest.mark.parametrize("status", [s for s in S if s is not S.IDLE])
def test_without_a_number_the_words_of_16_are_told(stage: Stage, status: FirmwareStatus) -> None:
    """What comes between them has none (4.5)."""
    told = stage.tell(FirmwareStatusChanged(status, None))

    word = WORDS.get(status)
    assert told == ([("FirmwareStatusNotification", {"status": word})] if word else [])


@pytest.mark.parametrize("status", S)
def test_with_a_number_every_word_is_told(stage: Stage, status: FirmwareStatus) -> None:
    """Each carries the number of its request (L01)."""
    assert stage.tell(FirmwareStatusChanged(status, 7)) == [
        ("SignedFirmwareStatusNotification", {"status": status.value, "requestId": 7})
    ]


@pytest.mark.parametrize("number", [None, 7])
def test_the_station_hears_that_the_csms_knows(stage: Stage, number: int | None) -> None:
    """So that it need not tell it again."""
    notice = FirmwareStatusChanged(S.DOWNLOADED, number)
    [call] = stage.dialect.tables.tells[FirmwareStatusChanged](notice, stage.scene)

    assert stage.absorb(call).events == (FirmwareStatusTold(S.DOWNLOADED, number),)
    assert stage.absorb(Call(call.action, call.payload)).events == ()


IDLE = {"status": "Idle"}


@pytest.mark.parametrize(
    ("status", "plain", "numbered"),
    [
        (None, "Idle", "Idle"),
        (S.DOWNLOAD_SCHEDULED, "Idle", "DownloadScheduled"),
        (S.DOWNLOADING, "Downloading", "Downloading"),
        (S.DOWNLOADED, "Downloaded", "Downloaded"),
        (S.INSTALL_SCHEDULED, "Downloaded", "InstallScheduled"),
        (S.INSTALLING, "Installing", "Installing"),
        (S.INSTALL_REBOOTING, "Installing", "InstallRebooting"),
        (S.INSTALLED, "Idle", "Idle"),
        (S.DOWNLOAD_FAILED, "Idle", "DownloadFailed"),
        (S.INSTALLATION_FAILED, "Idle", "InstallationFailed"),
    ],
)
def test_triggers_tell_how_the_last_update_stands(
    stage: Stage, status: FirmwareStatus | None, plain: str, numbered: str
) -> None:
    """1.6 is Idle when it is not at it; the white paper tells the last status but Installed."""
    for number, told in ((None, (plain, "Idle")), (7, ("Idle", numbered))):
        firmware = FirmwareView(status, number, "") if status else None
        stage.desk.shown = replace(stage.desk.shown, firmware=firmware)
        expected: list[dict[str, Any]] = [{"status": word} for word in told]
        if numbered != "Idle" and number:
            expected[1]["requestId"] = number
        assert [_triggered(stage, *one) for one in TRIGGERS] == list(
            zip(MESSAGES, expected, strict=True)
        )


MESSAGES = ("FirmwareStatusNotification", "SignedFirmwareStatusNotification")
TRIGGERS = (
    ("TriggerMessage", "FirmwareStatusNotification"),
    ("ExtendedTriggerMessage", "FirmwareStatusNotification"),
)


def _triggered(stage: Stage, action: str, message: str) -> tuple[str, dict[str, Any]]:
    reply = replied(stage.hear(action, requestedMessage=message, connectorId=1))
    [call] = reply.then
    assert isinstance(call, Call)
    assert said(reply.payload) == {"status": "Accepted"}
    return call.action, said(call.payload)
