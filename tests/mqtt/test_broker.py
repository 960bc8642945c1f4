"""The station at a real broker: told, steered, lost, found again, let in by password and TLS."""

from __future__ import annotations

import asyncio
import getpass
import json
import logging
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiomqtt
import pytest

from laadpaal.mqtt import broker as broker_room
from laadpaal.mqtt.broker import At
from laadpaal.properties.authorization import OFFLINE_UNKNOWN
from laadpaal.runtime.config import ConfigError, parse
from laadpaal.runtime.mqtt import mqtt_of
from laadpaal.runtime.mqtt_table import MqttTable
from tests.modbus_slave.desk import ManagedDesk
from tests.support.certificates import chain

HOST, USER, PASSWORD = "127.0.0.1", "paal", "a good password"
SERVER = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
LOG = logging.getLogger("laadpaal.test.mqtt")
PATIENCE_S = 30.0

pytestmark = pytest.mark.skipif(not SERVER, reason="there is no mosquitto on this machine")


@dataclass
class Mosquitto:
    """A broker of Debian's, which asks for a password."""

    folder: Path
    tls: bool = False
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    trusts: str = ""
    lines: list[str] = field(default_factory=list)

    def prepare(self) -> None:
        """Write what it goes by."""
        with socket.create_server((HOST, 0)) as free:
            self.port = free.getsockname()[1]
        file = self.folder / "passwords"
        maker = ["mosquitto_passwd", "-c", "-b", str(file), USER, PASSWORD]
        subprocess.run(maker, check=True, capture_output=True)  # noqa: S603  our own words
        self.lines = [
            f"listener {self.port} {HOST}",
            f"user {getpass.getuser()}",
            "allow_anonymous false",
            f"password_file {file}",
        ]
        if self.tls:
            top, leaf = chain()
            certificate, key = leaf.files(self.folder, "broker")
            (self.folder / "roots.pem").write_text(top.pem)
            self.trusts = str(self.folder / "roots.pem")
            self.lines += [f"certfile {certificate}", f"keyfile {key}"]
        (self.folder / "conf").write_text("\n".join(self.lines) + "\n")

    async def start(self) -> None:
        """Run it, and return once it listens."""
        assert SERVER
        command = [SERVER, "-c", str(self.folder / "conf")]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603, ASYNC220  likewise
        async with asyncio.timeout(PATIENCE_S):
            while not await self._listens():  # noqa: ASYNC110  a process tells nobody
                await asyncio.sleep(0.02)

    async def _listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection(HOST, self.port)
        except OSError:
            return False
        writer.close()
        return True

    def stop(self) -> None:
        """End it at once."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def at(self, password: str = PASSWORD) -> MqttTable:
        """Return the table of a configuration that names it."""
        return MqttTable(
            host=HOST,
            port=self.port,
            username=USER,
            password=password,
            tls=self.tls,
            ca_file=self.trusts,
            topic="home/paal",
        )


@asynccontextmanager
async def served(folder: Path, *, tls: bool = False) -> AsyncIterator[Mosquitto]:
    """Run a broker as long as the block lasts."""
    it = Mosquitto(folder, tls)
    it.prepare()
    await it.start()
    try:
        yield it
    finally:
        it.stop()


class Listener:
    """Whoever automates the home: hears everything, and wishes."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self.last: dict[str, str] = {}

    async def until(self, topic: str, *said: str) -> str:
        """Return what stands at a topic once all that is said in it."""
        async with asyncio.timeout(PATIENCE_S):
            while not all(one in self.last.get(topic, "\0") for one in said or ("",)) or (
                topic not in self.last
            ):
                message = await anext(aiter(self._client.messages))
                assert isinstance(message.payload, bytes)
                self.last[message.topic.value] = message.payload.decode()
        return self.last[topic]

    async def set(self, what: str, text: str, *, retain: bool = False) -> None:
        """Wish something of EVSE 1."""
        await self._client.publish(f"home/paal/evse/1/set/{what}", text, qos=1, retain=retain)


@asynccontextmanager
async def listening(it: Mosquitto) -> AsyncIterator[Listener]:
    """Listen to everything at a broker without TLS."""
    async with aiomqtt.Client(HOST, it.port, username=USER, password=PASSWORD) as client:
        await client.subscribe("#", qos=1)
        yield Listener(client)


async def test_a_home_automation_sees_and_steers(tmp_path: Path) -> None:
    """It finds the device, sets a limit, starts and stops, and hears why it cannot."""
    desk = ManagedDesk()
    desk.world.put(OFFLINE_UNKNOWN, to=True)
    desk.world.plug()
    async with AsyncExitStack() as stack:
        it = await stack.enter_async_context(served(tmp_path))
        await stack.enter_async_context(mqtt_of(it.at(), desk, LOG))
        home = await stack.enter_async_context(listening(it))
        assert await home.until("home/paal/connected") == "online"
        found = await home.until("homeassistant/device/laadpaal_LP000001/config")
        assert json.loads(found)["dev"]["mdl"] == "Duo"
        await home.until("home/paal/evse/1", '"charging": "OFF"')
        await home.set("charging", "ON")
        await home.until("home/paal/evse/1", '"charging": "ON"')
        await home.set("limit", "9.5")
        told = json.loads(await home.until("home/paal/evse/1", '"offered": 9.5'))
        assert told["why"].endswith("MQTT limit allows 9.5 A")
        await home.set("limit", "none")
        await home.until("home/paal/evse/1", '"offered": 16')
        await home.set("lines", "1")
        await home.until("home/paal/evse/1", '"lines": "1"')
        await home.set("charging", "OFF")
        await home.until("home/paal/evse/1", '"charging": "OFF"')
        await home.set("limit", "much")
        told = json.loads(await home.until("home/paal/evse/1/refused"))
        assert told == {"what": "limit", "why": "'much' is no current in ampere, nor none"}
        await home.set("enabled", "OFF")
        await home.until("home/paal/evse/1", '"enabled": "OFF"')
        await home.set("charging", "ON")
        told = json.loads(await home.until("home/paal/evse/1/refused", "charging"))
        assert told["why"] == "EVSE 1 is out of use"


async def test_the_end_of_the_station_is_told(tmp_path: Path) -> None:
    """What it told last stays, and says that nobody is there."""
    async with served(tmp_path) as it, listening(it) as home:
        async with mqtt_of(it.at(), ManagedDesk(), LOG):
            await home.until("home/paal/connected", "online")
        assert await home.until("home/paal/connected", "offline")


async def test_the_station_ends_even_where_the_broker_has(tmp_path: Path) -> None:
    """A farewell that nobody hears holds nothing up."""
    async with served(tmp_path) as it, mqtt_of(it.at(), ManagedDesk(), LOG):
        async with listening(it) as home:
            await home.until("home/paal/evse/2")
        it.stop()


async def test_what_somebody_left_behind_is_no_wish(tmp_path: Path) -> None:
    """A retained message is of another time."""
    desk = ManagedDesk()
    async with served(tmp_path) as it, listening(it) as home:
        await home.set("enabled", "OFF", retain=True)
        async with mqtt_of(it.at(), desk, LOG):
            await home.until("home/paal/evse/2")
            await home.set("limit", "8")
            await home.until("home/paal/evse/1", '"limit": 8.0')
    assert [type(wish).__name__ for wish in desk.asked] == ["SetExternalLimit"]


async def test_a_broker_that_comes_back_is_told_everything_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is dialled again and again until then."""
    monkeypatch.setattr(broker_room, "FIRST_S", 0.05)
    async with served(tmp_path) as it, mqtt_of(it.at(), ManagedDesk(), LOG):
        async with listening(it) as home:
            await home.until("home/paal/evse/2")
        it.stop()
        await it.start()
        async with listening(it) as home:
            await home.until("home/paal/evse/2")
    assert "MQTT: the broker is lost" in caplog.text


async def test_tls_and_password_let_it_in(tmp_path: Path) -> None:
    """The broker's name and root are looked at, as everywhere."""
    async with served(tmp_path, tls=True) as it, mqtt_of(it.at(), ManagedDesk(), LOG):
        trusted = aiomqtt.TLSParameters(ca_certs=it.trusts)
        async with aiomqtt.Client(
            HOST, it.port, username=USER, password=PASSWORD, tls_params=trusted
        ) as client:
            await client.subscribe("home/paal/#")
            assert await Listener(client).until("home/paal/connected") == "online"


async def test_a_wrong_password_is_told_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the password."""
    async with served(tmp_path) as it:
        told = asyncio.Event()
        caplog.handler.addFilter(_ringing(told))
        async with asyncio.timeout(PATIENCE_S), mqtt_of(it.at("wrong"), ManagedDesk(), LOG):
            await told.wait()
    assert "MQTT: the broker is lost" in caplog.text
    assert "wrong" not in caplog.text


def _ringing(bell: asyncio.Event) -> Callable[[logging.LogRecord], bool]:
    """Return what rings for each line of the log, and lets it pass."""

    def ring(_: logging.LogRecord) -> bool:
        bell.set()
        return True

    return ring


def test_a_password_is_not_shown() -> None:
    """Whoever prints where the broker is, does not print it."""
    assert "secret" not in repr(At(HOST, 1, "p", password="secret"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[mqtt]\n", "host"),
        ("[mqtt]\nhost = ''\n", "mqtt.host"),
        ("[mqtt]\nhost = 'h'\nport = 70000\n", "mqtt.port"),
        ("[mqtt]\nhost = 'h'\ntopic = 'a/#'\n", "mqtt.topic"),
        ("[mqtt]\nhost = 'h'\ntopic = ''\n", "mqtt.topic"),
        ("[mqtt]\nhost = 'h'\ndiscovery = '+'\n", "mqtt.discovery"),
    ],
)
def test_a_wrong_table_is_refused_by_name(text: str, why: str) -> None:
    """Before anything starts."""
    with pytest.raises(ConfigError, match=why):
        parse(text)


async def test_roots_that_there_are_not_are_refused_by_name(tmp_path: Path) -> None:
    """A broker that nobody vouches for is not dialled."""
    table = MqttTable(host=HOST, tls=True, ca_file=str(tmp_path / "none.pem"))
    with pytest.raises(ConfigError, match=r"mqtt\.ca_file"):
        await mqtt_of(table, ManagedDesk(), LOG).__aenter__()


async def test_without_the_extra_it_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration that names a broker needs the library for it."""
    monkeypatch.setattr("laadpaal.runtime.mqtt.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="mqtt: it needs the extra mqtt"):
        await mqtt_of(MqttTable(host=HOST), ManagedDesk(), LOG).__aenter__()
