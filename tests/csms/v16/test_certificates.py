"""Certificates: roots to trust, and the station's own, with a real vault."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from laadpaal.csms.dialect import Call, Reply, Scene
from laadpaal.ports.vault import Use
from laadpaal.properties import certificates as rows
from laadpaal.properties import comms
from laadpaal.protocols.pki import HashAlgorithm, hash_data, read_one
from laadpaal.station.events import CredentialsHeld, SecurityIncident
from laadpaal.station.notices import CertificateWanted
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import ShownTo
from laadpaal.storage.vault import FileVault
from tests.csms.v16.stage import AT, Stage, said
from tests.support.certificates import EXPIRED, FUTURE, Made, root
from tests.support.vaults import BrokenVault

CSMS, MAKER = "CentralSystemRootCertificate", "ManufacturerRootCertificate"
USES = {CSMS: Use.CSMS_ROOT, MAKER: Use.MANUFACTURER_ROOT}
SERIAL = "LP000001"
BAD_ROOT = SecurityKind.BAD_CSMS_CERTIFICATE
BAD_MAKER = SecurityKind.BAD_FIRMWARE_CERTIFICATE
BAD_OWN = SecurityKind.BAD_STATION_CERTIFICATE


class Bench:
    """A dialect with a vault, at a time that is known."""

    def __init__(self, folder: Path) -> None:
        self.stage = Stage()
        self.desk = self.stage.desk
        self.desk.layout = replace(self.desk.layout, serial=SERIAL)
        self.desk.values.put(rows.CPO_NAME, "Laad NV")
        self.vault = FileVault(folder, logging.getLogger("test.vault"))
        self.stage.scene = Scene(self.desk, self.stage.journal, self.vault, lambda: AT)

    def ask(self, action: str, **payload: object) -> tuple[dict[str, Any], tuple[object, ...]]:
        """Return the answer, and what follows it."""
        heard = self.stage.hear(action, **payload)
        assert isinstance(heard, Reply)
        return said(heard.payload), heard.then

    def install(self, pem: str, kind: str = CSMS) -> tuple[str, tuple[object, ...]]:
        """Return the status of an installation, and what follows it."""
        answer, then = self.ask("InstallCertificate", certificateType=kind, certificate=pem)
        return answer["status"], then

    def listed(self, kind: str = CSMS) -> list[dict[str, str]]:
        """Return what is installed."""
        answer, _ = self.ask("GetInstalledCertificateIds", certificateType=kind)
        ids: list[dict[str, str]] = answer.get("certificateHashData", [])
        assert answer["status"] == ("Accepted" if ids else "NotFound")
        return ids

    def delete(self, named: dict[str, str]) -> str:
        """Return the status of a deletion."""
        answer, _ = self.ask("DeleteCertificate", certificateHashData=named)
        status: str = answer["status"]
        return status

    def request(self) -> x509.CertificateSigningRequest:
        """Trigger a request for a certificate, and return it."""
        answer, then = self.ask(
            "ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate"
        )
        assert answer == {"status": "Accepted"}
        (call,) = then
        assert isinstance(call, Call)
        assert call.action == "SignCertificate"
        return x509.load_pem_x509_csr(said(call.payload)["csr"].encode())

    def signed(self, chain: str) -> tuple[str, tuple[object, ...]]:
        """Return the status of a signed certificate, and what follows it."""
        answer, then = self.ask("CertificateSigned", certificateChain=chain)
        return answer["status"], then


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a bench with an empty vault."""
    return Bench(tmp_path / "vault")


@pytest.mark.parametrize("kind", [CSMS, MAKER])
def test_a_root_is_installed_listed_and_deleted(bench: Bench, kind: str) -> None:
    """The list names it by hashes, and by those it can be deleted."""
    first, second = root("first"), root("second")

    assert bench.install(first.pem, kind)[0] == "Accepted"
    assert bench.install(second.pem, kind)[0] == "Accepted"
    ids = bench.listed(kind)
    assert [named["serialNumber"] for named in ids] == [
        f"{made.certificate.serial_number:x}" for made in (first, second)
    ]
    assert bench.delete(ids[0]) == "Accepted"
    assert bench.vault.roots(USES[kind]) == (second.pem,)
    assert bench.delete(ids[0]) == "NotFound"
    assert bench.listed(MAKER if kind == CSMS else CSMS) == []


def test_the_station_learns_what_it_holds(bench: Bench) -> None:
    """Once the answer has been sent, for a rule about profiles asks for it."""
    _, then = bench.install(root("ours").pem)

    assert then == (CredentialsHeld(1, roots=1),)


@pytest.mark.parametrize("algorithm", ["SHA256", "SHA384", "SHA512"])
def test_a_root_is_found_however_it_is_written(bench: Bench, algorithm: str) -> None:
    """In any of the three algorithms, in capitals, and with zeros in front."""
    ours = root("ours")
    bench.install(ours.pem)
    (named,) = bench.listed()
    wanted = named if algorithm == "SHA256" else _hashed(ours, algorithm)

    spelled = {key: value.upper() for key, value in wanted.items()}
    spelled["serialNumber"] = spelled["serialNumber"].rjust(40, "0")
    assert bench.delete(spelled) == "Accepted"


def _hashed(made: Made, algorithm: str) -> dict[str, str]:
    named = hash_data(read_one(made.pem), None, HashAlgorithm(algorithm))
    return {
        "hashAlgorithm": algorithm,
        "issuerNameHash": named.issuer_name_hash,
        "issuerKeyHash": named.issuer_key_hash,
        "serialNumber": named.serial,
    }


@pytest.mark.parametrize(("kind", "event"), [(CSMS, BAD_ROOT), (MAKER, BAD_MAKER)])
@pytest.mark.parametrize("flaw", ["no PEM", "expired", "future", "no authority", "stranger"])
def test_what_is_no_root_is_rejected(
    bench: Bench, kind: str, event: SecurityKind, flaw: str
) -> None:
    """Nothing is kept of it, and after the answer a security event says why."""
    pem = {
        "no PEM": "certificate",
        "expired": root("r", EXPIRED).pem,
        "future": root("r", FUTURE).pem,
        "no authority": root("r", authority=False).pem,
        "stranger": root("r").issue("intermediate", authority=True).pem,
    }[flaw]

    status, then = bench.install(pem, kind)

    assert status == "Rejected"
    (incident,) = then
    assert isinstance(incident, SecurityIncident)
    assert incident.kind is event
    assert incident.info
    assert bench.listed(kind) == []


def test_a_full_store_rejects(bench: Bench) -> None:
    """It counts the roots of both uses, and says nothing of security."""
    bench.desk.values.put(rows.MAX_ROOTS, 2)
    bench.install(root("a").pem)
    bench.install(root("b").pem, MAKER)

    assert bench.install(root("c").pem) == ("Rejected", ())


def test_a_new_root_must_be_signed_where_that_is_wanted(bench: Bench) -> None:
    """The first one needs no signature; any other does, of the present one."""
    first, other = root("first"), root("other")
    bench.desk.values.put(rows.SIGNED_ROOTS, value=True)

    assert bench.install(first.issue("early", authority=True).pem)[0] == "Rejected"
    assert bench.install(first.pem)[0] == "Accepted"
    second = first.issue("second", authority=True)
    assert bench.install(second.pem)[0] == "Accepted"
    for wrong in (other, first.issue("beside", authority=True)):
        status, (incident,) = bench.install(wrong.pem)
        assert status == "Rejected"
        assert isinstance(incident, SecurityIncident)
        assert incident.kind is BAD_ROOT
    assert bench.vault.roots(Use.CSMS_ROOT) == (first.pem, second.pem)
    assert bench.install(other.pem, MAKER)[0] == "Accepted"


def test_the_root_before_becomes_the_fallback(bench: Bench) -> None:
    """One is enough, so an older one goes; whoever sends a root again changes nothing."""
    first = root("first")
    second = first.issue("second", authority=True)
    third = second.issue("third", authority=True)
    bench.desk.values.put(rows.SIGNED_ROOTS, value=True)
    kept = []
    for made in (first, second, second, third, third):
        assert bench.install(made.pem)[0] == "Accepted"
        kept.append(bench.vault.roots(Use.CSMS_ROOT))

    assert kept[1:3] == [(first.pem, second.pem)] * 2
    assert kept[3:] == [(second.pem, third.pem)] * 2
    assert len(bench.listed()) == 2


def test_a_signed_root_vouches_alone(bench: Bench) -> None:
    """For its successor and for the station's own certificate, once its signer is gone."""
    first = root("first")
    second = first.issue("second", authority=True)
    bench.desk.values.put(rows.SIGNED_ROOTS, value=True)
    bench.vault.add_root(Use.CSMS_ROOT, second.pem)

    assert bench.signed(second.issue(SERIAL, public=bench.request()).chain)[0] == "Accepted"
    assert bench.install(second.issue("third", authority=True).pem)[0] == "Accepted"


def test_a_root_whose_time_is_over_signs_no_other(bench: Bench) -> None:
    """Whoever has its key could be anybody."""
    old = root("old", EXPIRED)
    bench.desk.values.put(rows.SIGNED_ROOTS, value=True)
    bench.vault.add_root(Use.CSMS_ROOT, old.pem)

    assert bench.install(old.issue("new", authority=True).pem)[0] == "Rejected"


def test_the_root_in_use_stays(bench: Bench) -> None:
    """With TLS neither the last one goes, nor the one the connection hangs on."""
    used, spare = root("used"), root("spare")
    bench.desk.values.put(comms.SECURITY_PROFILE, 2)
    for made in (used, spare):
        bench.install(made.pem)
    bench.stage.scene.anchor.pem = used.pem
    ids = bench.listed()

    assert bench.delete(ids[0]) == "Failed"
    assert bench.delete(ids[1]) == "Accepted"
    bench.stage.scene.anchor.pem = ""
    assert bench.delete(ids[0]) == "Failed"
    assert bench.vault.roots(Use.CSMS_ROOT) == (used.pem,)


def test_a_certificate_is_asked_for_and_taken(bench: Bench) -> None:
    """The request names station and operator; the answer to it becomes the station's own."""
    ours = root("ours")
    bench.install(ours.pem)
    request = bench.request()
    subject = request.subject.rfc4514_string()
    made = ours.issue(SERIAL, public=request)

    status, (held,) = bench.signed(made.chain)

    assert "CN=LP000001" in subject
    assert "O=Laad NV" in subject
    assert status == "Accepted"
    (identity,) = bench.vault.identities()
    ends = made.certificate.not_valid_after_utc.timestamp()
    assert held == CredentialsHeld(1, identity.fingerprint, ends, 1)
    assert identity.chain == made.chain


@pytest.mark.parametrize(
    "flaw", ["no PEM", "too long", "expired", "future", "stranger", "another name", "another key"]
)
def test_a_bad_certificate_is_rejected(bench: Bench, flaw: str) -> None:
    """It is thrown away, the old one stays, and a security event follows the answer."""
    ours = root("ours")
    bench.install(ours.pem)
    request = bench.request()
    good = ours.issue(SERIAL, public=request)
    chain = {
        "no PEM": "certificate",
        "too long": good.chain,
        "expired": ours.issue(SERIAL, EXPIRED, public=request).chain,
        "future": ours.issue(SERIAL, FUTURE, public=request).chain,
        "stranger": root("stranger").issue(SERIAL, public=request).chain,
        "another name": ours.issue("LP000002", public=request).chain,
        "another key": ours.issue(SERIAL).chain,
    }[flaw]
    if flaw == "too long":
        bench.desk.values.put(rows.MAX_CHAIN, len(chain) - 1)

    status, (incident,) = bench.signed(chain)

    assert status == "Rejected"
    assert isinstance(incident, SecurityIncident)
    assert incident.kind is BAD_OWN
    assert incident.info
    assert bench.vault.identities() == ()
    bench.desk.values.put(rows.MAX_CHAIN, 10_000)
    assert bench.signed(good.chain)[0] == "Accepted"


def test_a_certificate_comes_with_its_intermediates(bench: Bench) -> None:
    """They lead from it to a root that is installed."""
    ours = root("ours")
    bench.install(ours.pem)
    below = ours.issue("below", authority=True)

    assert bench.signed(below.issue(SERIAL, public=bench.request()).chain)[0] == "Accepted"


def test_without_an_operator_no_certificate_is_asked_for(bench: Bench) -> None:
    """A request needs a name to ask in."""
    bench.desk.values.put(rows.CPO_NAME, "")
    answer, then = bench.ask(
        "ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate"
    )

    assert (answer, then) == ({"status": "Rejected"}, ())
    assert bench.stage.tell(CertificateWanted(ShownTo.CSMS)) == []


def test_a_renewal_asks_by_itself(bench: Bench) -> None:
    """With the same message as when it was triggered, and for the CSMS alone."""
    assert bench.stage.tell(CertificateWanted(ShownTo.VEHICLES)) == []
    notice = CertificateWanted(ShownTo.CSMS)
    (call,) = bench.stage.dialect.tables.tells[CertificateWanted](notice, bench.stage.scene)

    assert call.action == "SignCertificate"


def test_a_disk_that_fails_is_told(bench: Bench) -> None:
    """In the word that the answer has for it; nothing is claimed that is not so."""
    ours = root("ours")
    bench.install(ours.pem)
    (named,) = bench.listed()
    bench.stage.scene = replace(bench.stage.scene, vault=BrokenVault(ours.pem))

    assert bench.install(root("b").pem) == ("Failed", ())
    assert bench.delete(named) == "Failed"
    assert bench.signed(ours.issue(SERIAL).chain) == ("Rejected", ())
    trigger, _ = bench.ask("ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate")
    assert trigger == {"status": "Rejected"}


def test_a_station_without_a_vault_says_so() -> None:
    """It has no certificates, takes none, and cannot ask for any."""
    stage = Stage()
    named = {"hashAlgorithm": "SHA256", "issuerNameHash": "00", "issuerKeyHash": "00"}

    assert [
        stage.reply("InstallCertificate", certificateType=CSMS, certificate=root("r").pem),
        stage.reply("GetInstalledCertificateIds", certificateType=CSMS),
        stage.reply("DeleteCertificate", certificateHashData={**named, "serialNumber": "01"}),
        stage.reply("CertificateSigned", certificateChain=root("r").pem),
        stage.reply("ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate"),
    ] == [
        {"status": "Rejected"},
        {"status": "NotFound"},
        {"status": "NotFound"},
        {"status": "Rejected"},
        {"status": "NotImplemented"},
    ]
