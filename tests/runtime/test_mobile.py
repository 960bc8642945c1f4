"""The ladder: what is done about a mobile network that cannot be reached."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from laadpaal.ports.modem import Access, Attached, Carried, Looked, ModemFailed, SimRefused
from laadpaal.ports.station import StationDesk
from laadpaal.properties import connectivity as rows
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.values import Values
from laadpaal.runtime.mobile import MobileWay, Rung, access_of, rung_after, wait_s
from laadpaal.station.events import Event
from laadpaal.station.mobile_events import ModemAttached, ModemLost, PinRefused, SignalMeasured
from laadpaal.station.network_profile import Apn, Route
from laadpaal.station.notices import LinkChanged
from laadpaal.station.view import NetworkView
from tests.support.jumping import jump

ATTACHED = Attached(Carried("ppp0", "10.64.0.2"), "89310", "20408", dbm=-80)
HOUR_S = 3600.0


@dataclass
class Desk:
    """Is as much of a `StationDesk` as is looked at."""

    values: Values = field(default_factory=Values)
    route: Route = field(default_factory=Route)
    happened_at: list[tuple[float, Event]] = field(default_factory=list)

    def happened(self, event: Event) -> None:
        """Keep what is told, with its time."""
        self.happened_at.append((asyncio.get_running_loop().time() - 1000, event))

    @property
    def events(self) -> list[Event]:
        """What was told."""
        return [event for _, event in self.happened_at]

    def view(self) -> Any:
        """Return the network alone."""
        network = NetworkView(route=self.route)
        return type("View", (), {"network": network, "mobile": None})


@dataclass
class FakeModem:
    """A modem that attaches when `attaching` says so; keeps what is done to it."""

    attaching: Callable[[], Attached]
    lasts_s: float = 1e9
    switched: bool = True
    done: list[tuple[float, str]] = field(default_factory=list)
    accesses: list[Access] = field(default_factory=list)

    def _did(self, what: str) -> None:
        self.done.append((asyncio.get_running_loop().time() - 1000, what))

    async def attach(self, access: Access) -> Attached:
        self._did("attach")
        self.accesses.append(access)
        return self.attaching()

    async def look(self, access: Access) -> Looked:
        raise NotImplementedError  # nobody looks while it is in use

    async def watch(self) -> AsyncIterator[int | None]:
        yield -81
        await asyncio.sleep(self.lasts_s)
        raise ModemFailed("the network is gone")

    async def restart(self) -> None:
        self._did("restart")

    async def cut_power(self) -> None:
        self._did("power")

    async def release(self) -> None:
        self._did("release")


def failing() -> Attached:
    raise ModemFailed("there is no network")


def lived(modem: FakeModem, desk: Desk, seconds: float, doubts_at: tuple[float, ...] = ()) -> None:
    """Let the way be kept open for so long; at these times the CSMS is found silent."""

    async def story() -> None:
        way = MobileWay(modem, cast("StationDesk", desk))
        for at in doubts_at:
            asyncio.get_running_loop().call_later(at, way.doubt)
        running = asyncio.ensure_future(way.run())
        await asyncio.sleep(seconds)
        running.cancel()
        await asyncio.wait({running})

    jump(story())


def what(modem: FakeModem) -> list[str]:
    return [done for _, done in modem.done]


@pytest.mark.parametrize(
    ("failures", "rung"),
    [
        (0, Rung.DIAL),
        (4, Rung.DIAL),
        (5, Rung.RESTART),
        (6, Rung.DIAL),
        (10, Rung.POWER),
        (15, Rung.RESTART),
        (20, Rung.POWER),
    ],
)
def test_every_few_attempts_there_is_more_force(failures: int, rung: Rung) -> None:
    """The modem starts anew, then it loses its power, and so on."""
    assert rung_after(failures, 5) is rung


@pytest.mark.parametrize(
    ("failures", "delay", "grows", "expected"),
    [
        (0, 0, 1, 0),
        (0, 7, 1, 7),
        (1, 0, 1, 10),
        (3, 5, 1, 45),
        (7, 0, 1, 600),
        (9999, 0, 1, 600),
        (9, 0, 0, 1),
        (9, 7, 0, 8),
    ],
)
def test_the_wait_grows_where_it_may(
    failures: int, delay: int, grows: int, expected: float
) -> None:
    """It doubles up to ten minutes; it never is nothing after a failure."""
    values = Values()
    values.put(rows.DIAL_DELAY, delay)
    values.put(rows.DIAL_GROWS, grows)

    assert wait_s(failures, values) == expected


def test_attempts_follow_each_other_by_the_ladder() -> None:
    """Each at its time; the same reason is handed on each time, and the core tells it once."""
    modem, desk = FakeModem(failing), Desk()
    desk.values.put(rows.DIAL_ATTEMPTS, 2)
    lived(modem, desk, 320)

    assert modem.done == [
        (0, "attach"),
        (10, "attach"),
        (30, "restart"),
        (30, "attach"),
        (70, "attach"),
        (150, "power"),
        (150, "attach"),
        (310, "attach"),
        (320, "release"),
    ]
    assert desk.events == [ModemLost("there is no network")] * 6


def test_a_modem_without_a_key_starts_anew_instead() -> None:
    """Nobody can cut its power."""
    modem, desk = FakeModem(failing, switched=False), Desk()
    desk.values.put(rows.DIAL_ATTEMPTS, 1)
    lived(modem, desk, 60)

    assert what(modem) == ["attach", "restart", "attach", "restart", "attach", "release"]


def test_what_the_modem_tells_is_handed_on() -> None:
    """And a connection that has lasted is dialled again at once."""
    modem, desk = FakeModem(lambda: ATTACHED, lasts_s=100), Desk()
    lived(modem, desk, 150)

    assert [(at, type(event)) for at, event in desk.happened_at] == [
        (0, ModemAttached),
        (0, SignalMeasured),
        (100, ModemLost),
        (100, ModemAttached),
        (100, SignalMeasured),
    ]
    assert desk.events[0] == ModemAttached(
        "89310", "20408", interface="ppp0", address="10.64.0.2", dbm=-80
    )


def test_a_connection_that_never_lasts_is_one_in_vain() -> None:
    """So the modem starts anew after as many of them."""
    modem, desk = FakeModem(lambda: ATTACHED, lasts_s=1), Desk()
    desk.values.put(rows.DIAL_ATTEMPTS, 2)
    lived(modem, desk, 60)

    assert what(modem)[:4] == ["attach", "attach", "restart", "attach"]


def test_a_refused_sim_is_left_to_people() -> None:
    """It is told, with the PIN that was spent, and nothing is tried any more."""

    def refuse() -> Attached:
        raise SimRefused("the SIM refuses its PIN", spent=True)

    modem, desk = FakeModem(refuse), Desk()
    lived(modem, desk, 9 * HOUR_S)

    assert desk.events == [PinRefused(), ModemLost("the SIM refuses its PIN", stopped=True)]
    assert what(modem) == ["attach", "release"]


@pytest.mark.parametrize("number", [rows.NONE, rows.WIRED])
def test_where_it_is_not_to_go_nothing_is_done(number: int) -> None:
    """The modem is not even called."""
    modem, desk = FakeModem(failing), Desk()
    desk.values.put(rows.CONNECTIVITY, number)
    lived(modem, desk, HOUR_S)

    assert desk.events == [ModemLost("the station is not to go that way", stopped=True)]
    assert modem.done == []


def test_a_silent_csms_is_answered_with_growing_force() -> None:
    """At first the websocket alone is dialled anew; then the modem, each time with more force."""
    modem, desk = FakeModem(lambda: ATTACHED), Desk()
    lived(modem, desk, 7 * HOUR_S, doubts_at=tuple(HOUR_S * n for n in range(1, 6)))

    assert [(at / HOUR_S, done) for at, done in modem.done] == [
        (0, "attach"),
        (2, "attach"),
        (3, "restart"),
        (3, "attach"),
        (4, "power"),
        (4, "attach"),
        (5, "power"),
        (5, "attach"),
        (7, "release"),
    ]


def test_a_csms_that_answers_removes_every_doubt() -> None:
    """The next silence begins with the websocket again."""

    async def story() -> list[str]:
        modem, desk = FakeModem(lambda: ATTACHED), Desk()
        way = MobileWay(modem, cast("StationDesk", desk))
        running = asyncio.ensure_future(way.run())
        for _ in range(3):
            await asyncio.sleep(HOUR_S)
            way.doubt()
            way.tell(LinkChanged(online=False))
            way.tell(LinkChanged(online=True))
        running.cancel()
        await asyncio.wait({running})
        return what(modem)

    assert jump(story()) == ["attach", "release"]


def test_the_access_point_is_the_slots_or_the_settings() -> None:
    """A slot need not name the PIN; one that was refused is marked."""
    desk = Desk()
    desk.values.put(rows.APN, "m2m.example")
    desk.values.put(rows.APN_USER, "anna")
    desk.values.put(rows.APN_PASSWORD, Hidden("welcome"))
    desk.values.put(rows.PIN, Hidden("1234"))
    desk.values.put(rows.REFUSED_PIN, Hidden("1234"))
    desk.values.put(rows.ROAMING, to_roam := False)
    own = access_of(cast("StationDesk", desk))
    desk.route = Route(apn=Apn("private", "CHAP", "bob", "secret", "", "20408", only_that=True))
    slots = access_of(cast("StationDesk", desk))
    desk.route = Route(apn=Apn("private", "NONE", pin="9999"))

    assert own == Access("m2m.example", "anna", "welcome", pin="1234", spent=True, roams=to_roam)
    assert slots == Access(
        "private",
        "bob",
        "secret",
        "CHAP",
        "1234",
        spent=True,
        network="20408",
        only_that=True,
        roams=to_roam,
    )
    assert not access_of(cast("StationDesk", desk)).spent
    assert "1234" not in repr(own)


def test_without_a_pin_none_is_spent() -> None:
    """Though none was ever refused either."""
    assert not access_of(cast("StationDesk", Desk())).spent
