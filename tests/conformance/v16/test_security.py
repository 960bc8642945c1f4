"""How station and CSMS know each other, and what they know each other by."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.conformance.authority import SUITES, Authority, der, hashed
from tests.conformance.stage import IDENTITY
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.conformance.v16.test_firmware import IMAGE, NEW, PATIENCE_S, told
from tests.support.certificates import EXPIRED, root
from tests.support.file_server import FileServer
from tests.support.packages import MAKER, SIGNER
from tests.support.sought import said

ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}
PASSWORD = "correct-horse-1234"
NEXT_PASSWORDS = ("battery-staple-56789", "another-staple-12345")
SIGNED = "SignedFirmwareStatusNotification"
CS_ROOT, MAKER_ROOT = "CentralSystemRootCertificate", "ManufacturerRootCertificate"
CPO = "Example Charging"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """Have a CSMS whose root the station knows."""
    return Authority(tmp_path)


@asynccontextmanager
async def secure(stage: Stage, authority: Authority, *, asks: bool = False) -> AsyncIterator[None]:
    """Let the station boot over TLS with its password."""
    async with stage.csms.listening(authority.server(asks=asks)) as stage.url:
        stage.csms.password = PASSWORD.encode()
        await stage.power_up(PASSWORD, str(authority.ca_file))
        await stage.hear_boot()
        yield
        await stage.power_down()


def shown(password: str = PASSWORD) -> bytes:
    """Return what a connection with the password shows."""
    return f"{IDENTITY}:{password}".encode()


async def renew(stage: Stage, authority: Authority) -> str:
    """Have the station ask for a certificate and take it; return it in PEM."""
    asked = await stage.csms.call(
        "ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate"
    )
    request = await stage.csms.expect(said("SignCertificate"))
    made = authority.sign(request["csr"])
    taken = await stage.csms.call("CertificateSigned", certificateChain=made)
    assert (asked, taken) == (ACCEPTED, ACCEPTED)
    return made


async def upgraded(stage: Stage, authority: Authority) -> str:
    """Lead a station with a password to its own certificate, and return that in PEM."""
    assert await install(stage, CS_ROOT, authority.root.pem) == ACCEPTED
    await stage.configure(CpoName=CPO)
    made = await renew(stage, authority)
    visits = len(stage.csms.visits)
    stage.csms.password = None
    await stage.configure(SecurityProfile=3)
    await stage.csms.visited(visits + 1)
    return made


def peer(stage: Stage) -> bytes | None:
    """Return the certificate that the newest connection has shown, or None."""
    tls = stage.csms.visits[-1].tls
    return tls.getpeercert(binary_form=True) if tls else None


async def install(stage: Stage, kind: str, pem: str) -> dict[str, Any]:
    """Install a root, and return the answer."""
    return await stage.csms.call("InstallCertificate", certificateType=kind, certificate=pem)


async def listed(stage: Stage, kind: str) -> list[dict[str, str]]:
    """Return the roots of a kind that are installed, as they are told."""
    answer = await stage.csms.call("GetInstalledCertificateIds", certificateType=kind)
    found: list[dict[str, str]] = answer.get("certificateHashData", [])
    assert answer["status"] == ("Accepted" if found else "NotFound")
    return found


async def incident(stage: Stage, kind: str) -> None:
    """Hear that something happened which bears on security."""
    await stage.csms.skip_to(said("SecurityEventNotification", type=kind))


# --- what the station shows ---


@case("TC_073_CS")
async def test_tc_073_new_password(stage: Stage) -> None:
    """Twice the station takes a new password, and shows it at once in a new connection."""
    csms = stage.csms
    csms.password = PASSWORD.encode()
    await stage.power_up(PASSWORD)
    await stage.hear_boot()
    for password in NEXT_PASSWORDS:
        visits = len(csms.visits)
        await stage.configure(AuthorizationKey=password.encode().hex())
        csms.password = password.encode()
        await csms.visited(visits + 1)
    await csms.silence(60, "BootNotification")

    passwords = (PASSWORD, *NEXT_PASSWORDS)
    assert [visit.credentials for visit in csms.visits] == [shown(one) for one in passwords]
    assert csms.turned_away == []


@case("TC_085_CS")
async def test_tc_085_basic_authentication(stage: Stage) -> None:
    """Each connection shows identity and password, and the identity ends the path."""
    stage.csms.password = PASSWORD.encode()
    await stage.power_up(PASSWORD)
    await stage.hear_boot()
    async with stage.csms.away():
        pass

    assert [visit.credentials for visit in stage.csms.visits] == [shown()] * 2
    assert all(visit.path.endswith(f"/{IDENTITY}") for visit in stage.csms.visits)


@case("TC_086_CS")
async def test_tc_086_certificate_of_the_csms(stage: Stage, authority: Authority) -> None:
    """The channel is new enough, and its suite an allowed one."""
    async with secure(stage, authority):
        tls = stage.csms.visits[-1].tls
        assert tls
        suite = tls.cipher()

        assert suite
        assert tls.version() == "TLSv1.3" or (tls.version() == "TLSv1.2" and suite[0] in SUITES)


@case("TC_087_CS")
async def test_tc_087_certificate_of_the_station(stage: Stage, authority: Authority) -> None:
    """With its own certificate the station needs no password any more."""
    async with secure(stage, authority, asks=True):
        made = await upgraded(stage, authority)

        assert peer(stage) == der(made)
        assert stage.csms.visits[-1].credentials is None


@case("TC_088_CS")
async def test_tc_088_subprotocol(stage: Stage) -> None:
    """It offers the version it speaks."""
    await stage.boot()

    assert stage.csms.visits[0].offered == ("ocpp1.6",)


# --- security profiles ---


@case("TC_083_CS")
async def test_tc_083_upgrade_to_tls(stage: Stage, authority: Authority) -> None:
    """With a root it goes over to TLS, and from then on nothing is said in plain text."""
    csms = stage.csms
    csms.password = PASSWORD.encode()
    async with csms.listening(authority.server()) as secure_url:
        await stage.power_up(PASSWORD, secure_url=secure_url)
        await stage.hear_boot()
        assert await install(stage, CS_ROOT, authority.root.pem) == ACCEPTED
        await stage.configure(SecurityProfile=2)
        await csms.visited(2)
        answer = await csms.call("Reset", type="Hard")
        await stage.hear_boot()
        async with csms.away():
            pass

        assert answer == ACCEPTED
        assert [visit.tls is not None for visit in csms.visits] == [False, True, True, True]
        assert [visit.credentials for visit in csms.visits] == [shown()] * 4
        await stage.power_down()


@case("TC_083_CS")
async def test_tc_083_upgrade_to_certificates(stage: Stage, authority: Authority) -> None:
    """From the upgrade on, through a reset too, nothing but the certificate is shown."""
    async with secure(stage, authority, asks=True):
        await upgraded(stage, authority)
        visits = len(stage.csms.visits)
        answer = await stage.csms.call("Reset", type="Hard")
        await stage.hear_boot()
        async with stage.csms.away():
            pass

        assert answer == ACCEPTED
        later = stage.csms.visits[visits - 1 :]
        assert len(later) >= 3
        assert [visit.credentials for visit in later] == [None] * len(later)
        assert all(visit.tls and visit.tls.getpeercert(binary_form=True) for visit in later)
        assert await stage.configuration("SecurityProfile") == {"SecurityProfile": "3"}


@case("TC_084_CS")
async def test_tc_084_downgrade(stage: Stage, authority: Authority) -> None:
    """A lower profile is refused, and nothing changes."""
    async with secure(stage, authority):
        answers = [
            await stage.csms.call("ChangeConfiguration", key="SecurityProfile", value=value)
            for value in "01"
        ]

        assert answers == [REJECTED] * 2
        assert await stage.configuration("SecurityProfile") == {"SecurityProfile": "2"}


# --- certificates ---


@case("TC_074_CS")
async def test_tc_074_new_certificate(stage: Stage, authority: Authority) -> None:
    """A station with a certificate asks for another, and shows it in a new connection."""
    async with secure(stage, authority, asks=True):
        first = await upgraded(stage, authority)
        visits = len(stage.csms.visits)
        second = await renew(stage, authority)
        await stage.csms.visited(visits + 1)

        assert first != second
        assert peer(stage) == der(second)


@case("TC_075_1_CS")
async def test_tc_075_1_manufacturer(stage: Stage) -> None:
    """A root of the manufacturer is taken and listed."""
    await stage.boot()
    maker = root("Maker")
    answer = await install(stage, MAKER_ROOT, maker.pem)

    assert answer == ACCEPTED
    assert await listed(stage, MAKER_ROOT) == [hashed(maker.pem, maker)]


@case("TC_075_2_CS")
async def test_tc_075_2_csms(stage: Stage) -> None:
    """A root of the CSMS is taken and listed."""
    await stage.boot()
    made = root("Another CSMS")
    answer = await install(stage, CS_ROOT, made.pem)

    assert answer == ACCEPTED
    assert hashed(made.pem, made) in await listed(stage, CS_ROOT)


@case("TC_076_CS")
async def test_tc_076_delete(stage: Stage) -> None:
    """A root that is deleted is listed no more, and cannot be deleted again."""
    await stage.boot()
    maker = root("Maker")
    await install(stage, MAKER_ROOT, maker.pem)
    [data] = await listed(stage, MAKER_ROOT)
    answer = await stage.csms.call("DeleteCertificate", certificateHashData=data)
    again = await stage.csms.call("DeleteCertificate", certificateHashData=data)

    assert answer == ACCEPTED
    assert again == {"status": "NotFound"}
    assert await listed(stage, MAKER_ROOT) == []


@case("TC_077_CS")
async def test_tc_077_wrong_certificate(stage: Stage, authority: Authority) -> None:
    """A certificate that no known root has signed is refused, and told."""
    async with secure(stage, authority):
        await stage.configure(CpoName=CPO)
        await stage.csms.call(
            "ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate"
        )
        request = await stage.csms.expect(said("SignCertificate"))
        csr = x509.load_pem_x509_csr(request["csr"].encode())
        strange = root("Stranger").issue("station", public=csr).pem
        answer = await stage.csms.call("CertificateSigned", certificateChain=strange)
        await incident(stage, "InvalidChargePointCertificate")

        assert answer == REJECTED


@case("TC_078_CS")
async def test_tc_078_wrong_root(stage: Stage) -> None:
    """A root whose time is over is refused, and told."""
    await stage.boot()
    answer = await install(stage, CS_ROOT, root("Old CSMS", EXPIRED).pem)
    await incident(stage, "InvalidCentralSystemCertificate")

    assert answer == REJECTED
    assert await listed(stage, CS_ROOT) == []


# --- logs and firmware ---


@case("TC_079_CS")
async def test_tc_079_security_log(stage: Stage, files: FileServer) -> None:
    """The log that was named is at the server when its upload was told."""
    await stage.boot()
    answer = await stage.csms.call(
        "GetLog", logType="SecurityLog", requestId=7, log={"remoteLocation": f"{files.url}/logs/"}
    )
    statuses = await told(stage, "LogStatusNotification", "Uploaded")

    assert answer["status"] == "Accepted"
    assert statuses == ["Uploading", "Uploaded"]
    assert all(h["requestId"] == 7 for h in stage.csms.all(said("LogStatusNotification")))
    assert files.files[f"/logs/{answer['filename']}"]


async def update(stage: Stage, files: FileServer, image: bytes) -> dict[str, Any]:
    """Order firmware that the maker has signed, and return the answer."""
    assert isinstance(SIGNER.key, ec.EllipticCurvePrivateKey)
    assert await install(stage, MAKER_ROOT, MAKER.pem) == ACCEPTED
    files.files["/firmware"] = image
    signature = SIGNER.key.sign(IMAGE, ec.ECDSA(hashes.SHA256()))
    return await stage.csms.call(
        "SignedUpdateFirmware",
        requestId=9,
        firmware={
            "location": f"{files.url}/firmware",
            "retrieveDateTime": stage.csms.instant(),
            "signingCertificate": SIGNER.pem,
            "signature": b64encode(signature).decode(),
        },
    )


@case("TC_080_CS")
async def test_tc_080_signed_firmware(stage: Stage, files: FileServer) -> None:
    """Each step is told with its number, and at the end that the firmware is another."""
    await stage.boot()
    answer = await update(stage, files, IMAGE)
    statuses = await told(stage, SIGNED, "Installed")
    await stage.csms.until(
        lambda: bool(stage.csms.all(said("SecurityEventNotification", type="FirmwareUpdated"))),
        PATIENCE_S,
        "FirmwareUpdated",
    )

    assert answer == ACCEPTED
    steps = ["Downloading", "Downloaded", "SignatureVerified", "Installing", "Installed"]
    assert [word for word in statuses if word != "InstallRebooting"] == steps
    assert all(heard["requestId"] == 9 for heard in stage.csms.all(said(SIGNED)))
    assert stage.csms.all(said("BootNotification"))[-1]["firmwareVersion"] == NEW


@case("TC_081_CS")
async def test_tc_081_wrong_signature(stage: Stage, files: FileServer) -> None:
    """Firmware that is not what was signed is told, and not installed."""
    await stage.boot()
    answer = await update(stage, files, IMAGE + b"?")
    statuses = await told(stage, SIGNED, "InvalidSignature")
    await stage.csms.until(
        lambda: bool(
            stage.csms.all(said("SecurityEventNotification", type="InvalidFirmwareSignature"))
        ),
        PATIENCE_S,
        "InvalidFirmwareSignature",
    )
    await stage.csms.silence(60)

    assert answer == ACCEPTED
    assert statuses == ["Downloading", "Downloaded", "InvalidSignature"]
    assert len(stage.csms.all(said("BootNotification"))) == 1
