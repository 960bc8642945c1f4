from __future__ import annotations

import asyncio
import logging
import random
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from laadpaal.csms.dialling import MAX_BYTES, Address
from laadpaal.csms.errors import LinkLost
from laadpaal.csms.failures import Failure
from laadpaal.csms.link import BackOff, Link, loggable
from laadpaal.csms.tls import Trust
from laadpaal.protocols.ocpp.version import V201
from laadpaal.station.moment import Moment
from laadpaal.station.security import SecurityKind
from tests.support.certificates import root as authority

T = TypeVar("T")

PATIENCE_S = 20.0
NOW = 1_790_000_000.0
LOG = logging.getLogger("test.link")


class NoteClock:
    """Passes time at once and notes how much."""

    def __init__(self, utc: float = NOW) -> None:
        self.utc = utc
        self.slept: list[float] = []
        self.naps: asyncio.Queue[float] = asyncio.Queue()

    def now(self) -> Moment:
        """Return the time slept away."""
        return Moment(sum(self.slept), self.utc)

    def correct(self, utc: float) -> float:
        """Change nothing."""
        return utc

    def alarm(self, station_s: float, ring: Callable[[], None]) -> asyncio.TimerHandle:
        """Ring in the loop: its seconds are the station's."""
        return asyncio.get_running_loop().call_later(station_s, ring)

    async def sleep(self, station_s: float) -> None:
        """Note the wait and let others run."""
        self.slept.append(station_s)
        self.naps.put_nowait(station_s)
        await asyncio.sleep(0)


class Silence:
    """A CSMS that listens, remembers handshakes, and hands its connections to the test."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.connections: asyncio.Queue[ServerConnection] = asyncio.Queue()
        self.refusals: list[HTTPStatus] = []

    async def serve(self, connection: ServerConnection) -> None:
        """Keep one connection until it ends."""
        self.connections.put_nowait(connection)
        await connection.wait_closed()

    def judge(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuse the handshake while there are refusals."""
        self.requests.append(request)
        if not self.refusals:
            return None
        return connection.respond(self.refusals.pop(0), "no\n")


@asynccontextmanager
async def listening(
    csms: Silence,
    subprotocols: Sequence[str] = ("ocpp1.6",),
    tls: ssl.SSLContext | None = None,
    choose: Callable[[ServerConnection, Sequence[Subprotocol]], Subprotocol | None] | None = None,
) -> AsyncIterator[str]:
    async with serve(
        csms.serve,
        "127.0.0.1",
        0,
        subprotocols=[Subprotocol(name) for name in subprotocols] or None,
        select_subprotocol=choose,
        process_request=csms.judge,
        ssl=tls,
        close_timeout=0.2,
    ) as server:
        yield f"{'wss' if tls else 'ws'}://127.0.0.1:{port(server)}/ocpp/"


def port(server: Server) -> int:
    number: int = next(iter(server.sockets)).getsockname()[1]
    return number


def link(
    url: str,
    clock: NoteClock,
    *,
    identity: str = "CP-1",
    trust: Trust = Trust(),  # noqa: B008  it is immutable
    header: str | None = None,
    ping_s: float = 0.0,
    incident: Callable[[SecurityKind, str], None] = lambda _kind, _info: None,
    speaks: str = "ocpp1.6",
) -> Link:
    address = Address(url, identity, speaks, trust, ping_interval_s=ping_s, pong_timeout_s=0.05)
    return Link(
        lambda: address,
        clock,
        random.Random(1),  # noqa: S311  a back-off is no secret
        LOG,
        authorization=lambda: header,
        incident=incident,
        back_off=lambda: BackOff(min_s=30.0, range_s=0.0, repeats=2),
    )


async def soon(awaitable: Awaitable[T]) -> T:
    return await asyncio.wait_for(awaitable, PATIENCE_S)


async def test_the_identity_ends_the_url_percent_encoded_with_the_header() -> None:
    """URL, subprotocol and Authorization are as the versions want them."""
    csms = Silence()
    async with listening(csms) as url:
        wire = await soon(link(url, NoteClock(), identity="CP/1 ä", header="Basic abc").dial())
        await wire.close()

    assert csms.requests[0].path == "/ocpp/CP%2F1%20%C3%A4"
    assert csms.requests[0].headers["Authorization"] == "Basic abc"
    assert csms.requests[0].headers["Sec-WebSocket-Protocol"] == "ocpp1.6"


async def test_no_header_without_a_password() -> None:
    """Profile 3 and unsecured stations send no Authorization."""
    csms = Silence()
    async with listening(csms) as url:
        await (await soon(link(url, NoteClock()).dial())).close()

    assert "Authorization" not in csms.requests[0].headers


async def test_text_goes_both_ways_and_binary_is_ignored(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A binary message leaves a warning and nothing else."""
    csms = Silence()
    async with listening(csms) as url:
        wire = await soon(link(url, NoteClock()).dial())
        peer = await soon(csms.connections.get())
        await wire.send("[1]")
        heard = await soon(peer.recv())
        with caplog.at_level(logging.INFO):
            await peer.send(b"[0]")
            await peer.send("[2]")
            text = await soon(wire.receive())
        await wire.close()

    assert (heard, text) == ("[1]", "[2]")
    assert "Binary message of 3 bytes ignored" in caplog.text
    records = [record for record in caplog.records if getattr(record, "facility", "") == "COM"]
    assert [record.getMessage() for record in records] == ["<- [2]"]


@pytest.mark.parametrize("offered", [(), ("ocpp2.0.1",)])
async def test_a_server_with_another_subprotocol_is_a_failed_attempt(
    offered: tuple[str, ...],
) -> None:
    """No echo of our subprotocol closes the connection; it is dialled again after the wait."""
    csms, clock = Silence(), NoteClock()
    speaks = iter([None, None, Subprotocol("ocpp1.6")])
    async with listening(csms, offered or ("ocpp1.6",), choose=lambda *_: next(speaks)) as url:
        wire = await soon(link(url, clock).dial())
        first, second = await soon(csms.connections.get()), await soon(csms.connections.get())
        await soon(first.wait_closed())
        await soon(second.wait_closed())
        await wire.close()

    assert clock.slept == [30.0, 60.0]


async def test_a_server_of_2_0_is_no_server_of_2_0_1() -> None:
    """The two are not alike on the wire, so neither is claimed nor taken for the other (S21)."""
    csms, clock = Silence(), NoteClock()
    answers = iter([Subprotocol("ocpp2.0"), Subprotocol("ocpp2.0.1")])
    both = ("ocpp2.0", "ocpp2.0.1")
    async with listening(csms, both, choose=lambda *_: next(answers)) as url:
        wire = await soon(link(url, clock, speaks=V201.subprotocol).dial())
        await wire.close()

    assert [r.headers["Sec-WebSocket-Protocol"] for r in csms.requests] == ["ocpp2.0.1"] * 2
    assert clock.slept == [30.0]


async def test_refused_handshakes_double_the_wait_and_success_resets_it() -> None:
    """401, 404 and 500 are retried alike; after success the wait is the minimum again."""
    csms, clock = Silence(), NoteClock()
    csms.refusals = [
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.UNAUTHORIZED,
    ]
    async with listening(csms) as url:
        dialler = link(url, clock)
        wire = await soon(dialler.dial())
        await (await soon(csms.connections.get())).close()
        with pytest.raises(LinkLost):
            await soon(wire.receive())
        again = await soon(dialler.dial())
        await again.close()

    assert clock.slept == [30.0, 60.0, 120.0, 120.0, 30.0]


async def test_an_incident_is_told_once_until_something_changes() -> None:
    """Three refusals of the password are one; after a success the next is another."""
    csms, clock = Silence(), NoteClock()
    no, gone = HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND
    csms.refusals = [no, no, no, gone, no]
    told: list[tuple[SecurityKind, str]] = []
    async with listening(csms) as url:
        dialler = link(url, clock, incident=lambda kind, info: told.append((kind, info)))
        wire = await soon(dialler.dial())
        first, state = len(told), dialler.state()
        csms.refusals = [no]
        await (await soon(csms.connections.get())).close()
        with pytest.raises(LinkLost):
            await soon(wire.receive())
        await (await soon(dialler.dial())).close()

    assert (first, len(told)) == (2, 3)
    assert {kind for kind, _ in told} == {SecurityKind.CSMS_LOGIN_FAILED}
    assert state == {"failure": None, "tls": None}


async def test_nobody_listening_is_retried_and_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A dead address costs one warning, however often it is tried."""
    csms, clock = Silence(), NoteClock()
    async with listening(csms) as url:
        pass
    caplog.set_level(logging.INFO)
    dialling = asyncio.ensure_future(link(url, clock).dial())
    for _ in range(3):
        await soon(clock.naps.get())
    dialling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dialling

    assert clock.slept[:3] == [30.0, 60.0, 120.0]
    assert caplog.text.count("No connection to") == 1


@pytest.mark.parametrize("url", ["no url", "wss://host:port/ocpp", "wss://[::1/ocpp"])
async def test_an_impossible_url_is_a_failed_attempt(url: str) -> None:
    """A setting that is no URL is waited out like a dead server; it may be corrected."""
    clock = NoteClock()
    dialling = asyncio.ensure_future(link(url, clock).dial())
    nap = await soon(clock.naps.get())
    dialling.cancel()

    assert nap == 30.0


async def test_sending_on_a_lost_link_says_so(caplog: pytest.LogCaptureFixture) -> None:
    """Both directions raise LinkLost; the log has one line about it."""
    csms = Silence()
    async with listening(csms) as url:
        wire = await soon(link(url, NoteClock()).dial())
        await (await soon(csms.connections.get())).close()
        with pytest.raises(LinkLost):
            await soon(wire.receive())
        with pytest.raises(LinkLost):
            await soon(wire.send("[]"))

    assert caplog.text.count("Connection lost") == 1


async def test_a_message_over_one_mebibyte_ends_the_link() -> None:
    """The memory a peer can take is bounded."""
    csms = Silence()
    async with listening(csms) as url:
        wire = await soon(link(url, NoteClock()).dial())
        peer = await soon(csms.connections.get())
        await peer.send("x" * (MAX_BYTES + 1))
        with pytest.raises(LinkLost):
            await soon(wire.receive())


async def test_a_missing_pong_ends_the_link() -> None:
    """A peer that no longer reads is noticed by the pings."""
    csms = Silence()
    async with listening(csms) as url:
        wire = await soon(link(url, NoteClock(), ping_s=0.01).dial())
        peer = await soon(csms.connections.get())
        peer.transport.pause_reading()
        with pytest.raises(LinkLost):
            await soon(wire.receive())
        peer.transport.abort()


@pytest.mark.parametrize("ours", [True, False], ids=["pong", "ping"])
async def test_pings_and_pongs_of_the_csms_are_noticed(*, ours: bool) -> None:
    """A pong to our ping shows that the CSMS is there, and so does a ping of its own (S33)."""
    csms, heard = Silence(), asyncio.Event()
    async with listening(csms) as url:
        wire = await soon(link(url, NoteClock(), ping_s=0.01 if ours else 0.0).dial())
        peer = await soon(csms.connections.get())
        wire.pinged = heard.set
        if not ours:
            await peer.ping()
        await soon(heard.wait())
        await wire.close()


async def test_a_ping_of_the_csms_is_answered() -> None:
    """Whatever is said meanwhile."""
    csms = Silence()
    async with listening(csms) as url:
        wire = await soon(link(url, NoteClock(), ping_s=0.0).dial())
        peer = await soon(csms.connections.get())
        pong = await peer.ping()
        assert await soon(pong) >= 0
        await wire.close()


async def test_wss_trusts_what_the_context_trusts(tmp_path: Path) -> None:
    """With the server's authority the link is made; without, TLS failures are retried."""
    ours = authority("ours")
    file = tmp_path / "root.pem"
    file.write_text(ours.pem)
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(*ours.issue("csms", hosts=["127.0.0.1"]).files(tmp_path, "csms"))
    csms, clock = Silence(), NoteClock()
    async with listening(csms, tls=server_side) as url:
        wire = await soon(link(url, clock, trust=Trust(ca_file=str(file))).dial())
        await wire.close()
        stranger = asyncio.ensure_future(link(url, clock).dial())
        nap = await soon(clock.naps.get())
        stranger.cancel()

    assert nap == 30.0
    assert len(csms.requests) == 1


def test_the_wait_doubles_up_to_a_limit_with_a_fresh_random_part() -> None:
    """Wait = minimum x 2^min(n, repeats) + a lot in the range, drawn each time."""
    back_off = BackOff(min_s=10.0, range_s=5.0, repeats=2)
    lots = random.Random(7)  # noqa: S311  a back-off is no secret
    waits = [back_off.wait_s(retry, lots) for retry in range(6)]
    parts = [wait - whole for wait, whole in zip(waits, [10, 20, 40, 40, 40, 40], strict=True)]

    assert all(0.0 <= part <= 5.0 for part in parts)
    assert len(set(parts)) == 6


@pytest.mark.parametrize(
    "text",
    [
        '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"s3cret"}]',
        '[2,"1","ChangeConfiguration",{"value":"s3cret","key":"authorizationKEY"}]',
        '[2,"1","ChangeConfiguration",{"key":"Authorization\\u004bey","value":"s3cret"}]',
        '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","\\u0076alue":"s3cret"}]',
        '[2,"1","SetVariables",{"d":[{"attributeValue":"s3cret","variable":{"name":"BasicAuthPassword"}}]}]',
        '[2,"1","SetNetworkProfile",{"apn":{"apnPassword":"s3cret"},"vpn":{"password":"s3cret"}}]',
        '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"s3cret"',
        '{"password":' + "[" * 5000 + '"s3cret"',
        '[2,"1","GetDiagnostics",{"location":"ftp://anna:s3cret@example.com/"}]',
        '[2,"1","GetDiagnostics",{"location":"ftp:\\/\\/anna:s3cret@example.com\\/"}]',
        '[2,"1","GetDiagnostics",{"location":"ftp://anna:s3cret\\u0040example.com/"}]',
        '[2,"1","GetLog",{"log":{"remoteLocation":"https://example.com/?token=s3cret"}}]',
        '[2,"1","GetLog",{"log":["https://anna:s3cret@example.com"',
    ],
)
def test_secrets_are_masked_in_the_log(text: str) -> None:
    """However the key is spelled, and even in a broken frame, the value does not show."""
    assert "s3cret" not in loggable(text)
    assert "***" in loggable(text)


def test_only_the_secret_is_masked() -> None:
    """Neighbours of a secret stay readable, and frames without one stay as they are."""
    two = (
        '[2,"1","SetVariables",{"setVariableData":['
        '{"attributeValue":"x","variable":{"name":"BasicAuthPassword"}},'
        '{"attributeValue":"42","variable":{"name":"HeartbeatInterval"}}]}]'
    )

    assert '"attributeValue":"42"' in loggable(two)
    assert loggable('[3, "1", {}]') == '[3, "1", {}]'


def test_no_code_that_is_keyed_in_is_logged() -> None:
    """In none of the messages that carry tokens; a card is (2.0.1 C04)."""
    code = '{"idToken":"4711","type":"KeyCode"}'
    card = '{"idToken":"04A1","type":"ISO14443"}'
    listed = f'[{{"idToken":{code}}},{{"idToken":{card}}}]'
    for text in (
        f'[2,"1","Authorize",{{"idToken":{code}}}]',
        f'[2,"1","TransactionEvent",{{"idToken":{code}}}]',
        f'[2,"1","SendLocalList",{{"localAuthorizationList":{listed}}}]',
    ):
        assert "4711" not in loggable(text)
    assert "04A1" in loggable(listed)
    kinds = '[3,"1",{"variable":{"name":"X"},"attributeValue":"ISO14443,KeyCode"}]'
    assert loggable(kinds) == kinds


def test_the_log_stays_short_and_printable() -> None:
    """Neither control characters nor whole mebibytes reach the log."""
    assert loggable("a\nb\x1b[0m") == "a\\nb\\x1b[0m"
    assert len(loggable("x" * 100_000)) < 4100


async def test_each_attempt_is_told_with_what_it_showed() -> None:
    """Refused or not: who holds the credentials decides what to make of it."""
    csms, told = Silence(), []
    csms.refusals = [HTTPStatus.UNAUTHORIZED, HTTPStatus.SERVICE_UNAVAILABLE]
    async with listening(csms) as url:

        def met(at: Address, failure: Failure | None) -> None:
            told.append((at.credentials, failure and failure.incident))

        link = Link(
            lambda: Address(url, "LP1", "ocpp1.6", credentials=7),
            NoteClock(),
            random.Random(1),  # noqa: S311  a back-off is no secret
            LOG,
            met=met,
        )
        wire = await link.dial()
        await wire.close()

    assert told == [(7, SecurityKind.CSMS_LOGIN_FAILED), (7, None), (7, None)]
