"""Who is let near the station over TLS, and who is not: the whole matrix, over real sockets."""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from cryptography import x509
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from laadpaal.csms.dialling import Address
from laadpaal.csms.errors import LinkLost
from laadpaal.csms.link import Link, Wire
from laadpaal.csms.tls import SUITES, TlsPolicy, Trust, root_of
from laadpaal.ports.vault import Use
from laadpaal.station.moment import Moment
from laadpaal.station.security import SecurityKind
from laadpaal.storage.vault import FileVault
from tests.support.certificates import (
    EXPIRED,
    FUTURE,
    VALID,
    Key,
    Life,
    Made,
    chain,
    ec_key,
    root,
    rsa_key,
)
from tests.support.front import HOST, Front, front, server

PATIENCE_S = 20.0
LIVES = {"valid": VALID, "expired": EXPIRED, "not yet valid": FUTURE}
LOG = logging.getLogger("laadpaal.test.matrix")
LOG.setLevel(logging.CRITICAL)
MODERN, OLD = TlsPolicy.MODERN, TlsPolicy.RELEASE_412
POLICIES = pytest.mark.parametrize("policy", TlsPolicy, ids=lambda policy: policy.value)
BAD = SecurityKind.BAD_CSMS_CERTIFICATE
RSA: Key = rsa_key()
"""One for all, because they take long to make."""


@dataclass
class StillClock:
    """Stands at the machine's time, or any other, and notes when somebody wants to wait."""

    utc: float
    trusted: bool = True
    waited: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> Moment:
        """Return that instant."""
        return Moment(0.0, self.utc, self.trusted)

    def correct(self, utc: float) -> float:
        """Stand there from now on."""
        jump_s, self.utc, self.trusted = utc - self.utc, utc, True
        return jump_s

    def alarm(self, station_s: float, ring: Callable[[], None]) -> asyncio.TimerHandle:
        """Ring in the loop: its seconds are the station's."""
        return asyncio.get_running_loop().call_later(station_s, ring)

    async def sleep(self, _station_s: float) -> None:
        """Never go on: one attempt is enough."""
        self.waited.set()
        await asyncio.Event().wait()


@dataclass
class Cell:
    """One attempt to connect, and what came of it.

    Args:
        proved: The roots that chains without a flaw have led to.
    """

    front: Front
    clock: StillClock
    link: Link
    incidents: list[tuple[SecurityKind, str]]
    proved: list[str]
    wire: Wire | None = None

    @property
    def suite(self) -> object:
        """What the link was secured with."""
        tls = self.link.state()["tls"]
        return tls["suite"] if isinstance(tls, dict) else None

    @property
    def failure(self) -> object:
        """What went wrong, or None."""
        failure = self.link.state()["failure"]
        return f"{failure['cause']}: {failure['detail']}" if isinstance(failure, dict) else None


@asynccontextmanager
async def tried(
    tls: ssl.SSLContext, trust: Trust, clock: StillClock, *, own: bool = False
) -> AsyncIterator[Cell]:
    """Dial once."""
    async with _silent_csms() as behind, front(tls, behind) as before:
        address = Address(before.url, "LP1", "ocpp1.6", trust, own=own, ping_interval_s=0)
        incidents: list[tuple[SecurityKind, str]] = []
        proved: list[str] = []
        link = Link(
            lambda: address,
            clock,
            random.Random(1),  # noqa: S311  a back-off is no secret
            LOG,
            proved=lambda tls: proved.append(root_of(tls)),
            incident=lambda kind, info: incidents.append((kind, info)),
        )
        cell = Cell(before, clock, link, incidents, proved)
        dialling = asyncio.ensure_future(link.dial())
        waiting = asyncio.ensure_future(clock.waited.wait())
        both = {dialling, waiting}
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        cell.wire = dialling.result() if dialling.done() else None
        try:
            yield cell
        finally:
            for task in both:
                task.cancel()
            await asyncio.wait(both)
            if cell.wire:
                await cell.wire.close()


@asynccontextmanager
async def _silent_csms() -> AsyncIterator[int]:
    async def listen(socket: ServerConnection) -> None:
        await socket.wait_closed()

    spoken = [Subprotocol("ocpp1.6")]
    async with serve(listen, HOST, 0, subprotocols=spoken, close_timeout=0.2) as server:
        yield next(iter(server.sockets)).getsockname()[1]


@pytest.fixture
def clock() -> StillClock:
    """Stand at the machine's time."""
    import time  # noqa: PLC0415  nothing else here may read a clock

    return StillClock(time.time())


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    """Open an empty one."""
    return FileVault(tmp_path / "vault", LOG)


def trusting(vault: FileVault, *roots: Made, policy: TlsPolicy = MODERN) -> Trust:
    """Trust these, and nobody else."""
    for one in roots:
        vault.add_root(Use.CSMS_ROOT, one.pem)
    return Trust(policy, vault=vault)


NAMES = {"root": "CN=top", "intermediate": "CN=middle", "leaf": "CN=csms"}
DATES = {"expired": "has expired (2021-01-01)", "not yet valid": "is not valid yet (2110-01-01)"}


@POLICIES
@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("role", NAMES)
async def test_every_certificate_must_be_within_its_dates(
    role: str, life: str, policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Leaf, intermediate and root alike; a refusal names which, and which date (S13)."""
    top, leaf = chain({role: LIVES[life]}, RSA)
    trust = trusting(vault, top, policy=policy)
    async with tried(server(leaf, tmp_path), trust, clock) as cell:
        if life == "valid":
            assert (cell.failure, cell.incidents) == (None, [])
            assert cell.wire is not None
            return
        wanted = f"certificate {'has expired' if life == 'expired' else 'is not yet valid'}: "
        wanted += f"{role} certificate {NAMES[role]} {DATES[life]}"

    assert cell.wire is None
    assert cell.failure == wanted
    assert cell.incidents == [(BAD, wanted)]


@POLICIES
async def test_a_renewed_root_stands_in_for_the_expired_one(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Of two roots with one key, that which is valid counts."""
    key = ec_key()
    old, new = root("top", EXPIRED, key=key), root("top", key=key)
    leaf = old.issue("csms", hosts=[HOST], key=RSA)
    trust = trusting(vault, old, new, policy=policy)
    async with tried(server(leaf, tmp_path), trust, clock) as cell:
        assert cell.wire is not None
        assert cell.incidents == []


@POLICIES
async def test_a_trusted_intermediate_hides_no_expired_root(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """The chain does not end there, for then the root's date would go unnoticed."""
    top = root("top", EXPIRED)
    middle = top.issue("middle", authority=True)
    leaf = middle.issue("csms", hosts=[HOST], key=RSA)
    trust = trusting(vault, top, middle, policy=policy)
    async with tried(server(leaf, tmp_path), trust, clock) as cell:
        assert cell.wire is None
        assert "root certificate CN=top has expired" in str(cell.failure)


@pytest.mark.parametrize("sends", ["the old", "leaf", "chain"])
@pytest.mark.parametrize("life", LIVES)
async def test_a_root_that_another_has_signed_vouches_alone(
    life: str, sends: str, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Where each must be signed by the one before: its own dates count, and its signer's do not.

    A server that only the fallback knows is let in meanwhile (white paper, section 2.4).
    """
    old = root("old", VALID if sends == "the old" else EXPIRED)
    new = old.issue("new", LIVES[life], authority=True)
    signer = {"the old": old, "leaf": Made(new.certificate, new.key), "chain": new}[sends]
    leaf = signer.issue("csms", hosts=[HOST])
    trust = replace(trusting(vault, old, new), signed_roots=True)
    async with tried(server(leaf, tmp_path), trust, clock) as cell:
        pass

    if signer is old or life == "valid":
        assert (cell.failure, cell.incidents) == (None, [])
        assert cell.proved == [signer.pem]
    else:
        assert cell.proved == []
        assert f"root certificate CN=new {DATES[life]}" in str(cell.failure)


async def test_a_root_proves_itself_once_there_is_a_time(
    tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Not while nobody can judge its dates."""
    top, leaf = chain()
    clock.trusted = False
    async with tried(server(leaf, tmp_path), trusting(vault, top), clock) as cell:
        assert cell.wire is not None
        await cell.wire.send("boot")
        before = list(cell.proved)
        clock.trusted = True
        await cell.wire.send("more")
        await cell.wire.send("and more")

    assert before == []
    assert cell.proved == [top.pem]


@POLICIES
async def test_another_host_is_refused(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """A good certificate of somebody else proves nothing."""
    top = root("top")
    leaf = top.issue("csms", hosts=["127.0.0.2", "csms.example"], key=RSA)
    trust = trusting(vault, top, policy=policy)
    async with tried(server(leaf, tmp_path), trust, clock) as cell:
        assert cell.wire is None
        assert str(cell.failure).startswith(
            "certificate of another host: leaf certificate CN=csms for csms.example, 127.0.0.2: "
        )
        assert [kind for kind, _ in cell.incidents] == [BAD]


@POLICIES
async def test_an_unknown_root_is_refused(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """The name of a root we trust does not help without its key."""
    _, leaf = chain(key=RSA)
    ours, _ = chain()
    async with tried(server(leaf, tmp_path), trusting(vault, ours, policy=policy), clock) as cell:
        assert cell.wire is None
        assert cell.failure == (
            "certificate of an unknown root: "
            "intermediate certificate CN=middle is signed by nobody we know"
        )
        assert [kind for kind, _ in cell.incidents] == [BAD]


@POLICIES
async def test_a_revoked_certificate_is_refused(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """The list decides; a leaf that is not on it connects."""
    top = root("top")
    good, bad = (top.issue(name, hosts=[HOST], key=RSA) for name in ("good", "bad"))
    file = tmp_path / "crl.pem"
    file.write_text(top.revoking(bad))
    trust = replace(trusting(vault, top, policy=policy), crl_file=str(file))
    async with tried(server(good, tmp_path), trust, clock) as cell:
        assert cell.wire is not None
    async with tried(server(bad, tmp_path), trust, clock) as cell:
        assert cell.wire is None
        assert str(cell.failure).startswith(
            "certificate was revoked: leaf certificate CN=bad for 127.0.0.1"
        )
        assert [kind for kind, _ in cell.incidents] == [BAD]


@POLICIES
async def test_a_weak_key_is_refused(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """RSA with 1024 bits is less than the white paper wants."""
    top = root("top")
    leaf = top.issue("csms", hosts=[HOST], key=rsa_key(1024))
    async with tried(server(leaf, tmp_path), trusting(vault, top, policy=policy), clock) as cell:
        assert cell.wire is None
        assert cell.failure == (
            "certificate is not acceptable: leaf certificate CN=csms has a key that is too weak"
        )
        assert [kind for kind, _ in cell.incidents] == [BAD]


NO_SUITE = "no common cipher suite (probable): sslv3 alert handshake failure"
HINT = "; tls_policy modern offers more"


@POLICIES
@pytest.mark.parametrize(
    "suite",
    [
        "AES128-SHA",
        "AES256-SHA",
        "ECDHE-RSA-AES128-SHA",
        "ECDHE-RSA-AES256-SHA",
        "AES128-SHA:AES256-SHA:ECDHE-RSA-AES128-SHA:CAMELLIA128-SHA",
    ],
)
async def test_a_server_with_sha1_only_gets_no_session(
    suite: str, policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Neither AES128-SHA nor any other suite with SHA-1 is agreed on (S4)."""
    top, leaf = chain(key=RSA)
    tls = server(leaf, tmp_path, suite, highest="TLSv1_2")
    async with tried(tls, trusting(vault, top, policy=policy), clock) as cell:
        wanted = NO_SUITE + (HINT if policy is OLD else "")

    assert cell.wire is None
    assert cell.incidents == [(SecurityKind.BAD_TLS_SUITE, wanted)]
    assert set(cell.front.handshakes) == {"NO_SHARED_CIPHER"}


@POLICIES
@pytest.mark.parametrize("suite", ["AES256-GCM-SHA384", "AES128-GCM-SHA256", "AES256-SHA256"])
async def test_each_suite_that_stays_is_enough(
    suite: str, policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """A server restricted to one of the three gets its session (S5, S6, S7)."""
    top, leaf = chain(key=RSA)
    tls = server(leaf, tmp_path, suite, highest="TLSv1_2")
    async with tried(tls, trusting(vault, top, policy=policy), clock) as cell:
        assert (cell.suite, cell.incidents) == (suite, [])


async def test_the_best_suite_that_both_have_is_taken(
    tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """A server that has old suites as well works unnoticed, and is not asked for them."""
    top, leaf = chain(key=RSA)
    both = server(leaf, tmp_path, "AES128-SHA:AES128-GCM-SHA256", highest="TLSv1_2")
    async with tried(both, trusting(vault, top), clock) as cell:
        assert (cell.suite, cell.incidents) == ("AES128-GCM-SHA256", [])


@POLICIES
@pytest.mark.parametrize("kind", ["RSA", "ECDSA"])
async def test_forward_secrecy_is_for_the_modern_policy(
    kind: str, policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """A server with nothing else fails where only the three suites are offered."""
    top, leaf = chain(key=RSA if kind == "RSA" else None)
    suite = f"ECDHE-{kind}-AES256-GCM-SHA384"
    tls = server(leaf, tmp_path, suite, highest="TLSv1_2")
    async with tried(tls, trusting(vault, top, policy=policy), clock) as cell:
        pass

    if policy is MODERN:
        assert (cell.suite, cell.incidents) == (suite, [])
    else:
        assert cell.incidents == [(SecurityKind.BAD_TLS_SUITE, NO_SUITE + HINT)]


@POLICIES
async def test_tls_13_is_for_the_modern_policy(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """The other one does not offer it, so a server with nothing else ends the handshake."""
    top, leaf = chain(key=RSA)
    tls = server(leaf, tmp_path, lowest="TLSv1_3")
    async with tried(tls, trusting(vault, top, policy=policy), clock) as cell:
        pass

    if policy is MODERN:
        assert str(cell.suite).startswith("TLS_")
        assert cell.incidents == []
    else:
        wanted = f"no common TLS version: tlsv1 alert protocol version{HINT}"
        assert cell.incidents == [(SecurityKind.BAD_TLS_VERSION, wanted)]


@POLICIES
async def test_tls_11_is_too_old(
    policy: TlsPolicy, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """A server with nothing newer than TLS 1.1 gets no session.

    One that could agree on a version, as it may think where 1.3 is not offered, finds no suite.
    """
    top, leaf = chain(key=RSA)
    tls = server(leaf, tmp_path, lowest="TLSv1", highest="TLSv1_1")
    async with tried(tls, trusting(vault, top, policy=policy), clock) as cell:
        pass

    assert cell.wire is None
    wanted = SecurityKind.BAD_TLS_VERSION if policy is MODERN else SecurityKind.BAD_TLS_SUITE
    assert [kind for kind, _ in cell.incidents] == [wanted]


def own(vault: FileVault, signer: Made, life: Life = VALID) -> Made:
    """Give the station a certificate of its own."""
    wanted = x509.load_pem_x509_csr(vault.begin_request("LP1", "Owner").encode())
    made = signer.issue("LP1", life, public=wanted)
    assert vault.complete_request(made.chain)
    return made


@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
@pytest.mark.parametrize("ours", ["missing", "wrong", "right"])
async def test_the_station_shows_its_certificate(
    ours: str, version: str, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """In profile 3 the server decides by it; a refusal is told from a want of suites."""
    top, leaf = chain()
    if ours != "missing":
        own(vault, top if ours == "right" else root("other"))
    tls = server(leaf, tmp_path, lowest=version, highest=version)
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_verify_locations(cadata=top.pem)
    async with tried(tls, trusting(vault, top), clock, own=True) as cell:
        pass

    if ours == "right":
        assert cell.wire is not None
        assert cell.incidents == []
    else:
        assert cell.wire is None
        ((kind, info),) = cell.incidents
        assert kind is SecurityKind.CSMS_LOGIN_FAILED
        assert info.startswith("the station's own certificate is refused")


async def test_the_newest_own_certificate_whose_time_has_come_is_shown(
    tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """One that becomes valid later waits."""
    top, leaf = chain()
    own(vault, top)
    own(vault, top, FUTURE)
    tls = server(leaf, tmp_path)
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_verify_locations(cadata=top.pem)
    async with tried(tls, trusting(vault, top), clock, own=True) as cell:
        assert cell.wire is not None


@pytest.mark.parametrize("role", NAMES)
@pytest.mark.parametrize("life", ["expired", "not yet valid"])
async def test_dates_wait_for_a_clock_that_can_be_trusted(
    life: str, role: str, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Until then a chain connects whatever its dates; then nothing more is said to it."""
    top, leaf = chain({role: LIVES[life]})
    clock.trusted = False
    async with tried(server(leaf, tmp_path), trusting(vault, top), clock) as cell:
        assert cell.wire is not None
        await cell.wire.send("boot")
        clock.trusted = True
        with pytest.raises(LinkLost):
            await cell.wire.send("anything")

    ((kind, info),) = cell.incidents
    assert kind is BAD
    assert f"{role} certificate {NAMES[role]} {DATES[life]}" in info


async def test_a_good_chain_stays_when_the_clock_can_be_trusted(
    tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """It is judged once, and goes on."""
    top, leaf = chain()
    clock.trusted = False
    async with tried(server(leaf, tmp_path), trusting(vault, top), clock) as cell:
        assert cell.wire is not None
        await cell.wire.send("boot")
        clock.trusted = True
        await cell.wire.send("more")
        await cell.wire.send("and more")

    assert cell.incidents == []


@pytest.mark.parametrize("role", NAMES)
@pytest.mark.parametrize("life", LIVES)
async def test_the_stations_clock_decides_and_not_the_machines(
    life: str, role: str, tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """In 2115 by a clock that the CSMS has set, what begins in 2110 is valid."""
    top, leaf = chain({role: LIVES[life]})
    clock.utc = FUTURE.before + 5 * 365 * 86_400
    async with tried(server(leaf, tmp_path), trusting(vault, top), clock) as cell:
        pass

    assert (cell.wire is None) == (life == "expired")
    assert len(cell.incidents) == (life == "expired")


async def test_a_stranger_is_refused_without_a_clock_too(
    tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Only dates wait."""
    clock.trusted = False
    trust = trusting(vault, root("top"))
    async with tried(server(chain()[1], tmp_path), trust, clock) as cell:
        assert cell.wire is None
        assert [kind for kind, _ in cell.incidents] == [BAD]


async def test_a_file_of_roots_counts_beside_the_vault(
    tmp_path: Path, clock: StillClock, vault: FileVault
) -> None:
    """Either may know the server."""
    top, leaf = chain()
    file = tmp_path / "roots.pem"
    file.write_text(top.pem)
    trust = replace(trusting(vault, root("other")), ca_file=str(file))
    async with tried(server(leaf, tmp_path), trust, clock) as cell:
        assert cell.wire is not None


# Everything that ends in SHA-1, and what the release notes and the white paper name (S4).
SHA1 = {0x002F, 0x0035, 0x000A, 0xC013, 0xC014, 0xC009, 0xC00A, 0x0005, 0x0033, 0x0039, 0x0041}


def offered(hello: bytes) -> Iterator[int]:
    """Yield the suites of a ClientHello: record head 5, message head 4, version 2, random 32."""
    at = 5 + 4 + 2 + 32
    at += 1 + hello[at]
    length = int.from_bytes(hello[at : at + 2], "big")
    for place in range(at + 2, at + 2 + length, 2):
        yield int.from_bytes(hello[place : place + 2], "big")


@POLICIES
async def test_no_suite_with_sha1_is_offered(
    policy: TlsPolicy, clock: StillClock, vault: FileVault
) -> None:
    """The bytes of the ClientHello hold the suites of the policy, and TLS 1.3's if allowed."""
    heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not heard.done():
            heard.set_result(await reader.read(1 << 14))
        writer.close()

    listening = await asyncio.start_server(listen, HOST, 0)
    port = listening.sockets[0].getsockname()[1]
    trust = trusting(vault, root("top"), policy=policy)
    address = Address(f"wss://{HOST}:{port}", "LP1", "ocpp1.6", trust)
    link = Link(lambda: address, clock, random.Random(1), LOG)  # noqa: S311  a back-off is no secret
    dialling = asyncio.ensure_future(link.dial())
    suites = set(offered(await asyncio.wait_for(heard, PATIENCE_S)))
    dialling.cancel()
    await asyncio.wait({dialling})
    listening.close()
    scsv = 0x00FF  # says that renegotiation is safe, and is no suite
    named = {0x009D, 0x009C, 0x003D}
    forward = {0xC02B, 0xC02C, 0xC02F, 0xC030}
    newest = {0x1301, 0x1302, 0x1303}

    assert suites & SHA1 == set()
    assert suites - {scsv} == (named | forward | newest if policy is MODERN else named)
    assert len(SUITES[policy]) == len(suites - {scsv} - newest)
