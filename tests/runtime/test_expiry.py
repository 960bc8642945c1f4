"""Certificates that end soon are told of in time, and each warning once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from laadpaal.ports.vault import Use
from laadpaal.runtime.expiry import DAY_S, Expiry, Kept, kept
from laadpaal.station.events import Event, SecurityIncident
from laadpaal.station.moment import Moment
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import ShownTo
from laadpaal.storage.vault import FileVault
from tests.support.certificates import Life, root
from tests.support.jumping import LoopClock, jump

LOG = logging.getLogger("laadpaal.test.expiry")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def lasting(days: float) -> Life:
    return Life(START - timedelta(days=100), START + timedelta(days=days))


@dataclass
class DoubtfulClock(LoopClock):
    """Is a clock that nobody vouches for until it is corrected."""

    trusted: bool = False

    def __post_init__(self) -> None:
        super().__init__(START.timestamp())

    def now(self) -> Moment:
        moment = super().now()
        return Moment(moment.mono, moment.utc, self.trusted)


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    return FileVault(tmp_path / "vault", LOG)


def watched(vault: FileVault, days: float, ca_file: str = "") -> list[Event]:
    """Watch for so many days, and return what the station was told."""
    told: list[Event] = []

    async def story() -> None:
        clock = LoopClock(START.timestamp())
        watching = asyncio.ensure_future(
            Expiry(lambda: kept(vault, ca_file), clock, LOG, told.append).run()
        )
        await clock.sleep(days * DAY_S)
        watching.cancel()

    jump(story())
    return told


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_each_warning_comes_once_and_the_end_too(
    vault: FileVault, caplog: pytest.LogCaptureFixture
) -> None:
    """30, 7 and 1 days before, and when it is over; the station hears only of the end."""
    vault.add_root(Use.CSMS_ROOT, root("top", lasting(40)).pem)
    told = watched(vault, 60)

    assert lines(caplog) == [
        "The CSMS root CN=top ends within 30 days, on 2026-04-10",
        "The CSMS root CN=top ends within 7 days, on 2026-04-10",
        "The CSMS root CN=top ends within a day, on 2026-04-10",
        "The CSMS root CN=top has ended on 2026-04-10",
    ]
    assert told == [SecurityIncident(SecurityKind.BAD_CSMS_CERTIFICATE, lines(caplog)[-1])]
    assert {getattr(record, "facility", "") for record in caplog.records} == {"SECURITY"}


def test_every_kind_is_watched(
    vault: FileVault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Roots of each use, those of the file, and the station's own certificates.

    For a root that vouches for vehicles or contracts there is no security event.
    """
    vault.add_root(Use.MANUFACTURER_ROOT, root("maker", lasting(-1)).pem)
    vault.add_root(Use.V2G_ROOT, root("v2g", lasting(-1)).pem)
    vault.add_root(Use.MO_ROOT, root("mo", lasting(0.9)).pem)
    asked = vault.begin_request("LP1", "Owner", ShownTo.VEHICLES)
    public = x509.load_pem_x509_csr(asked.encode())
    made = root("v2g").issue("LP1", lasting(-2), public=public)
    vault.complete_request(made.chain, ShownTo.VEHICLES)
    wanted = x509.load_pem_x509_csr(vault.begin_request("LP1", "Owner").encode())
    vault.complete_request(root("top").issue("LP1", lasting(-2), public=wanted).chain)
    file = tmp_path / "roots.pem"
    file.write_text(root("one", lasting(5)).pem + root("two", lasting(500)).pem)
    told = watched(vault, 0.5, str(file))

    assert sorted(lines(caplog)) == [
        "The CSMS root CN=one ends within 7 days, on 2026-03-06",
        "The V2G root CN=v2g has ended on 2026-02-28",
        "The manufacturer root CN=maker has ended on 2026-02-28",
        "The mobility operator root CN=mo ends within a day, on 2026-03-02",
        "The station's own certificate CN=LP1 has ended on 2026-02-27",
        "The station's own certificate for vehicles CN=LP1 has ended on 2026-02-27",
    ]
    assert [event.kind for event in told if isinstance(event, SecurityIncident)] == [
        SecurityKind.BAD_FIRMWARE_CERTIFICATE,
        SecurityKind.BAD_STATION_CERTIFICATE,
        SecurityKind.BAD_STATION_CERTIFICATE,
    ]


@pytest.mark.parametrize("content", [None, b"", b"\xff"])
def test_a_file_that_cannot_be_read_is_no_matter(
    content: bytes | None, vault: FileVault, tmp_path: Path
) -> None:
    """Whoever connects with it says so."""
    file = tmp_path / "roots.pem"
    if content is not None:
        file.write_bytes(content)

    assert watched(vault, 2, str(file)) == []


def test_a_new_certificate_is_seen_the_next_day(
    vault: FileVault, caplog: pytest.LogCaptureFixture
) -> None:
    """What there is is asked for each time."""
    made = root("late", lasting(20))
    days: list[int] = []

    def growing() -> Iterator[Kept]:
        days.append(len(days))
        if len(days) == 3:
            vault.add_root(Use.CSMS_ROOT, made.pem)
        return kept(vault)

    async def story() -> None:
        clock = LoopClock(START.timestamp())
        watching = asyncio.ensure_future(Expiry(growing, clock, LOG, lambda _event: None).run())
        await clock.sleep(2.5 * DAY_S)
        watching.cancel()

    jump(story())

    assert lines(caplog) == ["The CSMS root CN=late ends within 30 days, on 2026-03-21"]


def test_nothing_is_said_without_a_clock_to_trust(
    vault: FileVault, caplog: pytest.LogCaptureFixture
) -> None:
    """Once there is one, it takes at most an hour."""
    vault.add_root(Use.CSMS_ROOT, root("top", lasting(3)).pem)
    seen: list[int] = []

    async def story() -> None:
        clock = DoubtfulClock()
        watching = asyncio.ensure_future(
            Expiry(lambda: kept(vault), clock, LOG, lambda _event: None).run()
        )
        await clock.sleep(DAY_S)
        seen.append(len(caplog.records))
        clock.trusted = True
        await clock.sleep(3_601)
        seen.append(len(caplog.records))
        watching.cancel()

    jump(story())

    assert seen == [0, 1]
