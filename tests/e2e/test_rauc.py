"""A board with RAUC: an update is ordered or brought, tried by the next start, and told truly."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from typer.testing import CliRunner

from laadpaal.backoffice.server import BackOffice
from laadpaal.cli.app import app
from laadpaal.protocols.ocpp import timestamp, v16, v201
from laadpaal.runtime import runs
from laadpaal.runtime.assembly import VAULT
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ApiTable, Config, CsmsTable
from laadpaal.runtime.updates_table import UpdatesTable
from laadpaal.updates.journal import Entry, Journal, Step
from tests.conformance.stage import Ocpp
from tests.runtime.stage import Stage, logged, staged
from tests.support.packages import SIGNER, trust_maker
from tests.support.rauc import NEW, OLD, Board, bundle
from tests.support.site import serving

IDENTITY = "LP1"
SPEED = 600.0
STATUS = {"1.6": "SignedFirmwareStatusNotification", "2.0.1": "FirmwareStatusNotification"}
BEFORE = ["Downloading", "Downloaded", "SignatureVerified", "Installing", "InstallRebooting"]
INSTALLED, FAILED = "Installed", "InstallationFailed"
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])


class PowerCutError(Exception):
    """The power goes."""


@dataclass
class Site:
    """A board, the station on it, and its CSMS, across all starts of the machine."""

    folder: Path
    board: Board
    office: BackOffice
    clock: RealClock
    ocpp: Ocpp
    url: str
    files: dict[str, bytes]
    reboot: tuple[str, ...]

    def config(self) -> Config:
        """Return the configuration of the station."""
        csms = CsmsTable(url=self.office.url, ocpp=self.ocpp, identity=IDENTITY)
        updates = UpdatesTable(kind="rauc", program=self.board.rauc, reboot=self.reboot)
        api = ApiTable(port=0)
        return Config(folder=str(self.folder), api=api, csms=csms, updates=updates)

    @asynccontextmanager
    async def started(self) -> AsyncIterator[Stage]:
        """Start the station in the slot that has come up; the machine ends it with the block."""
        async with staged(self.config(), self.clock) as stage:
            await stage.ear.until(lambda: stage.running.view().online)
            yield stage

    async def order(self, content: bytes) -> None:
        """Let the CSMS order a bundle, with a signature over the whole of it."""
        self.files["/fw"] = content
        assert isinstance(SIGNER.key, ec.EllipticCurvePrivateKey)
        signature = b64encode(SIGNER.key.sign(content, ec.ECDSA(hashes.SHA256()))).decode()
        calls: Any = v16 if self.ocpp == "1.6" else v201
        asked = calls.Firmware(
            location=self.url,
            retrieveDateTime=timestamp.render(0.0),
            signingCertificate=SIGNER.pem,
            signature=signature,
        )
        kind = v16.SignedUpdateFirmware if self.ocpp == "1.6" else v201.UpdateFirmware
        told = kind(requestId=7, firmware=asked, retries=0)
        answer: Any = await self.office.call(IDENTITY, told)
        assert answer.status.value == "Accepted"

    async def updated(self) -> None:
        """Have version 2 ordered, and the machine start anew, until the CSMS hears how it ended."""
        async with self.started():
            await self.order(bundle("2"))
            await self.board.wants_to_boot()
        self.board.boot()
        async with self.started():
            await self.heard(INSTALLED, FAILED)

    async def heard(self, *last: str) -> None:
        """Return once the CSMS has heard one of these."""

        def said(call: Any) -> bool:
            return call.status.value in last

        await self.office.wait_for(IDENTITY, STATUS[self.ocpp], said, 30.0, since=0)

    @property
    def told(self) -> list[str]:
        """Every status that the CSMS has heard, without repetitions of what was on its way."""
        calls: list[Any] = list(self.office.record.since(0, IDENTITY, STATUS[self.ocpp]))
        words = [call.status.value for call in calls]
        return [word for at, word in enumerate(words) if word not in words[:at]]

    @property
    def boots(self) -> list[str]:
        """The version in every boot notification."""
        calls: list[Any] = list(self.office.record.since(0, IDENTITY, "BootNotification"))
        return [
            call.firmwareVersion if self.ocpp == "1.6" else call.chargingStation.firmwareVersion
            for call in calls
        ]


@pytest.fixture
async def site(tmp_path: Path, ocpp: Ocpp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """Have version 1 run, and a place for what the CSMS orders."""
    board = Board.made(tmp_path / "board")
    monkeypatch.setattr(runs, "BOOT_ID", board.boot_id)
    trust_maker(tmp_path / "station" / VAULT)
    async with BackOffice(clock := RealClock(SPEED)) as office, serving() as files:
        url, folder = f"{files.url}/fw", tmp_path / "station"
        yield Site(folder, board, office, clock, ocpp, url, files.files, (board.reboot,))


@BOTH
async def test_an_update_is_installed_by_the_next_start_of_the_machine(site: Site) -> None:
    """Installed is told once the slot is marked good, after five minutes in which all was well."""
    async with site.started():
        await site.order(bundle("2"))
        await site.board.wants_to_boot()
    assert site.told == BEFORE
    assert site.board.primary == NEW
    assert site.board.boot() == NEW
    async with site.started():
        await site.heard(INSTALLED, FAILED)

    assert site.told == [*BEFORE, INSTALLED]
    assert site.boots == ["1", "2"]
    assert site.board.state["slots"][NEW]["left"] == 3
    async with site.started() as stage:
        assert not stage.running.view().release.on_trial


@BOTH
@pytest.mark.parametrize("version", ["2", "1"])
async def test_a_slot_that_does_not_come_up_was_not_installed(site: Site, version: str) -> None:
    """The boot loader falls back, and the old version says so; also when both have one name."""
    async with site.started():
        await site.order(bundle(version, sound=False))
        await site.board.wants_to_boot()
    assert site.board.boot() == OLD
    async with site.started() as stage:
        await site.heard(INSTALLED, FAILED)
        assert stage.running.view().release.code.name == "ROLLED_BACK"

    assert site.told == [*BEFORE, FAILED]
    assert site.boots == ["1", "1"]
    assert site.board.primary == OLD


@BOTH
@pytest.mark.parametrize(
    ("step", "version", "last"),
    [
        (Step.INSTALLING, "1", FAILED),
        (Step.READY_TO_ROLL, "2", INSTALLED),
        (Step.TRIAL, "2", INSTALLED),
        (Step.COMMITTED, "2", INSTALLED),
    ],
)
async def test_the_power_goes_at_a_step_of_an_update(
    site: Site, monkeypatch: pytest.MonkeyPatch, step: Step, version: str, last: str
) -> None:
    """What runs after it is old or new, and the CSMS hears which."""
    write = Journal.write

    def write_and_die(journal: Journal, entry: Entry) -> None:
        write(journal, entry)
        if entry.step is step:
            monkeypatch.setattr(Journal, "write", write)  # it comes back
            raise PowerCutError

    monkeypatch.setattr(Journal, "write", write_and_die)
    with pytest.raises((PowerCutError, ExceptionGroup)) as caught:
        await site.updated()
    assert caught.type is PowerCutError or caught.group_contains(PowerCutError)
    assert INSTALLED not in site.told

    site.board.boot()
    async with site.started() as stage:
        await site.heard(INSTALLED, FAILED)
        assert stage.running.layout.firmware == version
    assert site.told[-1] == last
    assert site.boots[-1] == version


@BOTH
async def test_a_machine_that_does_not_start_anew_has_not_installed_it(site: Site) -> None:
    """The station goes on in a next life, with the version that it has."""
    site.reboot = ("sh", "-c", "echo 'Access denied' >&2; exit 1")
    async with site.started() as stage:
        await site.order(bundle("2"))
        await site.heard(INSTALLED, FAILED)
        assert stage.running.lives == 2

    assert site.told == [*BEFORE, FAILED]
    assert site.boots == ["1", "1"]
    assert site.board.primary == OLD
    assert any("does not start, Access denied" in line for line in logged(site.config()))


@pytest.mark.parametrize("ocpp", ["2.0.1"])
@pytest.mark.parametrize(
    ("content", "last"),
    [
        (bundle("2", by="stranger"), "InvalidSignature"),
        (bundle("2", compatible="toaster"), "InstallVerificationFailed"),
        (bundle("2")[:50], "DownloadFailed"),
    ],
    ids=["stranger", "toaster", "cut"],
)
async def test_a_bundle_that_rauc_does_not_take_is_not_installed(
    site: Site, content: bytes, last: str
) -> None:
    """Whoever has ordered it hears why."""
    async with site.started():
        await site.order(content)
        await site.heard(last)

    assert site.board.asked("install") == 0


@pytest.mark.parametrize("ocpp", ["2.0.1"])
async def test_a_bundle_is_brought_kept_and_gone_back_from_by_hand(
    site: Site, tmp_path: Path
) -> None:
    """By the command, and by whatever HTTP has; a bad one is refused at once."""

    async def update(stage: Stage, *words: str) -> str:
        given = ["update", *words, "--api", str(stage.station.api)]
        told = await asyncio.to_thread(CliRunner().invoke, app, given)
        assert told.exit_code == 0, told.output
        return told.output

    site.clock = RealClock()  # no version keeps itself meanwhile
    file = tmp_path / "firmware.raucb"
    file.write_bytes(bundle("2"))
    async with site.started() as stage, httpx.AsyncClient(base_url=str(stage.station.api)) as by:
        bad = await by.put("/v1/firmware", content=bundle("2", by="stranger"))
        assert (bad.status_code, "signature verification failed" in bad.text) == (400, True)
        assert (await by.put("/v1/firmware", content=b"no bundle" * 99)).status_code == 415
        assert "version 2 is installed" in await update(stage, "install", str(file))
        await site.board.wants_to_boot()
    assert site.board.boot() == NEW
    async with site.started() as stage:
        assert "version 2 runs, on trial" in await update(stage, "status")
        await update(stage, "commit")
        await stage.ear.until(lambda: not stage.running.view().release.on_trial)
        assert "version 1 could run instead" in await update(stage, "status")
        await update(stage, "rollback")
        await site.board.wants_to_boot()

    assert site.board.boot() == OLD
    async with site.started() as stage:
        assert stage.running.layout.firmware == "1"
        assert stage.running.view().release.code.name == "ROLLED_BACK"
