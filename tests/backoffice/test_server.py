from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import json
import socket
import ssl
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from laadpaal.backoffice.policy import Deed, Policy, Trick
from laadpaal.backoffice.record import Direction
from laadpaal.backoffice.server import BackOffice
from laadpaal.protocols.ocpp import rpc, v16
from laadpaal.protocols.ocpp.message import Message
from tests.backoffice.guest import BOTH, PATIENCE_S, START_16, V16, V201, visit
from tests.simulation.clock import HandClock


def basic(text: str) -> dict[str, str]:
    """Return the header for `user:password`."""
    return {"Authorization": f"Basic {b64encode(text.encode()).decode()}"}


async def status_of(
    office: BackOffice, path: str = "/CP1", headers: dict[str, str] | None = None
) -> int:
    """Return the HTTP status that a station is refused with."""
    with pytest.raises(InvalidStatus) as refused:
        async with visit(office, path=path, headers=headers):
            raise AssertionError("it was let in")
    return refused.value.response.status_code


@BOTH
async def test_a_station_is_known_by_its_identity_and_version(
    office: BackOffice, version: str
) -> None:
    """The end of the path is percent-decoded, whatever stands before it."""
    async with visit(office, version, "/deep/CP%2F1%20%C3%A9?x=/y") as guest:
        await guest.boot()

        assert office.stations() == {"CP/1 é": version}
        assert guest.socket.subprotocol == version


@pytest.mark.parametrize("path", ["/", "/%FF", "/CP%0A1"])
async def test_a_path_without_an_identity_is_not_found(office: BackOffice, path: str) -> None:
    """Nothing, no UTF-8 and a line feed are no identities."""
    assert await status_of(office, path) == 404


async def test_an_identity_needs_something_before_it(office: BackOffice) -> None:
    """The root holds no stations."""
    with pytest.raises(InvalidStatus, match="404"):
        async with connect(
            f"{office.url.removesuffix('/ocpp')}/CP1", subprotocols=[Subprotocol(V16)], proxy=None
        ):
            pass


async def test_strangers_are_not_found(office: BackOffice) -> None:
    """With a list of stations only those come in."""
    office.policy = Policy(stations=frozenset({"CP2"}))

    assert await status_of(office) == 404
    async with visit(office, path="/CP2"):
        pass


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("CP1:wrong"),
        basic("CP2:secret"),
        {"Authorization": "Basic !!!"},
        {"Authorization": "Bearer secret"},
    ],
)
async def test_a_wrong_password_is_unauthorized(
    office: BackOffice, headers: dict[str, str]
) -> None:
    """None, a wrong one, another station's name and what is no Basic are 401."""
    office.policy = Policy(passwords={"CP1": "secret"})

    assert await status_of(office, headers=headers) == 401


async def test_the_right_password_comes_in(office: BackOffice) -> None:
    """It may hold a colon; who has none is refused."""
    office.policy = Policy(passwords={"CP1": "sec:ret"})

    async with visit(office, headers=basic("CP1:sec:ret")) as guest:
        await guest.boot()
    assert await status_of(office, "/CP2", basic("CP2:")) == 401


@pytest.mark.parametrize("offered", [None, ["ocpp1.5", "ocpp2.1"]])
async def test_a_version_we_do_not_speak_is_a_bad_request(
    office: BackOffice, offered: list[Subprotocol] | None
) -> None:
    """No subprotocol at all is refused as well."""
    with pytest.raises(InvalidStatus, match="400"):
        async with connect(f"{office.url}/CP1", subprotocols=offered, proxy=None):
            pass


async def test_the_stations_order_of_versions_counts(office: BackOffice) -> None:
    """The first that we speak is chosen."""
    offered = [Subprotocol(name) for name in ("ocpp2.1", V16, V201)]
    async with connect(f"{office.url}/CP1", subprotocols=offered, proxy=None) as one:
        assert one.subprotocol == V16


@pytest.mark.parametrize(
    ("version", "text", "answer"),
    [
        (V201, "nonsense", [4, "-1", "RpcFrameworkError"]),
        (V16, '[2,"m",7,{}]', [4, "m", "FormationViolation"]),
        (V16, '[2,"m","Heartbeat",{"x":1}]', [4, "m", "FormationViolation"]),
        (V201, '[2,"m","Heartbeat",{"x":1}]', [4, "m", "ProtocolError"]),
        (V201, '[2,"m","Dance",{}]', [4, "m", "NotImplemented"]),
        (V201, '[2,"m","Authorize",{}]', [4, "m", "OccurrenceConstraintViolation"]),
        (
            V16,
            json.dumps([2, "m", "StartTransaction", {**START_16, "timestamp": "noon"}]),
            [4, "m", "PropertyConstraintViolation"],
        ),
        (
            V201,
            f'[2,"m","Heartbeat",{{"x":"{"y" * rpc.MAX_BYTES}"}}]',
            [4, "-1", "FormatViolation"],
        ),
    ],
)
async def test_what_is_wrong_is_answered_and_noted(
    office: BackOffice, version: str, text: str, answer: list[object]
) -> None:
    """A CALLERROR with the version's code, one problem, and the station is heard on."""
    async with visit(office, version) as guest:
        await guest.boot()
        await guest.socket.send(text)
        assert (await guest.receive())[:3] == answer
        await guest.call("Heartbeat", {})

    assert len(office.problems) == 1
    assert office.problems[0].startswith("CP1: ")
    assert office.ledger.transactions == ()


async def test_what_cannot_be_answered_is_noted(office: BackOffice) -> None:
    """1.6 is silent about what it cannot read; binary messages are no OCPP."""
    async with visit(office) as guest:
        await guest.boot()
        await guest.socket.send("nonsense")
        await guest.socket.send(b"[]")
        await guest.call("Heartbeat", {})

    assert [problem.partition(":")[2] for problem in office.problems] == [
        " broken frame: FormationViolation: no JSON",
        " binary message of 2 bytes",
    ]


async def test_meter_values_that_are_no_numbers_are_refused(office: BackOffice) -> None:
    """What Python would take for a number is none in OCPP."""
    async with visit(office) as guest:
        await guest.boot()
        for value in ("1_0", "nan", "1e999", "ten", "-1e19"):
            values = [{"timestamp": "2023-11-15T12:00:00Z", "sampledValue": [{"value": value}]}]
            told = {"connectorId": 1, "meterValue": values}
            code = await guest.refused("MeterValues", told)
            assert code == "PropertyConstraintViolation"


async def test_a_register_beyond_all_measure_is_refused(office: BackOffice) -> None:
    """A whole number that no float can hold is a wrong value, not our failure."""
    async with visit(office) as guest:
        await guest.boot()
        start = {**START_16, "meterStart": 10**400}

        assert await guest.refused("StartTransaction", start) == "PropertyConstraintViolation"
        await guest.call("Heartbeat", {})


async def test_every_frame_is_recorded(office: BackOffice, clock: HandClock) -> None:
    """Both directions, calls and answers, with action, id, text and instant; and counted."""
    async with visit(office) as guest:
        await guest.boot()
        asked = asyncio.create_task(office.call("CP1", v16.ClearCache()))
        call = await guest.answer({"status": "Accepted"})
        await asked

    assert [(one.direction, one.action, one.message_id) for one in office.frames] == [
        (Direction.RECEIVED, "BootNotification", "m1"),
        (Direction.SENT, "BootNotification", "m1"),
        (Direction.SENT, "ClearCache", call[1]),
        (Direction.RECEIVED, "ClearCache", call[1]),
    ]
    assert json.loads(office.frames[2].text) == call
    assert {(one.station, one.at) for one in office.frames} == {("CP1", clock.now().utc)}
    assert (office.received["CP1"], office.sent["CP1"], office.sent["CP2"]) == (2, 2, 0)


async def test_a_call_is_waited_for(office: BackOffice) -> None:
    """One that came counts, unless it came before the mark; `where` chooses."""
    async with visit(office) as guest:
        await guest.boot()
        old = await office.wait_for("CP1", "BootNotification")
        mark = office.mark

        def other(message: Message) -> bool:
            assert isinstance(message, v16.StatusNotification)
            return message.connectorId == 2

        async with asyncio.TaskGroup() as tasks:
            boot = tasks.create_task(office.wait_for("CP1", "BootNotification", since=mark))
            status = tasks.create_task(office.wait_for("CP1", "StatusNotification", other))
            for connector in (1, 2):
                told = {"connectorId": connector, "errorCode": "NoError", "status": "Charging"}
                await guest.call("StatusNotification", told)
            assert not boot.done()
            await guest.boot()

    assert isinstance(old, v16.BootNotification)
    assert boot.result() == old
    assert other(status.result())


async def test_what_never_comes_is_told(office: BackOffice) -> None:
    """The error is a TimeoutError and names what did not come."""
    with pytest.raises(TimeoutError, match="Heartbeat of CP1"):
        await office.wait_for("CP1", "Heartbeat", timeout_s=0.0)


async def test_connected_waits_for_acceptance(office: BackOffice) -> None:
    """Being there is not enough; after a new connection the old acceptance is."""
    async with visit(office) as guest:
        waiting = asyncio.create_task(office.connected("CP1", PATIENCE_S))
        await guest.call("DataTransfer", {"vendorId": "me"})
        assert not waiting.done()
        await guest.boot()
        await waiting
        await office.drop("CP1")
    with pytest.raises(TimeoutError, match="acceptance of CP1"):
        await office.connected("CP1", 0.0)
    async with visit(office):
        await office.connected("CP1", PATIENCE_S)


async def test_a_drop_says_no_goodbye(office: BackOffice) -> None:
    """One station loses its connection without a close frame, the other keeps it."""
    async with visit(office) as one, visit(office, V201, "/CP2") as two:
        await one.boot()
        await two.boot()
        await office.drop("CP1")

        assert (await one.cut_off()).rcvd is None
        assert office.stations() == {"CP2": V201}
        await two.call("Heartbeat", {})
        await office.drop_all()
        assert (await two.cut_off()).rcvd is None
    assert office.stations() == {}


async def test_the_newest_connection_of_a_station_counts(office: BackOffice) -> None:
    """Who comes twice has lost the first line without our notice."""
    async with visit(office) as one, visit(office, V201) as two:
        await two.boot()

        assert (await one.cut_off()).rcvd is None
        assert office.stations() == {"CP1": V201}


async def test_a_pause_is_offline_and_the_port_stays(office: BackOffice) -> None:
    """Everybody is cut off and refused; after it the same address answers, and the ledger stays."""
    before = office.url
    async with visit(office) as guest:
        await guest.boot()
        await guest.call("StartTransaction", START_16)
        async with asyncio.timeout(PATIENCE_S):
            await office.pause()
            await office.pause()
        assert (await guest.cut_off()).rcvd is None
    with pytest.raises(OSError, match="Connect call failed"):
        async with visit(office):
            raise AssertionError("it was let in")
    await office.resume()
    await office.resume()

    assert before == office.url
    async with visit(office) as guest:
        await guest.call("Heartbeat", {})
    assert len(office.ledger.of("CP1")) == 1


async def test_the_port_is_kept_during_a_pause(office: BackOffice) -> None:
    """Nobody is given the port meanwhile, so the back office can come back to it."""
    await office.pause()
    port = int(office.url.split(":")[2].partition("/")[0])
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))


async def test_leaving_says_goodbye(clock: HandClock) -> None:
    """At the end stations hear code 1001, and nobody listens any more."""
    async with BackOffice(clock) as office:
        guests = visit(office)
        guest = await guests.__aenter__()
        await guest.boot()
        goodbye = asyncio.create_task(guest.cut_off())
    end = (await goodbye).rcvd
    await guests.__aexit__(None, None, None)

    assert end is not None
    assert end.code == 1001
    with pytest.raises(OSError, match="Connect call failed"):
        async with visit(office):
            raise AssertionError("it was let in")


async def test_over_tls(clock: HandClock, tmp_path: Path) -> None:
    """With a certificate the address is `wss`, and a drop cuts that too."""
    ours, theirs = contexts(tmp_path)
    async with BackOffice(clock, tls=ours) as office, visit(office, V201, ssl=theirs) as guest:
        await guest.boot()
        await office.drop("CP1")

        assert office.url.startswith("wss://127.0.0.1:")
        assert (await guest.cut_off()).rcvd is None


def contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the two sides' contexts around one self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "office")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=36_500))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "office.pem"
    file.write_bytes(private + certificate.public_bytes(pem))
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(file)
    return ours, ssl.create_default_context(cafile=file)


async def test_an_ipv6_address_has_brackets(clock: HandClock) -> None:
    """The URL can be dialled as it is."""
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    async with BackOffice(clock, host="::1") as office, visit(office) as guest:
        await guest.boot()

        assert office.url.startswith("ws://[::1]:")


async def test_a_taken_port_is_an_error(office: BackOffice, clock: HandClock) -> None:
    """A second back office cannot listen where one does."""
    port = int(office.url.split(":")[2].partition("/")[0])
    with pytest.raises(OSError, match="in use"):
        async with BackOffice(clock, port=port):
            raise AssertionError("it listens")


async def test_a_cut_line_is_not_connected(office: BackOffice) -> None:
    """After a trick has cut the line, `connected` waits for the next one."""
    office.policy = Policy(tricks=(Trick(Deed.CUT_BEFORE),))
    async with visit(office) as guest:
        await guest.boot()
        await guest.send(2, "m9", "StartTransaction", START_16)
        await guest.cut_off()
        waiting = asyncio.create_task(office.connected("CP1", PATIENCE_S))
        async with visit(office):
            await waiting

            assert office.stations() == {"CP1": V16}
