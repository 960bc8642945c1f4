"""What this station does not do, refused in the word that each answer has for it."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Refusal
from laadpaal.csms.v16.refusals import HEARS
from tests.csms.v16.stage import NOON, Stage

HASH = {
    "hashAlgorithm": "SHA256",
    "issuerNameHash": "00",
    "issuerKeyHash": "00",
    "serialNumber": "01",
}
FIRMWARE = {
    "location": "https://example.com/fw",
    "retrieveDateTime": NOON,
    "signingCertificate": "pem",
    "signature": "x",
}
Row = tuple[str, dict[str, Any], dict[str, Any]]
REFUSED: list[Row] = [
    # No file name says that nothing will be uploaded (5.9).
    ("GetDiagnostics", {"location": "https://example.com"}, {}),
    # The security white paper's.
    ("CertificateSigned", {"certificateChain": "pem"}, {"status": "Rejected"}),
    ("DeleteCertificate", {"certificateHashData": HASH}, {"status": "NotFound"}),
    (
        "GetInstalledCertificateIds",
        {"certificateType": "CentralSystemRootCertificate"},
        {"status": "NotFound"},
    ),
    (
        "GetLog",
        {
            "logType": "SecurityLog",
            "requestId": 1,
            "log": {"remoteLocation": "https://example.com"},
        },
        {"status": "Rejected"},
    ),
    (
        "InstallCertificate",
        {"certificateType": "CentralSystemRootCertificate", "certificate": "pem"},
        {"status": "Rejected"},
    ),
    ("SignedUpdateFirmware", {"requestId": 1, "firmware": FIRMWARE}, {"status": "Rejected"}),
]


@pytest.mark.parametrize(("action", "payload", "answer"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused_in_the_answers_own_word(
    action: str, payload: dict[str, Any], answer: dict[str, Any]
) -> None:
    """A refusal is an ordinary answer, and says nothing that is not so."""
    assert Stage().reply(action, **payload) == answer


def test_a_firmware_update_is_refused_by_an_error() -> None:
    """Its answer is empty, so accepting it could not be told from refusing it (5.19)."""
    with pytest.raises(Refusal) as refused:
        Stage().hear("UpdateFirmware", location="https://example.com/fw", retrieveDate=NOON)

    assert refused.value.code == "NotSupported"


def test_every_refusal_is_tested() -> None:
    """An action that is refused without a test above fails here."""
    assert set(HEARS) == {row[0] for row in REFUSED} | {"UpdateFirmware"}
