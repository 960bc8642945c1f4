"""The power goes right after each step of an update: old or new runs, and the CSMS hears which.

A station process and its launcher are killed together, and started again unharmed. In each test
two stations go through the same at once, for much of a start is waiting: one speaks OCPP 1.6, the
other 2.0.1, both with one CSMS.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.backoffice.server import BackOffice
from laadpaal.protocols.ocpp import timestamp, v16, v201
from laadpaal.runtime.clock import RealClock
from laadpaal.updates.journal import Step
from laadpaal.updates.slots import PROGRAM
from laadpaal.updates.uploads import ARRIVING
from tests.conformance.stage import Ocpp
from tests.support.launched import SPEED, STATION, Launched
from tests.support.packages import SIGNER, archive, sealed
from tests.support.releases import CRASH, HANG, KILLED, NEVER_WELL, SILENT, script
from tests.support.site import Site, serving

PATIENCE_S = 60.0
LOOK_S = 0.05
"""Pause between two looks; nothing depends on it but how soon a change is seen."""
OLD, NEW = "1", "2"
SLOTS = {OLD: "a", NEW: "b"}
RUNS = {step: OLD for step in Step if step in ARRIVING} | {
    Step.INSTALLING: OLD,
    Step.READY_TO_ROLL: NEW,
    Step.TRIAL: NEW,
    Step.COMMITTED: NEW,
    Step.ROLLING_BACK: OLD,
    Step.ROLLED_BACK: OLD,
}
"""What runs in the end when the power goes after a step, as the table of the journal has it."""
FLAWED = {Step.ROLLING_BACK: HANG, Step.ROLLED_BACK: SILENT}
"""What the new release does where it is to be taken back; two more kinds come without a cut."""
NOTICED = {
    CRASH: "it ended with status 3",
    HANG: "it gave no sign of life in time",
    SILENT: "it gave no sign of life in time",
    NEVER_WELL: "it was not found good within 1 s",
}
"""Why the launcher takes it back."""
IMPATIENT = {HANG: {"watchdog": 3.0}, SILENT: {"start": 10.0}, NEVER_WELL: {"trial": 1.0}}
"""What the launcher is told, so that it notices soon."""
INSTALLED, FAILED = "Installed", "InstallationFailed"
ORDERED = ["Downloading", "Downloaded", "SignatureVerified", "Installing", "InstallRebooting"]
BROUGHT = ["Downloaded", "Installing", "InstallRebooting"]
FIRMWARE = ("FirmwareStatusNotification", "SignedFirmwareStatusNotification")


@dataclass(frozen=True, slots=True)
class Place:
    """A station and its CSMS, across all its starts."""

    ocpp: Ocpp
    launched: Launched
    office: BackOffice
    files: Site
    api: httpx.AsyncClient

    @property
    def identity(self) -> str:
        """Its name at the CSMS."""
        return name_of(self.ocpp)

    @asynccontextmanager
    async def started(
        self, die_at: str = "", **times: float
    ) -> AsyncIterator[subprocess.Popen[bytes]]:
        """Have the launcher run what it chooses, until the CSMS has heard of its start."""
        since = self.office.mark
        launcher = self.launched.start(die_at, **times)
        try:
            await self.office.wait_for(self.identity, "BootNotification", since=since)
            yield launcher
        finally:
            with suppress(ProcessLookupError):
                os.killpg(launcher.pid, signal.SIGKILL)
            launcher.wait()

    async def order(self, package: bytes) -> None:
        """Let the CSMS order a package."""
        self.files.files[f"/{self.identity}"] = package
        assert isinstance(SIGNER.key, ec.EllipticCurvePrivateKey)
        signature = b64encode(SIGNER.key.sign(package, ec.ECDSA(hashes.SHA256()))).decode()
        calls: Any = v16 if self.ocpp == "1.6" else v201
        asked = calls.Firmware(
            location=f"{self.files.url}/{self.identity}",
            retrieveDateTime=timestamp.render(0.0),
            signingCertificate=SIGNER.pem,
            signature=signature,
        )
        kind = v16.SignedUpdateFirmware if self.ocpp == "1.6" else v201.UpdateFirmware
        answer: Any = await self.office.call(
            self.identity, kind(requestId=7, firmware=asked, retries=0)
        )
        assert answer.status.value == "Accepted"

    async def bring(self, package: bytes) -> None:
        """Bring a package over HTTP; the power may go meanwhile."""
        with suppress(httpx.TransportError):
            answer = await self.api.post("/v1/firmware", content=package)
            assert answer.is_success, answer.text

    async def heard(self, word: str) -> None:
        """Return when the CSMS has heard this of firmware."""

        def look() -> bool | None:
            return word in self.told or None

        await self.office.record.bell.until(look, PATIENCE_S, f"{word} of {self.identity}")

    async def look(self, path: str) -> Any:
        """Return what the control API shows."""
        return (await self.api.get(path)).raise_for_status().json()

    async def until(self, path: str, seen: Callable[[Any], bool]) -> Any:
        """Return the first of what the control API shows that is as wanted."""
        async with asyncio.timeout(PATIENCE_S):
            while not seen(shown := await self.look(path)):  # noqa: ASYNC110  another process has no Event
                await asyncio.sleep(LOOK_S)
        return shown

    @property
    def told(self) -> list[str]:
        """Every status of firmware that the CSMS has heard, whoever has asked for the update."""
        heard: list[Any] = [
            call for it in FIRMWARE for call in self.office.record.since(0, self.identity, it)
        ]
        words = [call.status.value for call in heard]
        # What was on its way as the power went is told once more.
        return [word for at, word in enumerate(words) if word not in words[:at]]

    @property
    def booted(self) -> list[str]:
        """The version in every boot notification."""
        calls: list[Any] = list(self.office.record.since(0, self.identity, "BootNotification"))
        return [
            call.firmwareVersion if self.ocpp == "1.6" else call.chargingStation.firmwareVersion
            for call in calls
        ]


Way = Callable[[Place, bytes], Awaitable[None]]
BEGUN: Mapping[Way, list[str]] = {Place.order: ORDERED, Place.bring: BROUGHT}
"""What is told of an update while nobody knows yet how it ends."""
ONE_WAY = dict.fromkeys(ARRIVING, Place.bring) | {
    # The launcher knows of no way any more, so that one for each is enough.
    Step.ROLLING_BACK: Place.order,
    Step.ROLLED_BACK: Place.bring,
}
EVERY = [
    (step, way)
    for step in Step
    if step is not Step.NONE
    for way in ([ONE_WAY[step]] if step in ONE_WAY else BEGUN)
]


def name_of(ocpp: Ocpp) -> str:
    """Return the name of the station that speaks this version."""
    return f"LP{ocpp.replace('.', '')}"


@pytest.fixture
async def places(tmp_path: Path) -> AsyncIterator[list[Place]]:
    """Have a station for each version, and one CSMS for both."""
    versions: tuple[Ocpp, ...] = ("1.6", "2.0.1")
    async with BackOffice(RealClock(SPEED, trusted=True)) as office, serving() as files:
        made = []
        for ocpp in versions:
            csms = f'[csms]\nurl = "{office.url}"\nocpp = "{ocpp}"\nidentity = "{name_of(ocpp)}"\n'
            launched = Launched(tmp_path / name_of(ocpp), csms)
            api = httpx.AsyncClient(base_url=launched.api, timeout=PATIENCE_S)
            made.append(Place(ocpp, launched, office, files, api))
        yield made
        for place in made:
            await place.api.aclose()


async def at_each(places: list[Place], story: Callable[[Place], Awaitable[None]]) -> None:
    """Let the same happen everywhere."""
    await asyncio.gather(*map(story, places))


def package(place: Place, does: str) -> bytes:
    """Return a package with a release that is the station, or does something else."""
    program = script(place.launched.machine.folder, NEW, does).encode() if does else STATION
    return sealed(NEW, archive({PROGRAM: program}))


async def cut(place: Place, step: Step, way: Way) -> None:
    """Update until the power goes right after this step was written down."""
    does = FLAWED.get(step, "")
    async with place.started(step.value, **IMPATIENT.get(does, {})) as launcher:
        await way(place, package(place, does))
        assert await asyncio.to_thread(launcher.wait, PATIENCE_S) == KILLED
    assert place.launched.machine.journal.read().step is step
    assert INSTALLED not in place.told


async def settled(place: Place) -> None:
    """Return when there is nothing any more that the CSMS has yet to hear."""
    await place.until("/v1/firmware/release", lambda told: not told["on_trial"])
    await place.until("/v1/station", lambda seen: not seen["connection"]["csms"]["undelivered"])


async def one_runs(place: Place, version: str) -> None:
    """See that one release runs, which one, and that it is what starts from now on."""
    assert place.launched.running == [SLOTS[version]]
    assert (await place.look("/v1/firmware/release"))["version"] == version
    assert place.launched.machine.slots.current() == SLOTS[version]
    assert place.booted[-1] == version


def in_order(told: list[str], whole: list[str]) -> bool:
    """Tell whether nothing else was told, and nothing too early; some may have been left out."""
    return told == [word for word in whole if word in told]


@pytest.mark.parametrize(
    ("step", "way"), EVERY, ids=[f"{step.value}, {way.__name__}" for step, way in EVERY]
)
async def test_the_power_goes_at(places: list[Place], step: Step, way: Way) -> None:
    """One release runs after it, and what the CSMS hears of the update is true."""
    ends = () if step in ARRIVING else (INSTALLED if RUNS[step] == NEW else FAILED,)

    async def story(place: Place) -> None:
        await cut(place, step, way)
        async with place.started() as launcher:
            for end in ends:
                await place.heard(end)
            await settled(place)
            await one_runs(place, RUNS[step])
            launcher.terminate()
            assert await asyncio.to_thread(launcher.wait, PATIENCE_S) == 0
        assert place.launched.machine.journal.read().why == NOTICED.get(FLAWED.get(step, ""), "")
        assert place.told[-1:] == [*ends]
        assert in_order(place.told, [*BEGUN[way], *ends] if ends else [])

    await at_each(places, story)


@pytest.mark.parametrize("does", [CRASH, NEVER_WELL], ids=["it crashes", "it is never well"])
async def test_a_release_that_is_no_good_is_taken_back(places: list[Place], does: str) -> None:
    """By itself; the old one says that the installation has failed."""

    async def story(place: Place) -> None:
        async with place.started("", **IMPATIENT.get(does, {})):
            await place.order(package(place, does))
            await place.heard(FAILED)
            await settled(place)
            await one_runs(place, OLD)
        assert place.launched.machine.journal.read().why == NOTICED[does]
        assert place.told == [*ORDERED, FAILED]
        assert place.booted == [OLD, OLD]

    await at_each(places, story)


async def test_an_upload_that_stalls_spoils_no_update(places: list[Place]) -> None:
    """What the CSMS orders meanwhile is installed, and whoever stalls has brought nothing."""

    async def story(place: Place) -> None:
        brought, ordered = package(place, CRASH), package(place, "")
        begun, over = asyncio.Event(), asyncio.Event()

        async def stalling() -> AsyncIterator[bytes]:
            yield brought[: len(brought) // 2]
            begun.set()
            await over.wait()

        async with place.started():
            upload = asyncio.ensure_future(place.api.post("/v1/firmware", content=stalling()))
            await begun.wait()
            await place.until("/v1/firmware", lambda told: told["percent"])
            await place.order(ordered)
            await place.heard(INSTALLED)
            await settled(place)
            await one_runs(place, NEW)
            over.set()
            await asyncio.wait({upload})
        assert isinstance(upload.exception(), httpx.TransportError)
        assert place.told == [*ORDERED, INSTALLED]

    await at_each(places, story)
