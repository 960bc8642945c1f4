"""The power goes at every step of an update: what runs is old or new, and the CSMS hears which."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.backoffice.server import BackOffice
from laadpaal.protocols.ocpp import timestamp, v16, v201
from laadpaal.runtime.assembly import VAULT
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable, UpdatesTable
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.launcher import SLOT, Launcher, Times
from laadpaal.updates.slots import PROGRAM
from tests.conformance.stage import Ocpp
from tests.runtime.stage import Stage, staged
from tests.support.packages import SIGNER, archive, sealed, trust_maker
from tests.support.releases import DONE, Machine
from tests.support.site import serving

IDENTITY = "LP1"
SPEED = 600.0
PACKAGE = sealed("2", archive({PROGRAM: b"#!/bin/sh\n"}))
STATUS = {"1.6": "SignedFirmwareStatusNotification", "2.0.1": "FirmwareStatusNotification"}
BEFORE = ["Downloading", "Downloaded", "SignatureVerified", "Installing", "InstallRebooting"]
INSTALLED, FAILED = "Installed", "InstallationFailed"
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])


class PowerCutError(Exception):
    """The power goes."""


@dataclass
class Site:
    """A station with slots, its launcher and its CSMS, across all its starts."""

    folder: Path
    machine: Machine
    office: BackOffice
    clock: RealClock
    ocpp: Ocpp
    monkeypatch: pytest.MonkeyPatch
    url: str

    def launched(self) -> str:
        """Return the slot that the launcher starts now."""
        return Launcher(self.machine.folder, [], Times())._chosen()

    @asynccontextmanager
    async def started(self, slot: str) -> AsyncIterator[Stage]:
        """Start the station from a slot."""
        self.monkeypatch.setenv(SLOT, slot)
        csms = CsmsTable(url=self.office.url, ocpp=self.ocpp, identity=IDENTITY)
        updates = UpdatesTable(folder=str(self.machine.folder))
        config = Config(folder=str(self.folder), api=None, csms=csms, updates=updates)
        async with staged(config, self.clock) as stage:
            await stage.ear.until(lambda: stage.running.view().online)
            yield stage

    async def order(self) -> None:
        """Let the CSMS order version 2."""
        assert isinstance(SIGNER.key, ec.EllipticCurvePrivateKey)
        signature = b64encode(SIGNER.key.sign(PACKAGE, ec.ECDSA(hashes.SHA256()))).decode()
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

    async def update(self) -> None:
        """Have version 2 installed, until the launcher is to start it, or the power goes."""
        async with self.started(self.launched()) as stage:
            await self.order()
            async with asyncio.timeout(30.0):
                await stage.running.over.wait()

    async def outcome(self) -> str:
        """Start what is to run until the CSMS has heard how the update ended; return which runs."""
        slot = self.launched()
        async with self.started(slot) as stage:
            await self.office.wait_for(IDENTITY, STATUS[self.ocpp], self._last, 30.0, since=0)
            await stage.ear.until(lambda: not stage.running.view().release.on_trial)
            return stage.running.layout.firmware

    def _last(self, call: Any) -> bool:
        return call.status.value in {INSTALLED, FAILED}

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

    def cut_at(self, step: Step) -> None:
        """Let the power go right after that step is written down."""
        write = Journal.write

        def write_and_die(journal: Journal, entry: Entry) -> None:
            write(journal, entry)
            if entry.step is step:
                self.monkeypatch.setattr(Journal, "write", write)  # it comes back
                raise PowerCutError

        self.monkeypatch.setattr(Journal, "write", write_and_die)


@pytest.fixture
async def site(tmp_path: Path, ocpp: Ocpp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """Have version 1 in slot a, and version 2 where the CSMS says."""
    machine = Machine(tmp_path / "slots")
    machine.put("a", "1", DONE)
    machine.slots.switch("a")
    trust_maker(tmp_path / "station" / VAULT)
    async with BackOffice(clock := RealClock(SPEED)) as office, serving() as files:
        files.files["/fw"] = PACKAGE
        url = f"{files.url}/fw"
        yield Site(tmp_path / "station", machine, office, clock, ocpp, monkeypatch, url)


@BOTH
async def test_without_a_power_cut_it_is_installed(site: Site) -> None:
    """Installed is told when nothing takes it back any more, five minutes after its start."""
    await site.update()
    assert site.machine.journal.read().step is Step.READY_TO_ROLL

    assert await site.outcome() == "2"
    assert site.told == [*BEFORE, INSTALLED]
    assert site.boots == ["1", "2"]
    assert site.machine.slots.current() == "b"


@BOTH
@pytest.mark.parametrize(
    ("step", "version", "last"),
    [(Step.INSTALLING, "1", FAILED), (Step.READY_TO_ROLL, "2", INSTALLED)],
)
async def test_the_power_goes_while_it_is_installed(
    site: Site, step: Step, version: str, last: str
) -> None:
    """The old one, for the new one is not whole; or the new one, for it is."""
    site.cut_at(step)
    with pytest.raises(ExceptionGroup) as caught:
        await site.update()
    assert caught.group_contains(PowerCutError)

    assert await site.outcome() == version
    assert site.told[-1] == last
    assert site.boots[-1] == version


@BOTH
@pytest.mark.parametrize("step", [Step.TRIAL, Step.COMMITTED])
async def test_the_power_goes_while_it_is_tried(site: Site, step: Step) -> None:
    """As its start is written down, and as it is kept: either is the new one in the end."""
    await site.update()
    site.cut_at(step)
    if step is Step.TRIAL:
        with pytest.raises(PowerCutError):
            site.launched()
    else:
        with pytest.raises(ExceptionGroup) as caught:
            await site.outcome()
        assert caught.group_contains(PowerCutError)
    assert INSTALLED not in site.told

    assert await site.outcome() == "2"
    assert site.told == [*BEFORE, INSTALLED]
    assert site.machine.slots.current() == "b"


@BOTH
@pytest.mark.parametrize("step", [None, Step.ROLLING_BACK, Step.ROLLED_BACK])
async def test_a_version_that_is_taken_back_was_not_installed(
    site: Site, step: Step | None
) -> None:
    """The old one says so, also when the power goes while it is taken back."""
    await site.update()
    launcher = Launcher(site.machine.folder, [], Times())
    assert launcher._chosen() == "b"
    if step:
        site.cut_at(step)
        with pytest.raises(PowerCutError):
            launcher._judge("b", "it ended with status 1")
    else:
        launcher._judge("b", "it ended with status 1")

    assert await site.outcome() == "1"
    assert site.told == [*BEFORE, FAILED]
    assert site.boots == ["1", "1"]
    assert site.machine.journal.read().why == "it ended with status 1"
