"""The link over wss with a password: who is let in, who is not, and what stays secret."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import logging
import re
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.server import BackOffice
from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.runtime.web_table import WebTable
from tests.runtime.test_web import SECRET, browser, first_password

IDENTITY = "LP1"
PASSWORD, NEXT_PASSWORD, WRONG_PASSWORD = (
    "correct-horse-1234",
    "battery-staple-56",
    "Tr0ub4dor&3-wrong",
)
PATIENCE_S = 30.0
SPEED = 20.0
HOST = "127.0.0.1"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
CENTURY = dt.timedelta(days=36_500)
BACK_OFF: dict[str, str | int | float | bool] = {"20F6_1": 1, "20F6_2": 0}
PASSWORD_NAMES = {"1.6": "AuthorizationKey", "2.0.1": "SecurityCtrlr.BasicAuthPassword"}
PROFILE_NAMES = {"1.6": "SecurityProfile", "2.0.1": "SecurityCtrlr.SecurityProfile"}
FLAWS = {
    "stranger": "unknown root: leaf certificate CN=csms is signed by nobody we know",
    "another host": "another host: leaf certificate CN=csms for 127.0.0.2",
    "expired": "has expired: leaf certificate CN=csms has expired (2020-12-31)",
}
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])


@dataclass(frozen=True, slots=True)
class Authority:
    """Signs certificates."""

    name: x509.Name
    key: EllipticCurvePrivateKey

    def root(self, file: Path) -> str:
        """Write its own certificate, and return where."""
        file.write_bytes(self.pem())
        return str(file)

    def pem(self) -> bytes:
        """Return its own certificate."""
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        return self._certificate(self.name, self.key, CENTURY, constraints)

    def server(self, file: Path, host: str = HOST, lasts: dt.timedelta = CENTURY) -> ssl.SSLContext:
        """Return the server's side for a host, valid that long from 2020 on."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(private + self._certificate(_name("csms"), key, lasts, names))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(file)
        return context

    def _certificate(
        self,
        subject: x509.Name,
        key: EllipticCurvePrivateKey,
        lasts: dt.timedelta,
        extension: x509.ExtensionType,
    ) -> bytes:
        ours = self.key.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(LONG_AGO)
            .not_valid_after(LONG_AGO + lasts)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ours), critical=False)
            .sign(self.key, hashes.SHA256())
            .public_bytes(serialization.Encoding.PEM)
        )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def authority(name: str) -> Authority:
    """Return a new one."""
    return Authority(_name(name), ec.generate_private_key(ec.SECP256R1()))


class Lines(logging.Handler):
    """Keeps what a log was told, and wakes who waits for a line."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str]] = []
        self._bell = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append((record.levelname, record.getMessage()))
        self._bell.set()

    async def until(self, seen: Callable[[str, str], bool]) -> str:
        """Return the first line whose level and text are so, once it is there."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := [text for level, text in self.told if seen(level, text)]):
                self._bell.clear()
                await self._bell.wait()
        return found[0]

    async def failure(self) -> str:
        """Return why there was no connection, as it was warned of."""
        return await self.until(
            lambda level, text: level == "WARNING" and text.startswith("No connection to ")
        )


@dataclass
class Play:
    """A station that dials a back office.

    Args:
        log: Of the station, everything.
        door: Of the back office.
    """

    office: BackOffice
    station: Station
    folder: Path
    log: Lines = field(default_factory=Lines)
    door: Lines = field(default_factory=Lines)


@asynccontextmanager
async def playing(
    ocpp: Any,
    folder: Path,
    tls: ssl.SSLContext,
    ca_file: str,
    password: str = PASSWORD,
    web: WebTable | None = None,
) -> AsyncIterator[Play]:
    """Run a back office that knows `PASSWORD`, and a station that trusts `ca_file`."""
    clock = RealClock(SPEED, trusted=True)
    play_log, door = Lines(), Lines()
    policy = Policy(passwords={IDENTITY: PASSWORD})
    with heard("laadpaal.test.secure", play_log) as log, heard("laadpaal.test.door", door) as outer:
        async with BackOffice(clock, policy, tls=tls, log=outer) as office:
            table = CsmsTable(
                url=office.url, ocpp=ocpp, identity=IDENTITY, password=password, ca_file=ca_file
            )
            config = Config(csms=table, api=None, web=web, folder=str(folder), settings=BACK_OFF)
            async with assembled(config, clock, log) as station:
                yield Play(office, station, folder, play_log, door)


@contextmanager
def heard(name: str, lines: Lines) -> Iterator[logging.Logger]:
    """Keep everything that a log is told, down to DEBUG."""
    log = logging.getLogger(name)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(lines)
    try:
        yield log
    finally:
        log.removeHandler(lines)


def written(folder: Path) -> str:
    """Return what is in the log and the flight recorder, with the cut lines of the log whole."""
    pieces = (folder / "laadpaal.log").read_text().splitlines()
    log = "".join(re.sub(r"^\S+Z:[A-Z]+:[^:]+:\d+:", "", piece) for piece in pieces)
    return log + (folder / "flight.jsonl").read_text()


def credentials(password: str) -> str:
    """Return how a password travels."""
    return b64encode(f"{IDENTITY}:{password}".encode()).decode()


def leaked(folder: Path, *passwords: str) -> list[str]:
    """Return the passwords that somebody could read in the files."""
    text = written(folder)
    assert IDENTITY in text  # there is something to find
    spelled = {one: (one, one.encode().hex(), credentials(one)) for one in passwords}
    return [one for one, ways in spelled.items() if any(way in text for way in ways)]


@BOTH
async def test_a_password_over_tls_lets_the_station_in(ocpp: str, tmp_path: Path) -> None:
    """It boots, knows its security profile, and shows a new password at the next connection."""
    ours = authority("ours")
    tls = ours.server(tmp_path / "csms.pem")
    async with playing(ocpp, tmp_path, tls, ours.root(tmp_path / "root.pem")) as play:
        office = play.office
        await office.connected(IDENTITY)
        spoken = office.stations()
        profile = await office.get_config(IDENTITY, PROFILE_NAMES[ocpp])
        spelled = NEXT_PASSWORD.encode().hex() if ocpp == "1.6" else NEXT_PASSWORD
        taken = await office.set_config(IDENTITY, PASSWORD_NAMES[ocpp], spelled)
        office.policy = Policy(passwords={IDENTITY: NEXT_PASSWORD})
        await office.drop(IDENTITY)
        await office.connected(IDENTITY)
        registered = play.station.running.state()["registration"]

    assert spoken == {IDENTITY: f"ocpp{ocpp}"}
    assert (profile, taken, registered) == ("2", "Accepted", "Accepted")
    assert office.problems == []
    assert [text for level, text in play.log.told if level == "ERROR"] == []
    assert leaked(tmp_path, PASSWORD, NEXT_PASSWORD) == []


@BOTH
@pytest.mark.parametrize("flaw", FLAWS)
async def test_a_certificate_that_proves_nothing_is_refused(
    ocpp: str, flaw: str, tmp_path: Path
) -> None:
    """Nothing is said to the server, and the log warns and says what is wrong with it."""
    ours = authority("ours")
    ca_file = ours.root(tmp_path / "root.pem")
    signer = authority("ours") if flaw == "stranger" else ours
    host = "127.0.0.2" if flaw == "another host" else HOST
    tls = signer.server(
        tmp_path / "csms.pem", host, dt.timedelta(365) if flaw == "expired" else CENTURY
    )
    async with playing(ocpp, tmp_path, tls, ca_file) as play:
        warning = await play.log.failure()
        again = await play.log.until(
            lambda level, text: (level, text[:13]) == ("DEBUG", "No connection")
        )
        online = play.station.running.view().online

    assert FLAWS[flaw] in warning
    assert warning == again
    assert not online
    assert play.office.stations() == {}
    assert play.office.received.total() == 0
    assert leaked(tmp_path, PASSWORD) == []


async def test_a_root_of_an_installers_tool_is_trusted_at_once(tmp_path: Path) -> None:
    """It comes over HTTPS, and opens the next connection without a restart; the rules know it."""
    ours = authority("ours")
    tls = ours.server(tmp_path / "csms.pem")
    strange = authority("strange").root(tmp_path / "strange.pem")
    web = WebTable(host=HOST, port=0, announce=False)
    async with playing("1.6", tmp_path, tls, strange, web=web) as play:
        running = play.station.running
        await play.log.failure()
        before = (running.view().online, running.view().security.roots, running.lives)
        await first_password(play.station.web)
        async with browser(play.station.web) as tool:
            login = {"username": "admin", "password": SECRET}
            assert (await tool.post("/api/login", json=login)).status_code == 200
            body = {"cmd": "add", "type": 17, "data": ours.pem().hex().upper()}
            answer = await tool.post("/api/domain", json=body)
        await play.office.connected(IDENTITY)
        after = (running.view().security.roots, running.lives)

    assert (answer.status_code, answer.content) == (200, b"")
    assert before == (False, 0, 1)
    assert after == (1, 1)


@BOTH
async def test_a_wrong_password_is_refused_and_told(ocpp: str, tmp_path: Path) -> None:
    """The server says 401 and the log of the station warns of it; right one, and it is in."""
    ours = authority("ours")
    tls = ours.server(tmp_path / "csms.pem")
    ca_file = ours.root(tmp_path / "root.pem")
    async with playing(ocpp, tmp_path, tls, ca_file, WRONG_PASSWORD) as play:
        warning = await play.log.failure()
        refused = await play.door.until(lambda _, text: text.endswith("refused: 401"))
        outside = (play.office.stations(), play.station.running.view().online)
        play.office.policy = Policy(passwords={IDENTITY: WRONG_PASSWORD})
        await play.office.connected(IDENTITY)

    assert "401" in warning
    assert IDENTITY in refused
    assert outside == ({}, False)
    assert leaked(tmp_path, WRONG_PASSWORD) == []
