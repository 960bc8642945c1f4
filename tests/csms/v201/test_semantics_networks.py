"""Network profiles that lead nowhere, orders of slots that nobody can dial, and some good ones."""

from __future__ import annotations

from laadpaal.properties.comms import PASSWORD, SECURITY_PROFILE
from laadpaal.properties.kinds import Hidden
from laadpaal.station.network_profile import Generation, NetworkProfile
from laadpaal.station.requests import StoreNetwork
from tests.csms.played import Answer, Row, Where, idle, moved, table, unmoved
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, TYPE, VALUE, _judged, no, play
from tests.support.world import World

NETWORK = {
    "ocppVersion": "OCPP20",
    "ocppTransport": "JSON",
    "ocppCsmsUrl": "ws://csms.example/ocpp",
    "messageTimeout": 30,
    "securityProfile": 1,
    "ocppInterface": "Wired0",
}
COMM = "OCPPCommCtrlr"
APN = {"apn": "internet", "apnAuthentication": "AUTO"}
VPN = {"server": "a", "user": "b", "password": "c", "key": "d", "type": "IPSec"}


def _network(answer: Answer, slot: object = 2, where: Where = idle, **more: object) -> Row:
    payload = {"configurationSlot": slot, "connectionData": {**NETWORK, **more}}
    return "SetNetworkProfile", payload, answer, where


def _order(answer: Answer, slots: str, where: Where = idle) -> Row:
    names = {"component": {"name": COMM}, "variable": {"name": "NetworkConfigurationPriority"}}
    payload = {"setVariableData": [{**names, "attributeValue": slots}]}
    return "SetVariables", payload, answer, where


def raised(world: World) -> None:
    """Know the CSMS by TLS and its password."""
    world.put(SECURITY_PROFILE, to=2)
    world.put(PASSWORD, to=Hidden("the-old-password"))


def stored(world: World) -> None:
    """Have a network profile in slot 2 that the station has all it needs for."""
    raised(world)
    url = "wss://csms.example/ocpp"
    world.ask(StoreNetwork(2, NetworkProfile(Generation.FIRST, url, 2, 30)))


NETWORKS: list[Row] = [
    # SetNetworkProfile, and what may be dialled
    ("SetNetworkProfile", {"configurationSlot": 1}, COUNT, idle),
    _network(TYPE, "2"),
    _network(TYPE, messageTimeout="30"),
    _network(VALUE, ocppVersion="OCPP201"),
    _network(VALUE, ocppInterface="Wired9"),
    _network(VALUE, ocppCsmsUrl="ws://" + "x" * 512),
    *(_network(no("InvalidConfSlot"), slot) for slot in (0, 4, 999, -1, 2**40)),
    *(
        _network(no("InvalidNetworkConf"), **wrong)
        for wrong in (
            {"ocppVersion": "OCPP15"},
            {"ocppTransport": "SOAP"},
            {"ocppCsmsUrl": "wss://csms.example/ocpp"},
            {"ocppCsmsUrl": "http://csms.example/ocpp"},
            {"ocppCsmsUrl": "ws://"},
            {"ocppCsmsUrl": "csms.example"},
            {"ocppCsmsUrl": ""},
            {"ocppCsmsUrl": "ws://[csms"},
            {"ocppCsmsUrl": "ws://csms.example:port/"},
            {"ocppCsmsUrl": "ws://anna:secret@csms.example/"},
            {"ocppCsmsUrl": "ws://csms.example/?a=b"},
            {"ocppCsmsUrl": "ws://csms.example/#a"},
            {"ocppCsmsUrl": "ws://csms example/"},
            {"ocppCsmsUrl": "ws://csms.example/\u0007"},
            {"messageTimeout": 0},
            {"messageTimeout": -30},
            {"messageTimeout": 601},
            {"securityProfile": 4},
            {"securityProfile": -1},
            {"securityProfile": 2},
            {"ocppInterface": "Wireless0"},
            {"ocppInterface": "Wired1"},
            {"apn": APN},
            {"vpn": VPN},
        )
    ),
    _network(no("NoSecurityDowngrade"), where=raised),
    *(_order(_judged("Rejected", "InvalidConfSlot"), slots) for slots in ("2", "1,2", "2,1")),
    *(
        _order(_judged("Rejected", "InvalidValue"), slots, stored)
        for slots in ("", "4", "2,2", "two", "2;1", "0")
    ),
]
SENSIBLE: list[Row] = [
    _network(ACCEPTED),
    _network(ACCEPTED, 1, ocppVersion="OCPP16"),
    _network(ACCEPTED, 3, ocppCsmsUrl="wss://csms.example", securityProfile=3),
    _order(_judged("RebootRequired"), "2", stored),
]


@table(NETWORKS)
async def test_senseless(action: str, payload: object, answer: Answer, where: Where) -> None:
    """The reason has the code that the errata give it, and every slot is as it was."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_is_kept(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """And nothing follows: the connection stays as it is."""
    assert await play(where, action, payload) == moved(answer)
