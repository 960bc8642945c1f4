"""Payloads of the security white paper that make no sense (S12)."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from laadpaal.ports.vault import Use
from laadpaal.storage.vault import FileVault
from tests.csms.played import Answer, Played, Row, Where, idle, moved, table, unmoved
from tests.csms.v16.played import ACCEPTED, FORM, MISSING, REJECTED, TYPE, VALUE, play
from tests.csms.v16.stage import Json
from tests.support.certificates import EXPIRED, FUTURE, root

CSMS, MAKER = "CentralSystemRootCertificate", "ManufacturerRootCertificate"
NOT_FOUND = {"status": "NotFound"}
TRUSTED, OTHER = root("trusted"), root("other")
NAMED: Json = {
    "hashAlgorithm": "SHA256",
    "issuerNameHash": "0" * 64,
    "issuerKeyHash": "0" * 64,
    "serialNumber": "1",
}


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    """Return a vault with one root for the CSMS."""
    made = FileVault(tmp_path / "vault", logging.getLogger("test.vault"))
    made.add_root(Use.CSMS_ROOT, TRUSTED.pem)
    return made


def _install(answer: Answer, pem: object, kind: object = CSMS, **more: object) -> Row:
    payload = {"certificateType": kind, "certificate": pem, **more}
    return "InstallCertificate", payload, answer, idle


def _delete(answer: Answer, **more: object) -> Row:
    return "DeleteCertificate", {"certificateHashData": NAMED | more}, answer, idle


def _signed(answer: Answer, chain: object) -> Row:
    return "CertificateSigned", {"certificateChain": chain}, answer, idle


def _change(key: str, value: str) -> Row:
    return "ChangeConfiguration", {"key": key, "value": value}, REJECTED, idle


SENSELESS: list[Row] = [
    # InstallCertificate
    ("InstallCertificate", {}, MISSING, idle),
    ("InstallCertificate", {"certificateType": CSMS}, MISSING, idle),
    ("InstallCertificate", {"certificate": OTHER.pem}, MISSING, idle),
    *(_install(TYPE, wrong) for wrong in (1, None, [OTHER.pem])),
    _install(VALUE, "x" * 5501),
    _install(VALUE, OTHER.pem, "V2GRootCertificate"),
    _install(TYPE, OTHER.pem, None),
    _install(FORM, OTHER.pem, installBy="now"),
    # DeleteCertificate
    ("DeleteCertificate", {}, MISSING, idle),
    ("DeleteCertificate", {"certificateHashData": {}}, MISSING, idle),
    ("DeleteCertificate", {"certificateHashData": "1"}, TYPE, idle),
    _delete(VALUE, hashAlgorithm="MD5"),
    _delete(VALUE, issuerNameHash="0" * 129),
    _delete(VALUE, serialNumber="0" * 41),
    _delete(TYPE, serialNumber=1),
    _delete(FORM, algorithm="SHA256"),
    *(_delete(NOT_FOUND, hashAlgorithm=name) for name in ("SHA256", "SHA384", "SHA512")),
    *(_delete(NOT_FOUND, serialNumber=text) for text in ("", "zz", "-1", "\u0000")),
    _delete(NOT_FOUND, issuerNameHash="", issuerKeyHash="", serialNumber=""),
    # GetInstalledCertificateIds
    ("GetInstalledCertificateIds", {}, MISSING, idle),
    ("GetInstalledCertificateIds", {"certificateType": [CSMS]}, TYPE, idle),
    ("GetInstalledCertificateIds", {"certificateType": "CSMSRootCertificate"}, VALUE, idle),
    ("GetInstalledCertificateIds", {"certificateType": MAKER}, NOT_FOUND, idle),
    # CertificateSigned
    ("CertificateSigned", {}, MISSING, idle),
    ("CertificateSigned", {"certificateChain": TRUSTED.pem, "typeOfCertificate": 1}, FORM, idle),
    _signed(TYPE, [TRUSTED.pem]),
    _signed(VALUE, "x" * 10_001),
    # ExtendedTriggerMessage: there is no operator's name to ask for a certificate in
    (
        "ExtendedTriggerMessage",
        {"requestedMessage": "SignChargePointCertificate"},
        REJECTED,
        idle,
    ),
    # ChangeConfiguration
    *(
        _change("AuthorizationKey", text)
        for text in ("", "00" * 15, "00" * 21, "0" * 33, "zz" * 16, "0x" + "00" * 16, " " * 32)
    ),
    *(_change("SecurityProfile", text) for text in ("", "4", "-1", "1.0", "two", "0", "1", "2")),
    _change("CpoName", "x" * 50),
    _change("CertificateSignedMaxChainSize", "20000"),
    _change("CertificateStoreMaxLength", "100"),
    _change("AdditionalRootCertificateCheck", "true"),
]

SUSPICIOUS: list[Row] = [
    *(
        _install(REJECTED, pem, kind)
        for kind in (CSMS, MAKER)
        for pem in (
            "",
            "no certificate",
            root("old", EXPIRED).pem,
            root("new", FUTURE).pem,
            root("leaf", authority=False).pem,
            TRUSTED.issue("stranger").pem if kind == MAKER else OTHER.issue("stranger").pem,
            TRUSTED.pem + OTHER.pem,
            OTHER.pem[: len(OTHER.pem) // 2],
            OTHER.pem.replace("CERTIFICATE", "PRIVATE KEY"),
        )
    ),
    *(
        _signed(REJECTED, chain)
        for chain in (
            "",
            "no certificate",
            OTHER.issue("laadpaal").chain,
            TRUSTED.issue("old", EXPIRED).chain,
            TRUSTED.issue("somebody else").chain,
            TRUSTED.pem,
        )
    ),
]
"""Certificates that are none, or not for us: what follows is an incident."""

SENSIBLE: list[Row] = [
    ("ChangeConfiguration", {"key": "AuthorizationKey", "value": "00" * 16}, ACCEPTED, idle),
    ("ChangeConfiguration", {"key": "CpoName", "value": "x" * 49}, ACCEPTED, idle),
]


@table(SENSELESS)
async def test_senseless(
    vault: FileVault, action: str, payload: object, answer: Answer, where: Where
) -> None:
    """Neither certificates nor credentials change."""
    assert await play(where, action, payload, vault) == unmoved(answer)


@table(SUSPICIOUS)
async def test_a_bad_certificate_is_an_incident(
    vault: FileVault, action: str, payload: object, answer: Answer, where: Where
) -> None:
    """It is refused, nothing is kept of it, and the station learns of it."""
    seen = await play(where, action, payload, vault)

    assert seen == Played(answer, changed=False, followed=True)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    vault: FileVault, action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The tables would not notice if nothing ever did."""
    assert await play(where, action, payload, vault) == moved(answer)


@pytest.mark.parametrize("kind", [CSMS, MAKER])
@pytest.mark.parametrize("pem", [OTHER.pem, OTHER.pem.replace("\n", "")], ids=["", "on one line"])
async def test_a_good_root_is_kept(vault: FileVault, kind: str, pem: str) -> None:
    """The certificate that the tables spoil is a good one, however its lines are broken."""
    payload = {"certificateType": kind, "certificate": pem}
    seen = await play(idle, "InstallCertificate", payload, vault)

    assert seen == Played(ACCEPTED, changed=True, followed=True)
