"""The talk with the broker: what has changed is told, wishes are heard, and lost lines dialled."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from dataclasses import dataclass, field

import aiomqtt

from laadpaal.mqtt.discovery import announcement, config_topic, status_topic
from laadpaal.mqtt.states import evse_topic, states
from laadpaal.mqtt.wishes import WishError, place, wish
from laadpaal.ports.station import StationDesk
from laadpaal.station.answers import Refused

LOOK_S = 1.0
"""How often is looked whether there is anything new to tell, in seconds of the network."""
FIRST_S, LONGEST_S = 1.0, 60.0
"""How long to wait before dialling again: at first, and at most."""
ONLINE, OFFLINE = "online", "offline"


@dataclass(frozen=True, slots=True)
class At:
    """Where the broker is, and how the station stands there.

    Args:
        base: What all its topics begin with.
        prefix: What those of Home Assistant begin with; "" where it is not to be found there.
        tls: For a broker with TLS.
    """

    host: str
    port: int
    base: str
    prefix: str = "homeassistant"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: ssl.SSLContext | None = None


class Broker:
    """Keeps a connection as long as it runs; one that fails is made again, later each time."""

    def __init__(self, desk: StationDesk, at: At, log: logging.Logger) -> None:
        self._desk = desk
        self._at = at
        self._log = log
        self._told: dict[str, str] = {}
        self._wait_s = FIRST_S
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Connect and talk until cancelled."""
        while True:
            try:
                await self._connected()
            except* aiomqtt.MqttError as wrong:
                why = "; ".join(str(one) for one in wrong.exceptions)
                self._log.warning("MQTT: the broker is lost: %s", why)
            if _cancelled():
                return  # the farewell has failed, and hides that the end is wanted
            await asyncio.sleep(self._wait_s)
            self._wait_s = min(2 * self._wait_s, LONGEST_S)

    async def _connected(self) -> None:
        status = status_topic(self._at.base)
        will = aiomqtt.Will(status, OFFLINE, qos=1, retain=True)
        async with aiomqtt.Client(
            self._at.host,
            self._at.port,
            username=self._at.username,
            password=self._at.password,
            tls_context=self._at.tls,
            will=will,
        ) as client:
            self._log.info("MQTT: connected to %s port %d", self._at.host, self._at.port)
            self._wait_s, self._told = FIRST_S, {}
            try:
                await self._introduce(client)
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._tell(client))
                    await self._hear(client)
            except asyncio.CancelledError:
                await client.publish(status, OFFLINE, qos=1, retain=True)
                raise

    async def _introduce(self, client: aiomqtt.Client) -> None:
        await client.subscribe(f"{self._at.base}/evse/+/set/+", qos=1)
        if self._at.prefix:
            topic = config_topic(self._at.prefix, self._desk.layout)
            text = announcement(self._desk.layout, self._at.base)
            await client.publish(topic, text, qos=1, retain=True)
        await client.publish(status_topic(self._at.base), ONLINE, qos=1, retain=True)

    async def _tell(self, client: aiomqtt.Client) -> None:
        """Tell what is another than it was told last, again and again."""
        while True:
            self._news.clear()
            for topic, text in states(self._desk.view(), self._at.base):
                if self._told.get(topic) != text:
                    await client.publish(topic, text, qos=1, retain=True)
                    self._told[topic] = text
            try:
                async with asyncio.timeout(LOOK_S):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _hear(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            where = place(message.topic.value, self._at.base)
            # What somebody left behind long ago is nobody's wish now.
            if where is None or message.retain:
                continue
            payload = message.payload if isinstance(message.payload, bytes) else b""
            if why := await self._ask(*where, payload):
                self._log.info("MQTT: %s is refused: %s", message.topic.value, why)
                told = json.dumps({"what": where[1], "why": why})
                topic = f"{evse_topic(self._at.base, where[0])}/refused"
                await client.publish(topic, told, qos=1)
            self._news.set()

    async def _ask(self, evse: int, what: str, payload: bytes) -> str:
        """Return why a wish is refused, "" where it is not."""
        evses = self._desk.view().evses
        if evse > len(evses):
            return f"there is no EVSE {evse}"
        try:
            answer = await self._desk.ask(wish(evses[evse - 1], what, payload))
        except WishError as wrong:
            return str(wrong)
        return (answer.detail or answer.reason.value) if isinstance(answer, Refused) else ""


def _cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
