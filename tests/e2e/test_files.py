"""Files of a real station: logs go and firmware comes while somebody charges, and all is told."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.backoffice.server import BackOffice
from laadpaal.protocols.ocpp import timestamp, v16, v201
from laadpaal.runtime.assembly import VAULT
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.runtime.firmware import FIRMWARE
from laadpaal.station.notices import TransactionEnded, TransactionStarted
from laadpaal.station.words import Token
from laadpaal.transfers import Trouble
from laadpaal.transfers.sink import FIRST
from tests.conformance.stage import Ocpp
from tests.runtime.stage import Stage, staged
from tests.support.certificates import Made, root
from tests.support.packages import PRODUCT, SIGNER, sealed, trust_maker
from tests.support.site import Site, serving

IDENTITY, CARD = "LP1", "04A1B2C3"
SPEED = 20.0
VERSION = "9.9.9"
PACKAGE = sealed(VERSION, b"payload" * 10_000)
DAMAGED = PACKAGE.replace(b"payload", b"Payload", 1)
PAYLOAD = bytes(1 << 20)
LARGE = len(sealed(VERSION, PAYLOAD))
AT_ONCE = timestamp.render(0.0)
Words = list[str]
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
CALLS: dict[Ocpp, Any] = {"1.6": v16, "2.0.1": v201}
SIGNED: dict[Ocpp, str] = {
    "1.6": "SignedFirmwareStatusNotification",
    "2.0.1": "FirmwareStatusNotification",
}
"""How what becomes of signed firmware is told."""


@dataclass
class Play:
    """A station that charges, its CSMS, and a place for files."""

    office: BackOffice
    stage: Stage
    site: Site
    clock: RealClock
    ocpp: Ocpp

    async def call(self, message: Any) -> Any:
        """Ask the station."""
        return await self.office.call(IDENTITY, message)

    async def until(self, action: str, word: str, since: int = 0) -> None:
        """Return once such a status has been told."""

        def told(call: Any) -> bool:
            return bool(call.status.value == word)

        await self.office.wait_for(IDENTITY, action, told, 30.0, since=since)

    def told(self, action: str) -> list[Any]:
        """Return all such messages, in order."""
        return list(self.office.record.since(0, IDENTITY, action))

    def words(self, action: str) -> Words:
        """Return their statuses."""
        return [call.status.value for call in self.told(action)]

    def charges(self) -> bool:
        """Tell whether the vehicle is still charging."""
        return self.stage.running.view().evses[0].contactor_closed

    async def stop(self) -> None:
        """Let the driver leave."""
        self.stage.bench.swipe(CARD, 0)
        await self.stage.ear.until(lambda: bool(self.stage.ear.all(TransactionEnded)))


@asynccontextmanager
async def playing(folder: Path, ocpp: Ocpp = "1.6") -> AsyncIterator[Play]:
    """Run everybody, with a vehicle that charges."""
    async with BackOffice(clock := RealClock(SPEED)) as office, serving() as site:
        csms = CsmsTable(url=office.url, ocpp=ocpp, identity=IDENTITY)
        async with staged(Config(folder=str(folder), api=None, csms=csms), clock) as stage:
            await stage.ear.until(lambda: stage.running.view().online)
            stage.bench.plug(1, 32.0)
            stage.bench.swipe(CARD, 0)
            await stage.ear.until(lambda: bool(stage.ear.all(TransactionStarted)))
            play = Play(office, stage, site, clock, ocpp)
            await stage.ear.until(play.charges)
            yield play


def signed(signer: Made, package: bytes) -> str:
    """Let the signer sign."""
    assert isinstance(signer.key, ec.EllipticCurvePrivateKey)
    return b64encode(signer.key.sign(package, ec.ECDSA(hashes.SHA256()))).decode()


def firmware(play: Play, number: int, signer: Made, package: bytes) -> Any:
    """Return the call for what is at the site, with a signature over `package`."""
    calls = CALLS[play.ocpp]
    asked = calls.Firmware(
        location=f"{play.site.url}/fw",
        retrieveDateTime=AT_ONCE,
        signingCertificate=signer.pem,
        signature=signed(signer, package),
    )
    kind = v16.SignedUpdateFirmware if play.ocpp == "1.6" else v201.UpdateFirmware
    return kind(requestId=number, firmware=asked, retries=0)


def security_log(play: Play, number: int, path: str) -> Any:
    """Return the call that wants the security log there."""
    calls = CALLS[play.ocpp]
    log = calls.LogParameters(remoteLocation=f"{play.site.url}{path}")
    return calls.GetLog(log=log, logType=calls.Log.SecurityLog, requestId=number)


def trusted(folder: Path) -> Made:
    """Put a manufacturer's root into the vault, and return a signer of its."""
    trust_maker(folder / VAULT)
    return SIGNER


async def test_diagnostics_are_sent_while_somebody_charges(tmp_path: Path) -> None:
    """The file has the name that was answered, and is there when Uploaded is told (TC_045_1)."""
    async with playing(tmp_path) as play:
        answer = await play.call(v16.GetDiagnostics(location=f"{play.site.url}/in/"))
        await play.until("DiagnosticsStatusNotification", "Uploaded")

        assert play.words("DiagnosticsStatusNotification") == ["Uploading", "Uploaded"]
        [(path, body)] = play.site.received.items()
        assert path == f"/in/{answer.fileName}"
        with zipfile.ZipFile(io.BytesIO(body)) as packed_:
            assert "TransactionStarted" in packed_.read("laadpaal.log").decode()
            assert packed_.read("flight.jsonl")
        assert play.charges()


async def test_an_upload_that_fails_is_told(tmp_path: Path) -> None:
    """After its retries, while charging goes on (TC_045_2)."""
    async with playing(tmp_path) as play:
        play.site.methods = frozenset()
        url = play.site.url.replace("://", "://anna:secret@")
        asked = v16.GetDiagnostics(location=f"{url}/", retries=1, retryInterval=1)
        await play.call(asked)
        await play.until("DiagnosticsStatusNotification", "UploadFailed")

        assert play.words("DiagnosticsStatusNotification") == ["Uploading", "UploadFailed"]
        assert len([head for head in play.site.heads if head.startswith("PUT")]) == 2
        assert play.charges()
    written = "".join(path.read_text() for path in _written(tmp_path))
    assert IDENTITY in written
    assert "secret@" not in written


def _written(folder: Path) -> list[Path]:
    return [folder / "laadpaal.log", folder / "flight.jsonl"]


@BOTH
async def test_the_security_log_is_sent(tmp_path: Path, ocpp: Ocpp) -> None:
    """With the number of its request in every status (TC_079)."""
    async with playing(tmp_path, ocpp) as play:
        answer = await play.call(security_log(play, 5, "/security"))
        await play.until("LogStatusNotification", "Uploaded")

        assert answer.status.value == "Accepted"
        told = [(call.status.value, call.requestId) for call in play.told("LogStatusNotification")]
        assert told == [("Uploading", 5), ("Uploaded", 5)]
        assert b":SECURITY:StartupOfTheDevice:" in play.site.received["/security"]
        assert play.charges()


@BOTH
async def test_a_log_takes_the_place_of_the_one_that_is_sent(tmp_path: Path, ocpp: Ocpp) -> None:
    """The answer says so, the first is sent no further, and the second arrives (N01)."""
    async with playing(tmp_path, ocpp) as play:
        begun, ended = asyncio.Event(), asyncio.Event()

        async def stall(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            begun.set()
            while await reader.read(1 << 16):
                pass
            ended.set()

        play.site.strange["/slow"] = stall
        answers = []
        for number, path in ((5, "/slow"), (6, "/second")):
            answers.append((await play.call(security_log(play, number, path))).status.value)
            async with asyncio.timeout(30.0):
                await begun.wait()
        await play.until("LogStatusNotification", "Uploaded")
        async with asyncio.timeout(30.0):
            await ended.wait()

        assert answers == ["Accepted", "AcceptedCanceled"]
        told = [(call.status.value, call.requestId) for call in play.told("LogStatusNotification")]
        assert told[0] == ("Uploading", 5)
        assert told[-2:] == [("Uploading", 6), ("Uploaded", 6)]
        assert list(play.site.received) == ["/second"]


async def test_unsigned_firmware_waits_until_nobody_charges(tmp_path: Path) -> None:
    """It is fetched at once, installed after the last transaction, and told truly (TC_044_1)."""
    async with playing(tmp_path) as play:
        play.site.files["/fw"] = PACKAGE
        await play.call(v16.UpdateFirmware(location=f"{play.site.url}/fw", retrieveDate=AT_ONCE))
        await play.until("FirmwareStatusNotification", "Downloaded")
        mark = play.office.mark
        assert await play.office.trigger(IDENTITY, "FirmwareStatusNotification") == "Accepted"
        await play.until("FirmwareStatusNotification", "Downloaded", mark)
        assert await play.office.remote_start(IDENTITY, Token(CARD), 2) == "Rejected"
        assert play.charges()
        before = play.words("FirmwareStatusNotification")
        await play.stop()
        await play.until("FirmwareStatusNotification", "Installed")

        after = play.words("FirmwareStatusNotification")[len(before) :]
        assert before == ["Downloading", "Downloaded", "Downloaded"]
        assert after == ["Installing", "Installed"]
        boots = [call.firmwareVersion for call in play.told("BootNotification")]
        assert boots[-1] == VERSION != boots[0]
        assert play.stage.running.layout.firmware == VERSION


@pytest.mark.parametrize(
    ("files", "last"),
    [({}, "DownloadFailed"), ({"/fw": DAMAGED}, "InstallationFailed")],
)
async def test_firmware_that_is_not_good_leaves_the_old_version(
    tmp_path: Path, files: dict[str, bytes], last: str
) -> None:
    """No file, or a bad image; the station never stops charging (TC_044_2, TC_044_3)."""
    async with playing(tmp_path) as play:
        play.site.files.update(files)
        before = play.stage.running.layout.firmware
        url = f"{play.site.url}/fw"
        await play.call(v16.UpdateFirmware(location=url, retrieveDate=AT_ONCE, retries=0))
        await play.until("FirmwareStatusNotification", last)

        assert play.words("FirmwareStatusNotification")[0] == "Downloading"
        assert play.stage.running.layout.firmware == before
        assert play.charges()
        await play.stop()
        assert play.stage.running.lives == 1


@BOTH
async def test_signed_firmware_is_installed(tmp_path: Path, ocpp: Ocpp) -> None:
    """Every status has the number of its request, and the update is a security event (TC_080)."""
    signer = trusted(tmp_path)
    async with playing(tmp_path, ocpp) as play:
        play.site.files["/fw"] = PACKAGE
        answer = await play.call(firmware(play, 7, signer, PACKAGE))
        assert answer.status.value == "Accepted"
        await play.until(SIGNED[ocpp], "InstallScheduled")
        assert play.charges()
        await play.stop()
        await play.until(SIGNED[ocpp], "Installed")

        told = play.told(SIGNED[ocpp])
        assert [call.status.value for call in told] == [
            "Downloading",
            "Downloaded",
            "SignatureVerified",
            "InstallScheduled",
            "Installing",
            "InstallRebooting",
            "Installed",
        ]
        assert {call.requestId for call in told} == {7}
        await _security_event(play, "FirmwareUpdated")


def beginning(product: str = PRODUCT, least_previous: str = "") -> bytes:
    """Return the first bytes of a package, as many as are looked at first."""
    return sealed(VERSION, PAYLOAD, product=product, least_previous=least_previous)[:FIRST]


async def _security_event(play: Play, kind: str) -> None:
    def told(call: Any) -> bool:
        return bool(call.type == kind)

    await play.office.wait_for(IDENTITY, "SecurityEventNotification", told, 30.0)


@BOTH
@pytest.mark.parametrize(
    ("head", "why"),
    [
        (beginning(product="toaster"), "this is for toaster"),
        (beginning(least_previous="9.9"), "version 9.9.9 follows 9.9 or later"),
        (b"<!DOCTYPE html>".ljust(FIRST), "this is no firmware package"),
    ],
    ids=["another product", "another version before it", "no package"],
)
async def test_a_wrong_file_is_known_by_its_head(
    tmp_path: Path, ocpp: Ocpp, head: bytes, why: str
) -> None:
    """It has not come, and that is what is told; how much more there would be does not matter."""
    signer = trusted(tmp_path)
    async with playing(tmp_path, ocpp) as play:
        asked: list[bytes] = []

        async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {LARGE}\r\n\r\n".encode() + head)
            asked.append(await reader.read())  # nothing, and then the station hangs up

        play.site.strange["/fw"] = begin
        call = firmware(play, 7, signer, head)
        await play.call(msgspec.structs.replace(call, retries=1, retryInterval=1))
        await play.until(SIGNED[ocpp], "DownloadFailed")

        assert play.words(SIGNED[ocpp]) == ["Downloading", "DownloadFailed"]
        assert len(asked) == 2
        assert play.charges()
    assert not (tmp_path / FIRMWARE).exists()
    assert f"{Trouble.WRONG_FILE.value}: {why}" in (tmp_path / "flight.jsonl").read_text()


@BOTH
@pytest.mark.parametrize("signed", [PACKAGE[:-1], PACKAGE + b"?"], ids=["longer", "shorter"])
async def test_a_wrong_signature_is_found_out(tmp_path: Path, ocpp: Ocpp, signed: bytes) -> None:
    """The file is another than what was signed (TC_081)."""
    signer = trusted(tmp_path)
    async with playing(tmp_path, ocpp) as play:
        play.site.files["/fw"] = PACKAGE
        await play.call(firmware(play, 7, signer, signed))
        await play.until(SIGNED[ocpp], "InvalidSignature")
        await _security_event(play, "InvalidFirmwareSignature")

        assert play.words(SIGNED[ocpp]) == [
            "Downloading",
            "Downloaded",
            "InvalidSignature",
        ]
        assert play.charges()


@BOTH
async def test_a_stranger_signs_in_vain(tmp_path: Path, ocpp: Ocpp) -> None:
    """Nothing is fetched, and the answer says why (L01)."""
    trusted(tmp_path)
    async with playing(tmp_path, ocpp) as play:
        play.site.files["/fw"] = PACKAGE
        stranger = root("maker").issue("signer")
        answer = await play.call(firmware(play, 7, stranger, PACKAGE))
        await _security_event(play, "InvalidFirmwareSigningCertificate")

        assert answer.status.value == "InvalidCertificate"
        assert play.site.heads == []
        assert play.told(SIGNED[ocpp]) == []


@BOTH
async def test_a_power_cut_while_firmware_comes_begins_it_anew(tmp_path: Path, ocpp: Ocpp) -> None:
    """The next life fetches the whole file, and installs it: nobody charges any more (S8)."""
    signer = trusted(tmp_path)
    async with playing(tmp_path, ocpp) as play:
        begun = asyncio.Event()

        async def stall(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nx")
            await writer.drain()
            begun.set()
            await reader.read()

        play.site.strange["/fw"] = stall
        await play.call(firmware(play, 7, signer, PACKAGE))
        async with asyncio.timeout(30.0):
            await begun.wait()
        del play.site.strange["/fw"]
        play.site.files["/fw"] = PACKAGE
        await play.stage.running.cut_power()
        await play.until(SIGNED[ocpp], "Installed")

        assert play.stage.running.layout.firmware == VERSION
        digest = hashlib.sha256(_read(tmp_path / "firmware.lpfw")).digest()
        assert digest == hashlib.sha256(PACKAGE).digest()


def _read(path: Path) -> bytes:
    return path.read_bytes()
