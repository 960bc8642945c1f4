"""Messages become wishes, or are told why they are none; the station tells itself in JSON."""

from __future__ import annotations

import json

import pytest

from laadpaal.mqtt.discovery import announcement, config_topic
from laadpaal.mqtt.states import states
from laadpaal.mqtt.wishes import WishError, place, wish
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.layout import Layout
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.phases import SetPhases
from laadpaal.station.requests import ChangeAvailability, Request, StartCharging, StopCharging
from laadpaal.station.words import By, StopReason, Token, TokenKind
from tests.support.world import World, charging

TEN_A = Schedule(Unit.AMPERE, (Period(0, 10.5),))


@pytest.mark.parametrize(
    ("what", "text", "meant"),
    [
        ("limit", b"10.5", SetExternalLimit(Source.OTHER, 1, TEN_A, "MQTT")),
        ("limit", b"None", ClearExternalLimit(Source.OTHER, 1, "MQTT")),
        ("charging", b"on", StartCharging(1, Token("MQTT", TokenKind.LOCAL), By.LOCAL)),
        ("charging", b"OFF", StopCharging("tx-1", By.LOCAL, StopReason.LOCAL)),
        ("enabled", b"OFF", ChangeAvailability(operative=False, evse=1)),
        ("enabled", b"ON", ChangeAvailability(operative=True, evse=1)),
        ("lines", b" 1 ", SetPhases(1, 1, "MQTT")),
    ],
)
def test_a_message_is_a_wish(what: str, text: bytes, meant: Request) -> None:
    """Of the EVSE whose topic it came by."""
    evse = charging().station.view().evses[0]

    assert wish(evse, what, text) == meant


@pytest.mark.parametrize(
    ("what", "text", "why"),
    [
        ("limit", b"much", "'much' is no current in ampere, nor none"),
        ("limit", b"nan", "'nan' is no current"),
        ("limit", b"-1", "'-1' is no current"),
        ("limit", b"\xff", "is no current"),
        ("limit", b"9" * 1000, None),
        ("charging", b"OFF", "EVSE 2 has no transaction"),
        ("charging", b"maybe", "'maybe' is neither ON nor OFF"),
        ("enabled", b"", "'' is neither ON nor OFF"),
        ("lines", b"2", "'2' is neither 1 nor 3 lines"),
        ("colour", b"red", "nobody can set colour"),
    ],
)
def test_what_is_no_wish_is_told_why(what: str, text: bytes, why: str | None) -> None:
    """However long or strange it is."""
    evse = charging().station.view().evses[1]
    if why is None:
        assert isinstance(wish(evse, what, text), SetExternalLimit)
        return

    with pytest.raises(WishError, match=why):
        wish(evse, what, text)


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("home/paal/evse/2/set/limit", (2, "limit")),
        ("home/paal/evse/0/set/limit", None),
        ("home/paal/evse/2/limit", None),
        ("home/paal/evse/222/set/limit", None),
        ("other/evse/2/set/limit", None),
    ],
)
def test_a_topic_says_which_evse_and_what(topic: str, found: tuple[int, str] | None) -> None:
    """Any other is passed over."""
    assert place(topic, "home/paal") == found


def test_the_station_is_told_in_json() -> None:
    """What there is not is null."""
    world = charging()
    world.measure(1, 250.0, currents_a=(10.0, 0.0, 0.5))
    told = {topic: json.loads(text) for topic, text in states(world.station.view(), "p")}

    assert told["p/station"] == {
        "status": "Available",
        "csms": "ON",
        "limit": 32.0,
        "temperature": None,
    }
    one, two = told["p/evse/1"], told["p/evse/2"]
    assert (one["status"], one["charging"], one["lock"]) == ("Charging", "ON", "locked")
    assert (one["current_l1"], one["session"], one["offered"]) == (10.0, 250.0, 16.0)
    assert one["why"].startswith("16 A of 32 A: ")
    assert (two["power"], two["charging"], two["enabled"], two["lines"]) == (None, "OFF", "ON", "3")


def test_the_limit_that_was_set_is_told_even_where_another_counts() -> None:
    """So a slider stays where it was put."""
    world = World()
    evse = world.station.view().evses[0]
    world.ask(wish(evse, "limit", b"20"))
    told = json.loads(dict(states(world.station.view(), "p"))["p/evse/1"])

    assert (told["limit"], told["allowed"]) == (20.0, 16.0)


def test_home_assistant_finds_one_device_with_all_its_parts() -> None:
    """Each has a name of its own, and what can be set has a topic for that."""
    layout = Layout(serial="LP 0/1", switches_phases=True)
    told = json.loads(announcement(layout, "p"))
    parts = told["cmps"]

    assert config_topic("homeassistant", layout) == "homeassistant/device/laadpaal_LP_0_1/config"
    assert told["availability_topic"] == "p/connected"
    assert len({part["unique_id"] for part in parts.values()}) == len(parts)
    assert parts["evse2_energy"]["state_class"] == "total_increasing"
    assert parts["evse2_power"]["state_topic"] == "p/evse/2"
    assert parts["evse1_set_limit"]["command_topic"] == "p/evse/1/set/limit"
    assert parts["evse1_set_lines"]["options"] == ["1", "3"]
    assert "evse1_set_lines" not in json.loads(announcement(Layout(), "p"))["cmps"]


def test_every_value_that_is_shown_is_told() -> None:
    """No part looks for a key that is not there."""
    layout = Layout(switches_phases=True)
    told = {topic: json.loads(text) for topic, text in states(World(layout).station.view(), "p")}

    for part in json.loads(announcement(layout, "p"))["cmps"].values():
        key = part["value_template"].removeprefix("{{ value_json.").removesuffix(" }}")
        assert key in told[part["state_topic"]]
