"""Network profiles as the CSMS puts them in (B09), and what it reads of them."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from laadpaal.csms.v16 import V16
from laadpaal.properties.comms import PASSWORD
from laadpaal.properties.kinds import Hidden
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.network_profile import Apn, Generation, NetworkProfile, Route, Vpn
from laadpaal.station.notices import NetworkChanged
from laadpaal.station.requests import StoreNetwork
from laadpaal.station.view import NetworkView
from tests.csms.v201.scene import World, make_world

DATA = {
    "ocppVersion": "OCPP20",
    "ocppTransport": "JSON",
    "ocppCsmsUrl": "wss://csms.example/ocpp",
    "messageTimeout": 30,
    "securityProfile": 2,
    "ocppInterface": "Wired0",
}
LOG = logging.getLogger("test.networks")
APN = {"apn": "internet", "apnAuthentication": "CHAP"}
VPN = {"server": "vpn.example", "user": "u", "password": "p", "key": "k", "type": "IKEv2"}


def call(**more: Any) -> dict[str, Any]:
    """Return a payload for slot 2."""
    return {"configurationSlot": 2, "connectionData": DATA | more}


@pytest.mark.parametrize(
    ("version", "generation"), [("OCPP16", Generation.FIRST), ("OCPP20", Generation.SECOND)]
)
def test_a_profile_goes_to_its_slot(world: World, version: str, generation: Generation) -> None:
    """Its version becomes a word of the station's own."""
    wishes = world.wished("SetNetworkProfile", **call(ocppVersion=version))

    url = "wss://csms.example/ocpp"
    assert wishes == (StoreNetwork(2, NetworkProfile(generation, url, 2, 30, "Wired0")),)


@pytest.mark.parametrize(
    ("told", "apn"),
    [
        (APN, Apn("internet", "CHAP")),
        (
            APN
            | {
                "apnUserName": "anna",
                "apnPassword": "pass",
                "simPin": 1234,
                "preferredNetwork": "20408",
                "useOnlyPreferredNetwork": True,
            },
            Apn("internet", "CHAP", "anna", "pass", "1234", "20408", only_that=True),
        ),
    ],
)
def test_an_access_point_goes_along(world: World, told: dict[str, Any], apn: Apn) -> None:
    """All of it, and nothing that was not told."""
    (wish,) = world.wished("SetNetworkProfile", **call(apn=told))

    assert isinstance(wish, StoreNetwork)
    assert wish.profile.apn == apn


@pytest.mark.parametrize("group", ["", "guests"])
def test_a_private_network_goes_along(world: World, group: str) -> None:
    """All of it."""
    told = VPN | ({"group": group} if group else {})
    (wish,) = world.wished("SetNetworkProfile", **call(vpn=told))

    assert isinstance(wish, StoreNetwork)
    assert wish.profile.vpn == Vpn("IKEv2", "vpn.example", "u", "p", "k", group)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Accepted(), {"status": "Accepted"}),
        *(
            (
                Refused(reason, "why"),
                {
                    "status": "Rejected",
                    "statusInfo": {"reasonCode": word, "additionalInfo": "why"},
                },
            )
            for reason, word in (
                (Reason.BAD_NETWORK, "InvalidNetworkConf"),
                (Reason.UNKNOWN_SLOT, "InvalidConfSlot"),
                (Reason.DOWNGRADE, "NoSecurityDowngrade"),
            )
        ),
    ],
)
def test_the_answer_says_why(world: World, answer: Any, told: Any) -> None:
    """A refusal has the code that the errata give it."""
    assert world.answered("SetNetworkProfile", answer, **call()) == told


@pytest.mark.parametrize("wrong", [{"ocppVersion": "OCPP12"}, {"ocppTransport": "SOAP"}])
def test_what_we_do_not_speak_is_refused_at_once(world: World, wrong: dict[str, str]) -> None:
    """The station need not be asked."""
    told = world.replied("SetNetworkProfile", **call(**wrong))

    (word,) = wrong.values()
    info = {"reasonCode": "InvalidNetworkConf", "additionalInfo": f"{word} is not spoken here"}
    assert told == {"status": "Rejected", "statusInfo": info}


def test_a_change_of_slot_is_no_message_of_its_own(world: World) -> None:
    """The boot notification tells it."""
    assert world.tell(NetworkChanged(2)) == []


@pytest.mark.parametrize("security", [0, 1, 2, 3])
def test_the_way_decides_whether_the_password_is_shown(security: int) -> None:
    """It does not wait for the profile in force, which follows the connection (A05)."""
    world = make_world({(PASSWORD.id, 0): Hidden("wachtwoord-é-16+")})
    world.see(network=NetworkView(route=Route(security=security)))

    for dialect in (world.dialect, V16(LOG)):
        shown = dialect.authorization("LP1", world.scene)
        assert (shown is None) is (security == 3)
