"""Certificates: what the CSMS installs, lists and deletes, and the station's own (A02, M)."""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.ports.vault import Use
from laadpaal.runtime.assembly import VAULT
from laadpaal.storage.vault import FileVault
from tests.conformance.authority import Authority, der, hashed, named, sign
from tests.conformance.stage import IDENTITY
from tests.conformance.v201.stage import ACCEPTED, Stage
from tests.conformance.v201.table import case
from tests.support.certificates import EXPIRED, Made, root
from tests.support.scripted_csms import HOST
from tests.support.sought import Heard, either, said

CSMS, MAKER = "CSMSRootCertificate", "ManufacturerRootCertificate"
V2G, MO, CHAIN = "V2GRootCertificate", "MORootCertificate", "V2GCertificateChain"
OWN, FOR_VEHICLES = "ChargingStationCertificate", "V2GCertificate"
TRIGGERS = {OWN: "SignChargingStationCertificate", FOR_VEHICLES: "SignV2GCertificate"}
CPO = "Example Charging"
SIGN, OPERATOR = "SignCertificate", "SecurityCtrlr.OrganizationName"
CHECK_ROOTS = {"2726_0": True}
REFUSED = either("Failed", "NotFound")
HOUR_S = 3_600.0


@pytest.fixture
def authority(stage: Stage) -> Authority:
    """Have a CSMS whose root the station knows."""
    made = Authority(stage.folder)
    vault(stage).add_root(Use.CSMS_ROOT, made.root.pem)
    return made


def vault(stage: Stage) -> FileVault:
    """Return the vault of the station, as whoever builds it fills it."""
    return FileVault(stage.folder / VAULT, logging.getLogger("conformance.vault"))


def provide(stage: Stage, signer: Made) -> str:
    """Give the station a certificate of its own before it starts, and return that in PEM."""
    kept = vault(stage)
    made = sign(signer, kept.begin_request(IDENTITY, CPO))
    assert kept.complete_request(made)
    return made


@asynccontextmanager
async def known(stage: Stage, authority: Authority) -> AsyncIterator[str]:
    """Let the station boot with a certificate of its own, which is yielded (profile 3)."""
    made = provide(stage, authority.root)
    tls = authority.server(asks=True)
    tls.verify_mode = ssl.CERT_REQUIRED
    async with stage.csms.listening(tls) as stage.url:
        await stage.boot({OPERATOR: CPO})
        yield made
        await stage.power_down()


def peer(stage: Stage) -> bytes | None:
    """Return the certificate that the newest connection has shown, or None."""
    tls = stage.csms.visits[-1].tls
    return tls.getpeercert(binary_form=True) if tls else None


async def asked(stage: Stage, kind: str = OWN) -> Heard:
    """Make the station ask for a certificate, and hear it do so."""
    answer = await stage.csms.call("TriggerMessage", requestedMessage=TRIGGERS[kind])
    assert answer == ACCEPTED
    # With one kind of certificate alone the type could be left out.
    word = either(kind, None) if kind == OWN else kind
    return await stage.csms.skip_to(said(SIGN, certificateType=word))


async def brought(stage: Stage, chain: str, kind: str = OWN) -> str:
    """Bring the station a certificate, and return how that fares."""
    answer = await stage.csms.call(
        "CertificateSigned", certificateChain=chain, certificateType=kind
    )
    status: str = answer["status"]
    return status


async def install(stage: Stage, kind: str, pem: str) -> str:
    """Install a root, and return how that fares."""
    answer = await stage.csms.call("InstallCertificate", certificateType=kind, certificate=pem)
    status: str = answer["status"]
    return status


async def listed(stage: Stage, *kinds: str) -> list[dict[str, Any]]:
    """Return what is installed of these kinds, or of all."""
    wanted = {"certificateType": list(kinds)} if kinds else {}
    answer = await stage.csms.call("GetInstalledCertificateIds", **wanted)
    found: list[dict[str, Any]] = answer.get("certificateHashDataChain", [])
    assert answer["status"] == ("Accepted" if found else "NotFound")
    return found


def line(kind: str, made: Made) -> dict[str, Any]:
    """Return how a root that signs itself is listed."""
    return {"certificateType": kind, "certificateHashData": hashed(made.pem, made)}


async def delete(stage: Stage, data: dict[str, str]) -> str:
    """Delete a certificate, and return how that fares."""
    answer = await stage.csms.call("DeleteCertificate", certificateHashData=data)
    status: str = answer["status"]
    return status


# --- the station's own certificate ---


@case("TC_A_11_CS")
async def test_tc_a_11_new_certificate(stage: Stage, authority: Authority) -> None:
    """A new key is made, its request names station and operator, and the result is shown."""
    async with known(stage, authority) as first:
        visits = len(stage.csms.visits)
        request = x509.load_pem_x509_csr((await asked(stage))["csr"].encode())
        key = request.public_key()
        second = sign(authority.root, stage.csms.all(said(SIGN))[-1]["csr"])
        assert await brought(stage, second) == "Accepted"
        await stage.csms.visited(visits + 1)
        await stage.csms.silence(HOUR_S, "BootNotification")

        assert named(request, x509.NameOID.COMMON_NAME) == IDENTITY
        assert named(request, x509.NameOID.ORGANIZATION_NAME) == CPO
        assert isinstance(key, ec.EllipticCurvePublicKey)
        assert key.key_size >= 224
        assert key != x509.load_pem_x509_certificate(first.encode()).public_key()
        assert peer(stage) == der(second)
        assert [visit.credentials for visit in stage.csms.visits] == [None] * (visits + 1)


@case("TC_A_14_CS")
async def test_tc_a_14_invalid_certificate(stage: Stage, authority: Authority) -> None:
    """It is refused and told of, and the old one is shown as before."""
    async with known(stage, authority) as first:
        request = await asked(stage)
        assert await brought(stage, sign(root("Stranger"), request["csr"])) == "Rejected"
        await stage.csms.skip_to(
            said("SecurityEventNotification", type="InvalidChargingStationCertificate"), 120.0
        )
        await stage.csms.silence(HOUR_S, SIGN)
        async with stage.csms.away():
            pass

        assert peer(stage) == der(first)


@case("TC_A_15_CS")
async def test_tc_a_15_request_refused(stage: Stage, authority: Authority) -> None:
    """Whoever refuses to sign is not asked again."""
    async with known(stage, authority):
        stage.csms.reply(SIGN, status="Rejected")
        await asked(stage)
        await stage.csms.silence(HOUR_S, SIGN)


@case("TC_A_23_CS")
async def test_tc_a_23_no_certificate_comes(stage: Stage, authority: Authority) -> None:
    """It is asked for again after the wait, then after twice that, and a late one is taken."""
    async with known(stage, authority):
        await stage.configure(
            {"SecurityCtrlr.CertSigningWaitMinimum": 20, "SecurityCtrlr.CertSigningRepeatTimes": 2}
        )
        first = await asked(stage)
        second = await stage.csms.skip_to(said(SIGN), 30.0)
        third = await stage.csms.skip_to(said(SIGN), 50.0)
        await stage.csms.silence(HOUR_S, SIGN)
        visits = len(stage.csms.visits)
        late = sign(authority.root, first["csr"])
        assert await brought(stage, late) == "Accepted"
        await stage.csms.visited(visits + 1)

        assert second.at - first.at == pytest.approx(20, abs=2)
        assert third.at - second.at == pytest.approx(40, abs=2)
        assert peer(stage) == der(late)


@case("TC_A_12_CS")
async def test_tc_a_12_for_vehicles(stage: Stage) -> None:
    """The certificate for vehicles has a key of its own, and plays no part in this talk."""
    top = root("V2G root")
    await stage.boot({OPERATOR: CPO})
    assert await install(stage, V2G, top.pem) == "Accepted"
    request = await asked(stage, FOR_VEHICLES)
    made = sign(top, request["csr"])

    assert await brought(stage, made, FOR_VEHICLES) == "Accepted"
    assert await listed(stage, CHAIN) == [
        {"certificateType": CHAIN, "certificateHashData": hashed(made, top)}
    ]
    await stage.csms.silence(HOUR_S, SIGN)
    assert len(stage.csms.visits) == 1


async def test_a_new_certificate_that_opens_no_connection(
    stage: Stage, authority: Authority
) -> None:
    """The one before is shown again, and what did not work is told of and forgotten (A02)."""
    other = root("Another CSMS")
    async with known(stage, authority) as first:
        assert await install(stage, CSMS, other.pem) == "Accepted"
        made = sign(other, (await asked(stage))["csr"])
        visits = len(stage.csms.visits)
        assert await brought(stage, made) == "Accepted"
        await stage.csms.visited(visits + 1)
        await stage.csms.skip_to(
            said("SecurityEventNotification", type="DiscardedRenewedClientCertificate"), 120.0
        )

        assert peer(stage) == der(first)
        assert [it.chain for it in vault(stage).identities()] == [first]


# --- installing ---


@case("TC_M_01_CS")
@case("TC_M_12_CS")
async def test_tc_m_01_12_csms(stage: Stage) -> None:
    """A root of the CSMS is taken, and listed by its hashes."""
    await installed(stage, CSMS)


@case("TC_M_02_CS")
@case("TC_M_13_CS")
async def test_tc_m_02_13_manufacturer(stage: Stage) -> None:
    """A root of the manufacturer is taken, and listed by its hashes."""
    await installed(stage, MAKER)


@case("TC_M_03_CS")
@case("TC_M_14_CS")
async def test_tc_m_03_14_v2g(stage: Stage) -> None:
    """A root for vehicles is taken, and listed by its hashes."""
    await installed(stage, V2G)


@case("TC_M_04_CS")
@case("TC_M_16_CS")
async def test_tc_m_04_16_mobility_operator(stage: Stage) -> None:
    """A root of a mobility operator is taken, and listed by its hashes."""
    await installed(stage, MO)


async def installed(stage: Stage, kind: str) -> None:
    """Install a root of one kind, twice, and find it in its list once."""
    made = root(kind)
    await stage.boot()

    assert await install(stage, kind, made.pem) == "Accepted"
    assert await listed(stage, kind) == [line(kind, made)]
    assert await install(stage, kind, made.pem) == "Accepted"
    assert await listed(stage, kind) == [line(kind, made)]


@case("TC_M_07_CS")
async def test_tc_m_07_invalid(stage: Stage) -> None:
    """A root whose time is over is refused, and not listed."""
    await stage.boot()

    assert await install(stage, CSMS, root("Old", EXPIRED).pem) == "Rejected"
    assert await listed(stage, CSMS) == []


# --- listing ---


@case("TC_M_15_CS")
async def test_tc_m_15_chain_for_vehicles(stage: Stage) -> None:
    """The leaf is on top, and the authorities above it are its children."""
    top = root("V2G root")
    upper = top.issue("Sub-CA 1", authority=True)
    lower = upper.issue("Sub-CA 2", authority=True)
    await stage.boot({OPERATOR: CPO})
    await install(stage, V2G, top.pem)
    made = sign(lower, (await asked(stage, FOR_VEHICLES))["csr"])
    assert await brought(stage, made, FOR_VEHICLES) == "Accepted"

    assert await listed(stage, CHAIN) == [
        {
            "certificateType": CHAIN,
            "certificateHashData": hashed(made, lower),
            "childCertificateHashData": [hashed(lower.pem, upper), hashed(upper.pem, top)],
        }
    ]


@case("TC_M_17_CS")
@case("TC_M_18_CS")
async def test_tc_m_17_18_several_kinds(stage: Stage) -> None:
    """Two kinds are listed together when both are asked for, and without a filter all are."""
    made = {kind: root(kind) for kind in (V2G, MO, CSMS, MAKER)}
    await stage.boot()
    for kind, one in made.items():
        await install(stage, kind, one.pem)

    two, every = await listed(stage, CSMS, MAKER), await listed(stage)
    assert two == [line(kind, made[kind]) for kind in (CSMS, MAKER)]
    assert every == [line(kind, one) for kind, one in made.items()]


@case("TC_M_19_CS")
async def test_tc_m_19_none(stage: Stage) -> None:
    """Where there is none of a kind, nothing is listed."""
    await stage.boot()
    await install(stage, CSMS, root("CSMS").pem)

    assert await stage.csms.call("GetInstalledCertificateIds", certificateType=[MAKER]) == {
        "status": "NotFound"
    }


# --- deleting ---


@case("TC_M_20_CS")
async def test_tc_m_20_delete(stage: Stage) -> None:
    """What is deleted is listed no more."""
    made, other = root("One"), root("Other")
    await stage.boot()
    for one in (made, other):
        await install(stage, MAKER, one.pem)

    assert await delete(stage, hashed(made.pem, made)) == "Accepted"
    assert await listed(stage, MAKER) == [line(MAKER, other)]


@case("TC_M_22_CS")
async def test_tc_m_22_unknown(stage: Stage) -> None:
    """What is not there cannot be deleted, nor twice."""
    made, stranger = root("One"), root("Stranger")
    await stage.boot()
    await install(stage, CSMS, made.pem)

    assert await delete(stage, hashed(stranger.pem, stranger)) == "NotFound"
    assert await listed(stage, CSMS) == [line(CSMS, made)]


@case("TC_M_23_CS")
async def test_tc_m_23_own_certificate(stage: Stage, authority: Authority) -> None:
    """The certificate that the station shows stays, and is shown again."""
    async with known(stage, authority) as made:
        answer = await delete(stage, hashed(made, authority.root))
        async with stage.csms.away():
            pass

        assert answer in REFUSED
        assert peer(stage) == der(made)


# --- a root that the one before has signed ---


@case("TC_M_09_CS")
async def test_tc_m_09_unrelated_root(stage: Stage, authority: Authority) -> None:
    """A root that the present one has not signed is refused."""
    stage.settings |= CHECK_ROOTS
    async with known(stage, authority):
        assert await stage.read("SecurityCtrlr.AdditionalRootCertificateCheck") == "true"
        assert await install(stage, CSMS, root("Other").pem) == "Rejected"
        assert await listed(stage, CSMS) == [line(CSMS, authority.root)]


@case("TC_M_30_CS")
async def test_tc_m_30_next_root(stage: Stage, authority: Authority) -> None:
    """Once a chain of the CSMS has led to the new root, the one before is gone."""
    stage.settings |= CHECK_ROOTS
    new = authority.root.issue("Next root", authority=True)
    tls = authority.server()
    async with stage.csms.listening(tls) as stage.url:
        stage.csms.password = b"correct-horse-1234"
        await stage.power_up("correct-horse-1234")
        await stage.hear_boot()
        assert await install(stage, CSMS, new.pem) == "Accepted"
        before = await listed(stage, CSMS)
        tls.load_cert_chain(*new.issue("csms", hosts=[HOST]).files(stage.folder, "next"))
        async with stage.csms.away():
            pass
        after = await listed(stage, CSMS)
        await stage.power_down()

    assert before == [line(CSMS, authority.root), signed_line(new, authority.root)]
    assert after == [signed_line(new, authority.root)]


@case("TC_M_31_CS")
async def test_tc_m_31_next_root_fails(stage: Stage, authority: Authority) -> None:
    """While the CSMS still shows a chain of the old root, that one is gone back to, and stays."""
    stage.settings |= CHECK_ROOTS
    new = authority.root.issue("Next root", authority=True)
    async with known(stage, authority):
        assert await install(stage, CSMS, new.pem) == "Accepted"
        for _ in range(2):
            async with stage.csms.away():
                pass

        assert await listed(stage, CSMS) == [
            line(CSMS, authority.root),
            signed_line(new, authority.root),
        ]


def signed_line(made: Made, signer: Made) -> dict[str, Any]:
    """Return how a root that another has signed is listed."""
    return {"certificateType": CSMS, "certificateHashData": hashed(made.pem, signer)}


# --- what is not claimed ---


async def test_plug_and_charge_is_not_claimed(stage: Stage) -> None:
    """The device model has no part of it, so nothing of it can be switched on or asked."""
    await stage.boot({OPERATOR: CPO})
    told = await stage.write(
        {"ISO15118Ctrlr.PnCEnabled": True, "ISO15118Ctrlr.ContractValidationOffline": True}
    )
    await stage.csms.call("GetBaseReport", requestId=1, reportBase="FullInventory")
    pieces = await stage.pieces("NotifyReport", 1)
    components = {one["component"]["name"] for piece in pieces for one in piece["reportData"]}
    combined = await stage.csms.call("TriggerMessage", requestedMessage="SignCombinedCertificate")

    assert set(told.values()) == {"UnknownComponent"}
    assert components & {"ISO15118Ctrlr", "ConnectedEV"} == set()
    assert combined == {"status": "NotImplemented"}
