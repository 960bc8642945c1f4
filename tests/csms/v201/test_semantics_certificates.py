"""Payloads about certificates that make no sense in 2.0.1, and some that do (S12)."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from laadpaal.ports.vault import Use
from laadpaal.storage.vault import FileVault
from tests.csms.played import Answer, Played, Row, Where, idle, table, unmoved
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, FIELD, TYPE, VALUE, no, play
from tests.support.certificates import EXPIRED, FUTURE, root

CSMS, MAKER = "CSMSRootCertificate", "ManufacturerRootCertificate"
V2G, MO = "V2GRootCertificate", "MORootCertificate"
NOT_FOUND = {"status": "NotFound"}
BAD = no("InvalidCertificate")
TRUSTED, OTHER = root("trusted"), root("other")
NAMED: dict[str, object] = {
    "hashAlgorithm": "SHA256",
    "issuerNameHash": "0" * 64,
    "issuerKeyHash": "0" * 64,
    "serialNumber": "1",
}


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    """Return a vault with one root for the CSMS and one for vehicles."""
    made = FileVault(tmp_path / "vault", logging.getLogger("test.vault"))
    made.add_root(Use.CSMS_ROOT, TRUSTED.pem)
    made.add_root(Use.V2G_ROOT, TRUSTED.pem)
    return made


def _install(answer: Answer, pem: object, kind: object = CSMS, **more: object) -> Row:
    payload = {"certificateType": kind, "certificate": pem, **more}
    return "InstallCertificate", payload, answer, idle


def _delete(answer: Answer, **more: object) -> Row:
    return "DeleteCertificate", {"certificateHashData": NAMED | more}, answer, idle


def _list(answer: Answer, kinds: object) -> Row:
    return "GetInstalledCertificateIds", {"certificateType": kinds}, answer, idle


def _signed(answer: Answer, chain: object, **more: object) -> Row:
    return "CertificateSigned", {"certificateChain": chain, **more}, answer, idle


def _trigger(answer: Answer, message: str) -> Row:
    return "TriggerMessage", {"requestedMessage": message}, answer, idle


SENSELESS: list[Row] = [
    # InstallCertificate
    ("InstallCertificate", {}, COUNT, idle),
    ("InstallCertificate", {"certificateType": CSMS}, COUNT, idle),
    ("InstallCertificate", {"certificate": OTHER.pem}, COUNT, idle),
    *(_install(TYPE, wrong) for wrong in (1, None, [OTHER.pem])),
    _install(VALUE, "x" * 5501),
    *(_install(VALUE, OTHER.pem, kind) for kind in ("CentralSystemRootCertificate", "", V2G[:-1])),
    _install(VALUE, OTHER.pem, "V2GCertificateChain"),
    _install(TYPE, OTHER.pem, None),
    _install(FIELD, OTHER.pem, installBy="now"),
    *(
        _install(BAD, pem, kind)
        for kind in (V2G, MO)
        for pem in (
            "",
            "no certificate",
            root("old", EXPIRED).pem,
            root("new", FUTURE).pem,
            root("leaf", authority=False).pem,
            OTHER.issue("stranger").pem,
            TRUSTED.pem + OTHER.pem,
        )
    ),
    # DeleteCertificate
    ("DeleteCertificate", {}, COUNT, idle),
    ("DeleteCertificate", {"certificateHashData": {}}, COUNT, idle),
    ("DeleteCertificate", {"certificateHashData": "1"}, TYPE, idle),
    _delete(VALUE, hashAlgorithm="MD5"),
    _delete(VALUE, issuerNameHash="0" * 129),
    _delete(VALUE, serialNumber="0" * 41),
    _delete(TYPE, serialNumber=1),
    _delete(FIELD, algorithm="SHA256"),
    *(_delete(NOT_FOUND, hashAlgorithm=name) for name in ("SHA256", "SHA384", "SHA512")),
    *(_delete(NOT_FOUND, serialNumber=text) for text in ("", "zz", "-1", "\u0000")),
    # GetInstalledCertificateIds
    _list(COUNT, []),
    _list(TYPE, CSMS),
    _list(VALUE, ["ChargingStationCertificate"]),
    _list(VALUE, [MAKER, "Other"]),
    _list(NOT_FOUND, [MAKER]),
    _list(NOT_FOUND, [MAKER, MO, "V2GCertificateChain", MAKER]),
    # CertificateSigned
    ("CertificateSigned", {}, COUNT, idle),
    _signed(TYPE, [TRUSTED.pem]),
    _signed(VALUE, "x" * 10_001),
    _signed(VALUE, TRUSTED.pem, certificateType="V2GRootCertificate"),
    _signed(FIELD, TRUSTED.pem, requestId=1),
    # TriggerMessage: there is no operator's name to ask for a certificate in
    _trigger(no("NotEnabled"), "SignChargingStationCertificate"),
    _trigger(no("NotEnabled"), "SignV2GCertificate"),
    _trigger({"status": "NotImplemented"}, "SignCombinedCertificate"),
]

SUSPICIOUS: list[Row] = [
    *(
        _install(BAD, pem, kind)
        for kind in (CSMS, MAKER)
        for pem in (
            "",
            "no certificate",
            root("old", EXPIRED).pem,
            root("new", FUTURE).pem,
            root("leaf", authority=False).pem,
            OTHER.issue("stranger", authority=True).pem,
            TRUSTED.pem + OTHER.pem,
            OTHER.pem[: len(OTHER.pem) // 2],
            OTHER.pem.replace("CERTIFICATE", "PRIVATE KEY"),
        )
    ),
    *(
        _signed(BAD, chain, certificateType=kind)
        for kind in ("ChargingStationCertificate", "V2GCertificate")
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
"""Certificates that are none, or not for us: what follows is an incident, or that it is over."""

ROWS = (*SENSELESS, *SUSPICIOUS)


@table(SENSELESS)
async def test_senseless(
    vault: FileVault, action: str, payload: object, answer: Answer, where: Where
) -> None:
    """No certificate comes or goes."""
    assert await play(where, action, payload, vault) == unmoved(answer)


@table(SUSPICIOUS)
async def test_a_bad_certificate_is_an_incident(
    vault: FileVault, action: str, payload: object, answer: Answer, where: Where
) -> None:
    """It is refused, nothing is kept of it, and the station learns of it."""
    seen = await play(where, action, payload, vault)

    assert seen == Played(answer, changed=False, followed=True)


@pytest.mark.parametrize("kind", [CSMS, MAKER, V2G, MO])
@pytest.mark.parametrize("pem", [OTHER.pem, OTHER.pem.replace("\n", "")], ids=["", "on one line"])
async def test_a_good_root_is_kept(vault: FileVault, kind: str, pem: str) -> None:
    """The certificate that the tables spoil is a good one, however its lines are broken."""
    payload = {"certificateType": kind, "certificate": pem}
    seen = await play(idle, "InstallCertificate", payload, vault)

    assert seen == Played(ACCEPTED, changed=True, followed=True)
