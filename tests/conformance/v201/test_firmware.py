"""How firmware comes to the station, who vouches for it, and what the CSMS hears of it."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.ports.updater import Progress
from laadpaal.runtime.assembly import VAULT
from laadpaal.runtime.firmware import INSTALLED as VERSION_FILE
from laadpaal.simulation.updater import SimulatedUpdater
from tests.conformance.v201.stage import ACCEPTED, Stage, status
from tests.conformance.v201.table import case
from tests.support.certificates import Made, root
from tests.support.file_server import FileServer
from tests.support.packages import SIGNER, sealed, trust_maker
from tests.support.sought import Heard, said

NEW = "9.9.9"
IMAGE = sealed(NEW, b"a better station" * 100)
BROKEN = IMAGE.replace(b"better", b"bitter", 1)
FIRMWARE = "FirmwareStatusNotification"
NEW_SESSIONS = "ChargingStation.AllowNewSessionsPendingFirmwareUpdate"
NUMBER = 9
PATIENCE_S = 600.0
SOON_S = 300.0
FETCHED = ["Downloading", "Downloaded", "SignatureVerified"]
INSTALLED = ["Installing", "InstallRebooting", "Installed"]


@pytest.fixture
def signer(stage: Stage) -> Made:
    """Have somebody for whom the station's manufacturer vouches."""
    trust_maker(stage.folder / VAULT)
    return SIGNER


def signature(signer: Made, image: bytes = IMAGE) -> str:
    """Let the signer sign."""
    assert isinstance(signer.key, ec.EllipticCurvePrivateKey)
    return b64encode(signer.key.sign(image, ec.ECDSA(hashes.SHA256()))).decode()


async def order(
    stage: Stage,
    files: FileServer,
    signer: Made,
    *,
    number: int = NUMBER,
    in_s: float = 0.0,
    install_in_s: float | None = None,
    signed: bytes = IMAGE,
    **more: object,
) -> dict[str, Any]:
    """Order what is at the server, signed as if it were `signed`, and return the answer."""
    firmware = {
        "location": f"{files.url}/firmware",
        "retrieveDateTime": stage.csms.instant(in_s),
        "signingCertificate": signer.pem,
        "signature": signature(signer, signed),
    }
    if install_in_s is not None:
        firmware["installDateTime"] = stage.csms.instant(install_in_s)
    return await stage.csms.call("UpdateFirmware", requestId=number, firmware=firmware, **more)


async def told(stage: Stage, last: str, number: int = NUMBER) -> list[Heard]:
    """Return every status of a request, up to the last one; none is told without a number."""
    await stage.csms.skip_to(said(FIRMWARE, status=last, requestId=number), PATIENCE_S)
    heard = stage.csms.all(said(FIRMWARE))
    assert all(isinstance(one.get("requestId"), int) for one in heard)
    return [one for one in heard if one["requestId"] == number]


def words(heard: list[Heard]) -> list[str]:
    """Return their statuses."""
    return [one["status"] for one in heard]


async def incident(stage: Stage, kind: str) -> Heard:
    """Hear, before or after all the rest, that something happened which bears on security."""
    sought = said("SecurityEventNotification", type=kind)
    await stage.csms.until(lambda: bool(stage.csms.all(sought)), PATIENCE_S, kind)
    [event] = stage.csms.all(sought)
    return event


def in_order(stage: Stage, *heard: Heard) -> bool:
    """Tell whether the station said these one after the other."""
    places = [next(n for n, it in enumerate(stage.csms.heard) if it is one) for one in heard]
    return places == sorted(places)


def statuses(stage: Stage, evse: int) -> list[Heard]:
    """Return every status of an EVSE's connector."""
    return stage.csms.all(said("StatusNotification", evseId=evse, connectorId=1))


@case("TC_L_01_CS")
async def test_tc_l_01_installed(stage: Stage, files: FileServer, signer: Made) -> None:
    """Each step is told with its number, nobody can begin meanwhile, and the new version boots."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    answer = await order(stage, files, signer)
    heard = await told(stage, "Installed")
    event = await incident(stage, "FirmwareUpdated")

    assert answer == ACCEPTED
    assert words(heard) == FETCHED + INSTALLED
    boot = stage.csms.all(said("BootNotification"))[-1]
    assert boot["reason"] == "FirmwareUpdate"
    assert boot["chargingStation"]["firmwareVersion"] == NEW
    assert in_order(stage, heard[-2], boot, heard[-1])
    assert in_order(stage, boot, event)
    for evse in (1, 2):
        seen = statuses(stage, evse)
        states = ["Available", "Unavailable", "Available"]
        assert [one["connectorStatus"] for one in seen] == states
        assert in_order(stage, heard[2], seen[1], boot, seen[2])


@case("TC_L_02_CS")
async def test_tc_l_02_install_scheduled(stage: Stage, files: FileServer, signer: Made) -> None:
    """What is good waits for its time, and until then everybody may charge."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    at = stage.clock.now().mono + SOON_S
    answer = await order(stage, files, signer, install_in_s=SOON_S)
    await told(stage, "InstallScheduled")
    assert len(statuses(stage, 1)) == 1
    heard = await told(stage, "Installed")

    assert answer == ACCEPTED
    assert words(heard) == [*FETCHED, "InstallScheduled", *INSTALLED]
    assert heard[3].at < at <= heard[4].at
    await incident(stage, "FirmwareUpdated")


@case("TC_L_03_CS")
async def test_tc_l_03_download_scheduled(stage: Stage, files: FileServer, signer: Made) -> None:
    """Nothing is fetched before its time."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    at = stage.clock.now().mono + SOON_S
    answer = await order(stage, files, signer, in_s=SOON_S)
    await told(stage, "DownloadScheduled")
    assert files.asked == []
    heard = await told(stage, "Installed")

    assert answer == ACCEPTED
    assert words(heard) == ["DownloadScheduled", *FETCHED, *INSTALLED]
    assert heard[0].at < at <= heard[1].at


@case("TC_L_05_CS")
async def test_tc_l_05_foreign_certificate(stage: Stage, files: FileServer, signer: Made) -> None:
    """A signer that the manufacturer does not know is found out before anything is fetched."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    answer = await order(stage, files, root("Maker").issue(signer.subject))
    await incident(stage, "InvalidFirmwareSigningCertificate")
    await stage.csms.silence(60, FIRMWARE, "StatusNotification")

    assert answer["status"] == "InvalidCertificate"
    assert files.asked == []


@case("TC_L_06_CS")
async def test_tc_l_06_wrong_signature(stage: Stage, files: FileServer, signer: Made) -> None:
    """Firmware that is not what was signed is told, and not installed."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    answer = await order(stage, files, signer, signed=BROKEN)
    heard = await told(stage, "InvalidSignature")
    await incident(stage, "InvalidFirmwareSignature")
    await stage.csms.silence(60)

    assert answer == ACCEPTED
    assert words(heard) == ["Downloading", "Downloaded", "InvalidSignature"]


@case("TC_L_07_CS")
async def test_tc_l_07_download_failed(stage: Stage, files: FileServer, signer: Made) -> None:
    """Where there is no firmware, the station tries again and then gives up."""
    await stage.boot()
    answer = await order(stage, files, signer, retries=2, retryInterval=10)
    heard = await told(stage, "DownloadFailed")
    await stage.csms.silence(60)

    assert answer == ACCEPTED
    assert words(heard) == ["Downloading", "DownloadFailed"]
    assert files.asked == ["/firmware"] * 3


@case("TC_L_08_CS")
async def test_tc_l_08_broken_image(stage: Stage, files: FileServer, signer: Made) -> None:
    """What is signed and no firmware is found out, and the station goes on with what it has."""
    files.files["/firmware"] = BROKEN
    await stage.boot()
    answer = await order(stage, files, signer, signed=BROKEN)
    heard = await told(stage, "InstallVerificationFailed")
    await stage.charge()

    assert answer == ACCEPTED
    assert words(heard) == [*FETCHED, "InstallVerificationFailed"]
    assert len(stage.csms.all(said("BootNotification"))) == 1


@case("TC_L_08_CS")
async def test_tc_l_08_failed_installation(stage: Stage, files: FileServer, signer: Made) -> None:
    """What cannot be put in place is told, and every connector is available again."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    (stage.folder / f"{VERSION_FILE}.part").mkdir()
    answer = await order(stage, files, signer)
    heard = await told(stage, "InstallationFailed")
    await stage.csms.expect_each(status(1, "Available"), status(2, "Available"))

    assert answer == ACCEPTED
    assert words(heard) == [*FETCHED, "Installing", "InstallationFailed"]
    for evse in (1, 2):
        seen = [one["connectorStatus"] for one in statuses(stage, evse)]
        assert seen == ["Available", "Unavailable", "Available"]
    assert len(stage.csms.all(said("BootNotification"))) == 1


@case("TC_L_10_CS")
async def test_tc_l_10_second_request(stage: Stage, files: FileServer, signer: Made) -> None:
    """A second update takes the place of one that is being fetched, and has a number of its own."""
    files.files["/firmware"] = IMAGE
    files.answering.clear()
    await stage.boot()
    first = await order(stage, files, signer)
    await stage.csms.expect(said(FIRMWARE, status="Downloading", requestId=NUMBER))
    second = await order(stage, files, signer, number=NUMBER + 1)
    files.answering.set()
    heard = await told(stage, "Installed", NUMBER + 1)

    assert (first, second) == (ACCEPTED, {"status": "AcceptedCanceled"})
    assert words(heard) == FETCHED + INSTALLED
    assert words(stage.csms.all(said(FIRMWARE, requestId=NUMBER))) == ["Downloading"]


@case("TC_L_11_CS")
async def test_tc_l_11_no_way_back(
    stage: Stage, files: FileServer, signer: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing takes the place of an update that is being installed, and it goes on."""
    install = SimulatedUpdater.install

    async def slowly(updater: SimulatedUpdater, file: Path, progress: Progress) -> str:
        await stage.clock.sleep(SOON_S)
        return await install(updater, file, progress)

    monkeypatch.setattr(SimulatedUpdater, "install", slowly)
    files.files["/firmware"] = IMAGE
    await stage.boot()
    await order(stage, files, signer)
    await told(stage, "Installing")
    await stage.csms.expect_each(status(1, "Unavailable"), status(2, "Unavailable"))
    second = await order(stage, files, signer, number=NUMBER + 1)
    heard = await told(stage, "Installed")

    assert second["status"] == "Rejected"
    assert second["statusInfo"]["reasonCode"] == "FwUpdateInProgress"
    assert words(heard) == FETCHED + INSTALLED
    assert stage.csms.all(said(FIRMWARE, requestId=NUMBER + 1)) == []


@case("TC_L_14_CS")
async def test_tc_l_14_others_may_begin(stage: Stage, files: FileServer, signer: Made) -> None:
    """While a transaction is waited for, another may begin, and is waited for too."""
    files.files["/firmware"] = IMAGE
    await stage.boot({NEW_SESSIONS: True})
    await stage.charge(1)
    answer = await order(stage, files, signer)
    heard = await told(stage, "InstallScheduled")
    await stage.charge(2)
    stage.swipe(reader=1)
    await stage.hear_end("StopAuthorized", "Local")
    await stage.csms.silence(60, FIRMWARE)
    assert words(heard) == [*FETCHED, "InstallScheduled"]
    stage.swipe(reader=2)
    last = await stage.hear_end("StopAuthorized", "Local")
    heard = await told(stage, "Installed")

    assert answer == ACCEPTED
    assert words(heard) == [*FETCHED, "InstallScheduled", *INSTALLED]
    assert heard[4].at >= last.at
    await incident(stage, "FirmwareUpdated")


@case("TC_L_15_CS")
async def test_tc_l_15_nobody_may_begin(stage: Stage, files: FileServer, signer: Made) -> None:
    """While a transaction is waited for, what is free is out of use, and so is what gets free."""
    files.files["/firmware"] = IMAGE
    await stage.boot({NEW_SESSIONS: False})
    await stage.charge(1)
    answer = await order(stage, files, signer)
    await told(stage, "InstallScheduled")
    await stage.csms.expect(status(2, "Unavailable"))
    stage.swipe(reader=1)
    last = await stage.hear_end("StopAuthorized", "Local")
    heard = await told(stage, "Installed")

    assert answer == ACCEPTED
    assert words(heard) == [*FETCHED, "InstallScheduled", *INSTALLED]
    assert heard[4].at >= last.at
    await incident(stage, "FirmwareUpdated")


@case("TC_L_18_CS")
async def test_tc_l_18_unsigned(stage: Stage, files: FileServer) -> None:
    """Firmware that nobody vouches for is not even fetched."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    firmware = {
        "location": f"{files.url}/firmware",
        "retrieveDateTime": stage.csms.instant(),
    }
    answer = await stage.csms.call("UpdateFirmware", requestId=NUMBER, firmware=firmware)
    await stage.csms.silence(60)

    assert answer["status"] == "Rejected"
    assert files.asked == []


# --- asked for out of turn ---


@case("TC_F_17_CS")
@case("TC_F_18_CS")
@pytest.mark.parametrize("evse", [{}, {"evse": {"id": 1}}], ids=["absent", "not relevant"])
async def test_tc_f_17_18_nothing_to_install(stage: Stage, evse: dict[str, Any]) -> None:
    """Without an update the status is Idle, which has no number, whatever EVSE is named."""
    await stage.boot()
    answer = await stage.csms.call("TriggerMessage", requestedMessage=FIRMWARE, **evse)
    heard = await stage.csms.expect(said(FIRMWARE))

    assert answer == ACCEPTED
    assert heard.fields == {"status": "Idle"}


@case("TC_F_19_CS")
async def test_tc_f_19_downloading(stage: Stage, files: FileServer, signer: Made) -> None:
    """The status of an update that is under way is told again, with its number."""
    files.files["/firmware"] = IMAGE
    files.answering.clear()
    await stage.boot()
    await order(stage, files, signer)
    await stage.csms.expect(said(FIRMWARE, status="Downloading"))
    answer = await stage.csms.call("TriggerMessage", requestedMessage=FIRMWARE)
    heard = await stage.csms.expect(said(FIRMWARE))
    files.answering.set()
    await told(stage, "Installed")

    assert answer == ACCEPTED
    assert heard.fields == {"status": "Downloading", "requestId": NUMBER}
