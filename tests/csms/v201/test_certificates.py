"""Certificates: roots of four uses, and the station's own for the CSMS and for vehicles."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from laadpaal.csms.dialect import Absorbed, Call, Reply, Scene
from laadpaal.ports.vault import Use
from laadpaal.properties import certificates as rows
from laadpaal.properties import comms
from laadpaal.protocols.ocpp import codec, v201
from laadpaal.protocols.pki import HashAlgorithm, hash_data, read_one
from laadpaal.station.events import (
    CredentialsHeld,
    SecurityIncident,
    SigningAnswered,
    SigningOver,
)
from laadpaal.station.notices import CertificateWanted
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import ShownTo
from laadpaal.storage.vault import FileVault
from tests.csms.v201.scene import AT, json_of, make_world
from tests.support.certificates import EXPIRED, FUTURE, Made, root
from tests.support.vaults import BrokenVault

SERIAL = "LP000001"
CSMS, MAKER = "CSMSRootCertificate", "ManufacturerRootCertificate"
V2G, MO, CHAIN = "V2GRootCertificate", "MORootCertificate", "V2GCertificateChain"
USES = {
    V2G: Use.V2G_ROOT,
    MO: Use.MO_ROOT,
    CSMS: Use.CSMS_ROOT,
    MAKER: Use.MANUFACTURER_ROOT,
}
OWN, FOR_VEHICLES = "ChargingStationCertificate", "V2GCertificate"
KINDS = {OWN: ShownTo.CSMS, FOR_VEHICLES: ShownTo.VEHICLES}
VOUCHING = {OWN: CSMS, FOR_VEHICLES: V2G}
TRIGGERS = {OWN: "SignChargingStationCertificate", FOR_VEHICLES: "SignV2GCertificate"}
EACH_KIND = pytest.mark.parametrize("kind", KINDS)
BAD_OWN = SecurityKind.BAD_STATION_CERTIFICATE


class Bench:
    """A dialect with a vault, at a time that is known."""

    def __init__(self, folder: Path) -> None:
        self.world = make_world({(rows.CPO_NAME.id, 0): "Laad NV"})
        self.values = self.world.desk.values
        self.dialect = self.world.dialect
        self.vault = FileVault(folder, logging.getLogger("test.vault"))
        self.scene = Scene(self.world.desk, self.world.journal, self.vault, lambda: AT)

    def ask(self, action: str, **payload: object) -> tuple[Any, tuple[object, ...]]:
        """Return the answer, and what follows it."""
        call = codec.decode_call(v201.LANGUAGE, action, json.dumps(payload).encode())
        reply = self.dialect.tables.hears[action](call, self.scene)
        assert isinstance(reply, Reply)
        return json_of(reply.payload), reply.then

    def install(self, pem: str, kind: str = CSMS) -> tuple[Any, tuple[object, ...]]:
        """Return how an installation fares, and what follows it."""
        return self.ask("InstallCertificate", certificateType=kind, certificate=pem)

    def listed(self, *kinds: str) -> list[dict[str, Any]]:
        """Return what is installed of these kinds, or of all."""
        wanted = {"certificateType": list(kinds)} if kinds else {}
        answer, then = self.ask("GetInstalledCertificateIds", **wanted)
        found: list[dict[str, Any]] = answer.pop("certificateHashDataChain", [])
        assert answer == {"status": "Accepted" if found else "NotFound"}
        assert then == ()
        return found

    def delete(self, named: dict[str, str]) -> tuple[Any, tuple[object, ...]]:
        """Return how a deletion fares, and what follows it."""
        return self.ask("DeleteCertificate", certificateHashData=named)

    def asked(self, kind: str = OWN) -> Call:
        """Trigger a request for a certificate, and return it."""
        answer, (call,) = self.ask("TriggerMessage", requestedMessage=TRIGGERS[kind])
        assert answer == {"status": "Accepted"}
        assert isinstance(call, Call)
        assert call.action == "SignCertificate"
        return call

    def request(self, kind: str = OWN) -> x509.CertificateSigningRequest:
        """Return the request that is in it."""
        return wanted(self.asked(kind))

    def signed(self, chain: str, kind: str | None = OWN) -> tuple[Any, tuple[object, ...]]:
        """Return how a certificate fares that the CSMS brings, and what follows it."""
        typed = {"certificateType": kind} if kind else {}
        return self.ask("CertificateSigned", certificateChain=chain, **typed)

    def own(self, kind: str, signer: Made) -> Made:
        """Give the station a certificate of that kind."""
        made = signer.issue(SERIAL, public=self.request(kind))
        assert self.signed(made.chain, kind)[0] == {"status": "Accepted"}
        return made


def wanted(call: Call) -> x509.CertificateSigningRequest:
    """Return the request in a call."""
    return x509.load_pem_x509_csr(json_of(call.payload)["csr"].encode())


def named(made: Made, signer: Made | None = None, algorithm: str = "SHA256") -> dict[str, str]:
    """Return how a certificate is listed."""
    above = read_one(signer.pem) if signer else None
    data = hash_data(read_one(made.pem), above, HashAlgorithm(algorithm))
    return {
        "hashAlgorithm": data.algorithm.value,
        "issuerNameHash": data.issuer_name_hash,
        "issuerKeyHash": data.issuer_key_hash,
        "serialNumber": data.serial,
    }


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a bench with an empty vault."""
    return Bench(tmp_path / "vault")


# --- roots ---


@pytest.mark.parametrize("kind", USES)
def test_a_root_of_each_use_is_installed_listed_and_deleted(bench: Bench, kind: str) -> None:
    """The list names it by hashes and says what it is for, and only there (M03 to M05)."""
    made = root("made")

    assert bench.install(made.pem, kind)[0] == {"status": "Accepted"}
    assert bench.vault.roots(USES[kind]) == (made.pem,)
    assert bench.listed(kind) == [{"certificateType": kind, "certificateHashData": named(made)}]
    assert bench.listed(*(other for other in USES if other != kind)) == []
    assert bench.delete(named(made))[0] == {"status": "Accepted"}
    assert bench.delete(named(made)) == ({"status": "NotFound"}, ())
    assert bench.listed() == []


def test_without_a_filter_all_are_listed(bench: Bench) -> None:
    """Whatever the order in which they came (M03)."""
    for kind in reversed(USES):
        bench.install(root(kind).pem, kind)

    assert [one["certificateType"] for one in bench.listed()] == [V2G, MO, CSMS, MAKER]
    assert [one["certificateType"] for one in bench.listed(MAKER, CSMS)] == [CSMS, MAKER]


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        (CSMS, SecurityKind.BAD_CSMS_CERTIFICATE),
        (MAKER, SecurityKind.BAD_FIRMWARE_CERTIFICATE),
        (V2G, None),
        (MO, None),
    ],
)
@pytest.mark.parametrize("flaw", ["no PEM", "expired", "future", "no authority"])
def test_what_is_no_root_is_rejected(
    bench: Bench, kind: str, event: SecurityKind | None, flaw: str
) -> None:
    """With the reason; a security event follows where there is one for that use (M05)."""
    pem = {
        "no PEM": "certificate",
        "expired": root("r", EXPIRED).pem,
        "future": root("r", FUTURE).pem,
        "no authority": root("r", authority=False).pem,
    }[flaw]

    answer, then = bench.install(pem, kind)

    why = answer["statusInfo"]
    assert (answer["status"], why["reasonCode"]) == ("Rejected", "InvalidCertificate")
    assert then == ((SecurityIncident(event, why["additionalInfo"]),) if event else ())
    assert bench.listed() == []


def test_the_station_learns_what_it_holds(bench: Bench) -> None:
    """Of all uses together, and of the CSMS's on their own."""
    bench.install(root("v2g").pem, V2G)

    assert bench.install(root("csms").pem)[1] == (CredentialsHeld(1, roots=2),)


def test_a_full_store_rejects_all_but_what_it_has(bench: Bench) -> None:
    """One that comes again takes the place of itself (M05)."""
    bench.values.put(rows.MAX_ROOTS, 2)
    first = root("first")
    bench.install(first.pem)
    bench.install(root("second").pem, MO)

    answer, then = bench.install(root("third").pem, V2G)
    assert (answer["status"], answer["statusInfo"]["reasonCode"]) == ("Rejected", "OutOfStorage")
    assert then == ()
    assert bench.install(first.pem)[0] == {"status": "Accepted"}
    assert len(bench.listed()) == 2
    assert bench.install("nothing")[0]["statusInfo"]["reasonCode"] == "InvalidCertificate"


def test_only_roots_of_the_csms_must_follow_each_other(bench: Bench) -> None:
    """With AdditionalRootCertificateCheck; the root before stays as the fallback (M05)."""
    bench.values.put(rows.SIGNED_ROOTS, value=True)
    first = root("first")
    second = first.issue("second", authority=True)
    assert bench.install(first.pem)[0] == {"status": "Accepted"}

    assert bench.install(root("other").pem)[0]["status"] == "Rejected"
    assert bench.install(second.pem)[0] == {"status": "Accepted"}
    assert bench.vault.roots(Use.CSMS_ROOT) == (first.pem, second.pem)
    for kind in (MAKER, V2G, MO):
        bench.install(root("one").pem, kind)
        assert bench.install(root("two").pem, kind)[0] == {"status": "Accepted"}


def test_a_root_keeps_its_name_when_its_signer_has_gone(bench: Bench) -> None:
    """It is named by the key of who has signed it, and by that it can be deleted (M03, M04)."""
    bench.values.put(rows.SIGNED_ROOTS, value=True)
    first = root("first")
    second = first.issue("second", authority=True)
    for made in (first, second):
        bench.install(made.pem)
    bench.vault.remove_root(Use.CSMS_ROOT, first.pem)

    assert [one["certificateHashData"] for one in bench.listed()] == [named(second, first)]
    assert bench.delete(named(second, first))[0] == {"status": "Accepted"}


@pytest.mark.parametrize("profile", [1, 2])
def test_the_last_root_stays_where_the_connection_needs_it(bench: Bench, profile: int) -> None:
    """With TLS it is not deleted, and the reason is told (M04)."""
    bench.values.put(comms.SECURITY_PROFILE, profile)
    made = root("last")
    bench.install(made.pem)

    answer, then = bench.delete(named(made))

    if profile == 1:
        assert answer == {"status": "Accepted"}
        assert then == (CredentialsHeld(),)
    else:
        assert answer["status"] == "Failed"
        assert answer["statusInfo"]["reasonCode"] == "UnsupportedRequest"
        assert len(bench.listed()) == 1


# --- the station's own certificates ---


@EACH_KIND
def test_a_certificate_is_asked_for_and_taken(bench: Bench, kind: str) -> None:
    """The request names station and operator; each kind has a key and a certificate of its own."""
    signer = root("signer")
    bench.install(signer.pem, VOUCHING[kind])
    call = bench.asked(kind)
    made = signer.issue(SERIAL, public=wanted(call))

    answer, then = bench.signed(made.chain, kind)

    (identity,) = bench.vault.identities(KINDS[kind])
    ends = made.certificate.not_valid_after_utc.timestamp()
    held = (
        CredentialsHeld(1, identity.fingerprint, ends, 1)
        if kind == OWN
        else CredentialsHeld(roots=1, v2g_ends=ends)
    )
    assert wanted(call).subject.rfc4514_string() == "O=Laad NV,CN=LP000001"
    assert json_of(call.payload)["certificateType"] == kind
    assert answer == {"status": "Accepted"}
    assert then == (SigningOver(KINDS[kind]), held)
    assert sum(len(bench.vault.identities(to)) for to in ShownTo) == 1


def test_without_a_type_it_is_the_one_for_the_csms(bench: Bench) -> None:
    """As older stations have only that (A02)."""
    signer = root("signer")
    bench.install(signer.pem)
    made = signer.issue(SERIAL, public=bench.request())

    assert bench.signed(made.chain, None)[0] == {"status": "Accepted"}
    assert len(bench.vault.identities()) == 1


@EACH_KIND
@pytest.mark.parametrize(
    "flaw",
    ["no PEM", "too long", "expired", "future", "stranger", "another station", "another key"],
)
def test_a_bad_certificate_is_rejected(bench: Bench, kind: str, flaw: str) -> None:
    """It is thrown away, a security event follows, and nobody waits for another (A02)."""
    signer = root("signer")
    bench.install(signer.pem, VOUCHING[kind])
    request = bench.request(kind)
    good = signer.issue(SERIAL, public=request)
    chain = {
        "no PEM": "certificate",
        "too long": good.chain,
        "expired": signer.issue(SERIAL, EXPIRED, public=request).chain,
        "future": signer.issue(SERIAL, FUTURE, public=request).chain,
        "stranger": root("stranger").issue(SERIAL, public=request).chain,
        "another station": signer.issue("LP000002", public=request).chain,
        "another key": signer.issue(SERIAL).chain,
    }[flaw]
    if flaw == "too long":
        bench.values.put(rows.MAX_CHAIN, len(chain) - 1)

    answer, (over, incident) = bench.signed(chain, kind)

    why = answer["statusInfo"]
    assert (answer["status"], why["reasonCode"]) == ("Rejected", "InvalidCertificate")
    assert over == SigningOver(KINDS[kind])
    assert incident == SecurityIncident(BAD_OWN, why["additionalInfo"])
    assert bench.vault.identities(KINDS[kind]) == ()
    bench.values.put(rows.MAX_CHAIN, 10_000)
    assert bench.signed(good.chain, kind)[0] == {"status": "Accepted"}


@pytest.mark.parametrize(("operator", "word"), [("Laad NV", "Accepted"), ("Other", "Rejected")])
def test_a_certificate_of_another_operator_is_rejected(
    bench: Bench, operator: str, word: str
) -> None:
    """It names who may run the station (A00)."""
    signer = root("signer")
    bench.install(signer.pem)
    made = signer.issue(SERIAL, public=bench.request(), organisation=operator)

    assert bench.signed(made.chain)[0]["status"] == word


def test_each_kind_has_its_roots(bench: Bench) -> None:
    """Whoever vouches for the CSMS does not vouch for what vehicles are shown."""
    signer = root("signer")
    bench.install(signer.pem)
    made = signer.issue(SERIAL, public=bench.request(FOR_VEHICLES))

    assert bench.signed(made.chain, FOR_VEHICLES)[0]["status"] == "Rejected"


def test_what_vehicles_are_shown_is_listed_with_its_authorities(bench: Bench) -> None:
    """The leaf on top, those above it as its children, and the root not among them (M03)."""
    top = root("top")
    first = top.issue("first", authority=True)
    second = first.issue("second", authority=True)
    bench.install(top.pem, V2G)
    leaf = bench.own(FOR_VEHICLES, second)

    assert bench.listed(CHAIN) == [
        {
            "certificateType": CHAIN,
            "certificateHashData": named(leaf, second),
            "childCertificateHashData": [named(second, first), named(first, top)],
        }
    ]


def test_what_vehicles_are_shown_has_no_children_below_a_root(bench: Bench) -> None:
    """An empty list is not told."""
    top = root("top")
    bench.install(top.pem, V2G)
    leaf = bench.own(FOR_VEHICLES, top)

    assert bench.listed(CHAIN) == [
        {"certificateType": CHAIN, "certificateHashData": named(leaf, top)}
    ]


def test_what_nobody_vouches_for_any_more_has_no_name(bench: Bench) -> None:
    """Without its signer's key there is no hash of it."""
    top = root("top")
    bench.install(top.pem, V2G)
    leaf = bench.own(FOR_VEHICLES, top)
    bench.delete(named(top))

    assert bench.listed() == []
    assert bench.delete(named(leaf, top))[0] == {"status": "NotFound"}


def test_a_root_in_the_chain_is_not_listed(bench: Bench) -> None:
    """Whoever sends it along adds nothing."""
    top = root("top")
    bench.install(top.pem, V2G)
    leaf = top.issue(SERIAL, public=bench.request(FOR_VEHICLES))
    bench.signed(leaf.pem + top.pem, FOR_VEHICLES)

    assert bench.listed(CHAIN) == [
        {"certificateType": CHAIN, "certificateHashData": named(leaf, top)}
    ]


@pytest.mark.parametrize("algorithm", ["SHA256", "SHA384", "SHA512"])
def test_what_vehicles_are_shown_can_be_deleted(bench: Bench, algorithm: str) -> None:
    """As a whole; a part of it alone cannot (M04)."""
    top = root("top")
    middle = top.issue("middle", authority=True)
    bench.install(top.pem, V2G)
    leaf = bench.own(FOR_VEHICLES, middle)

    assert bench.delete(named(middle, top, algorithm))[0]["status"] == "Failed"
    answer, then = bench.delete(named(leaf, middle, algorithm))
    assert answer == {"status": "Accepted"}
    assert then == (CredentialsHeld(roots=1),)
    assert bench.listed(CHAIN) == []
    assert bench.delete(named(leaf, middle, algorithm))[0] == {"status": "NotFound"}


def test_the_certificate_for_the_csms_is_neither_listed_nor_deleted(bench: Bench) -> None:
    """It is the station's own, whatever the profile (M03, M04)."""
    signer = root("signer")
    bench.install(signer.pem)
    made = bench.own(OWN, signer)

    assert bench.delete(named(made, signer))[0]["status"] == "Failed"
    assert [one["certificateHashData"] for one in bench.listed()] == [named(signer)]
    assert len(bench.vault.identities()) == 1


@EACH_KIND
def test_a_renewal_asks_by_itself(bench: Bench, kind: str) -> None:
    """A repetition has the same key, so that whatever comes late still fits (A02, A03)."""
    teller = bench.dialect.tables.tells[CertificateWanted]
    signer = root("signer")
    bench.install(signer.pem, VOUCHING[kind])
    calls = [
        call
        for repeat in (0, 1, 2, 0)
        for call in teller(CertificateWanted(KINDS[kind], repeat), bench.scene)
    ]

    keys = [wanted(call).public_key() for call in calls]
    assert keys[0] == keys[1] == keys[2]
    assert keys[3] != keys[0]
    assert {json_of(call.payload)["certificateType"] for call in calls} == {kind}


@EACH_KIND
@pytest.mark.parametrize("word", ["Accepted", "Rejected"])
def test_the_station_learns_what_the_csms_says(bench: Bench, kind: str, word: str) -> None:
    """Whether a certificate will come, and how often it was asked for (A02)."""
    notice = CertificateWanted(KINDS[kind], 2)
    (call,) = bench.dialect.tables.tells[CertificateWanted](notice, bench.scene)
    answer = v201.SignCertificateResponse(status=v201.GenericStatus(word))

    assert bench.dialect.tables.absorbs["SignCertificate"](call, answer, bench.scene) == Absorbed(
        (SigningAnswered(KINDS[kind], word == "Accepted", 2),)
    )


def test_an_answer_to_something_else_is_a_bug(bench: Bench) -> None:
    """Only a request for a certificate is answered so."""
    answer = v201.SignCertificateResponse(status=v201.GenericStatus.Accepted)
    call = Call("SignCertificate", v201.SignCertificate(csr="none"))
    with pytest.raises(AssertionError, match="asks for no certificate"):
        bench.dialect.tables.absorbs["SignCertificate"](call, answer, bench.scene)


@pytest.mark.parametrize("message", TRIGGERS.values())
def test_without_an_operator_no_certificate_is_asked_for(bench: Bench, message: str) -> None:
    """A request needs a name to ask in, so none is promised."""
    bench.values.put(rows.CPO_NAME, "")
    answer, then = bench.ask("TriggerMessage", requestedMessage=message)

    assert answer == {"status": "Rejected", "statusInfo": {"reasonCode": "NotEnabled"}}
    assert then == ()


def test_a_combined_certificate_is_not_made(bench: Bench) -> None:
    """Each kind has a key of its own (F06)."""
    answer, then = bench.ask("TriggerMessage", requestedMessage="SignCombinedCertificate")

    assert (answer, then) == ({"status": "NotImplemented"}, ())


# --- what fails ---


def test_a_disk_that_fails_is_told(bench: Bench) -> None:
    """In the word that the answer has for it; nothing is claimed that is not so."""
    ours, top = root("ours"), root("top")
    bench.install(ours.pem)
    bench.install(top.pem, V2G)
    middle = top.issue("middle", authority=True)
    leaf = bench.own(FOR_VEHICLES, middle)
    own = bench.vault.identities(ShownTo.VEHICLES)
    bench.scene = replace(bench.scene, vault=BrokenVault(ours.pem, *own))
    chain = ours.issue(SERIAL).chain
    answers = [
        bench.install(root("b").pem),
        bench.delete(named(ours)),
        bench.delete(named(leaf, middle)),
        bench.signed(chain),
    ]

    assert [(it["status"], it["statusInfo"]["reasonCode"]) for it, _ in answers] == [
        ("Failed", "InternalError"),
        ("Failed", "InternalError"),
        ("Failed", "InternalError"),
        ("Rejected", "InternalError"),
    ]
    assert [then for _, then in answers] == [(), (), (), (SigningOver(ShownTo.CSMS),)]
    trigger, _ = bench.ask("TriggerMessage", requestedMessage=TRIGGERS[OWN])
    assert trigger["status"] == "Rejected"


def test_a_station_without_a_vault_says_so(bench: Bench) -> None:
    """It has no certificates, takes none, and cannot ask for any."""
    bench.scene = replace(bench.scene, vault=None)
    trigger, _ = bench.ask("TriggerMessage", requestedMessage=TRIGGERS[OWN])

    assert bench.listed() == []
    assert bench.delete(named(root("r")))[0] == {"status": "NotFound"}
    for answer in (bench.install(root("r").pem)[0], bench.signed(root("r").pem)[0], trigger):
        assert (answer["status"], answer["statusInfo"]["reasonCode"]) == ("Rejected", "NotEnabled")
