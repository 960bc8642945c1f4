"""The CSMS at the counter of a real station: what it asks of the device model, and hears."""

from __future__ import annotations

import json
from typing import Any

from laadpaal.csms.dialect import Call, Reply, Wish
from laadpaal.protocols.ocpp import codec
from laadpaal.protocols.ocpp.message import Message
from tests.csms.v201.scene import World as Stage
from tests.csms.v201.scene import make_world
from tests.csms.v201.variables.row import Name, Place
from tests.support.world import World

COMM: Place = ("OCPPCommCtrlr", 0, 0)
SAMPLED: Place = ("SampledDataCtrlr", 0, 0)
SECURITY: Place = ("SecurityCtrlr", 0, 0)


def named(place: Place, name: str) -> Name:
    """Split the instance off a name."""
    plain, _, instance = name.partition("[")
    return place, plain, instance.removesuffix("]")


def asked(place: Place, name: str, **more: Any) -> dict[str, Any]:
    """Return what names a variable in a question."""
    (component, evse, connector), plain, instance = named(place, name)
    at: dict[str, Any] = {"name": component}
    if evse:
        at["evse"] = {"id": evse} | ({"connectorId": connector} if connector else {})
    variable = {"name": plain} | ({"instance": instance} if instance else {})
    return {"component": at, "variable": variable, **more}


def said(message: Message) -> Any:
    """Return the JSON of a message that obeys its schema."""
    return json.loads(bytes(codec.encode(message)))


class Counter:
    """The CSMS on one side, a real station on the other."""

    def __init__(self) -> None:
        self.world = World()
        self.stage: Stage = make_world()
        self.stage.desk.values = self.world.values

    def calls(self, base: str, request: int = 7) -> list[Call]:
        """Return the calls that follow the answer to a GetBaseReport."""
        reply = self.stage.hear("GetBaseReport", requestId=request, reportBase=base)
        assert isinstance(reply, Reply)
        assert said(reply.payload) == {"status": "Accepted"}
        calls = [call for call in reply.then if isinstance(call, Call)]
        assert len(calls) == len(reply.then)
        assert {call.action for call in calls} == {"NotifyReport"}
        return calls

    def reports(self, base: str) -> list[Any]:
        """Return the messages of a base report."""
        return [said(call.payload) for call in self.calls(base)]

    def report(self, base: str = "FullInventory") -> dict[Name, Any]:
        """Return the lines of a base report by name."""
        lines = [line for message in self.reports(base) for line in message["reportData"]]
        by_name = {_name(line): line for line in lines}
        assert len(by_name) == len(lines)
        return by_name

    def chosen(self, *wishes: dict[str, Any], criteria: tuple[str, ...] = ()) -> dict[Name, Any]:
        """Return the lines of a GetReport by name; without any, the answer has said so."""
        fields = {"componentVariable": list(wishes), "componentCriteria": list(criteria)}
        given = {name: value for name, value in fields.items() if value}
        reply = self.stage.hear("GetReport", requestId=8, **given)
        assert isinstance(reply, Reply)
        messages = [said(call.payload) for call in reply.then if isinstance(call, Call)]
        lines = [line for message in messages for line in message["reportData"]]
        assert said(reply.payload) == {"status": "Accepted" if lines else "EmptyResultSet"}
        assert {message["requestId"] for message in messages} <= {8}
        return {_name(line): line for line in lines}

    def get(self, *wishes: dict[str, Any]) -> list[Any]:
        """Return the results of GetVariables."""
        reply = self.stage.hear("GetVariables", getVariableData=list(wishes))
        assert isinstance(reply, Reply)
        results: list[Any] = said(reply.payload)["getVariableResult"]
        return results

    def set(self, *wishes: dict[str, Any]) -> list[Any]:
        """Write variables and return the results."""
        heard = self.stage.hear("SetVariables", setVariableData=list(wishes))
        if isinstance(heard, Wish):
            heard = heard.reply(tuple(self.world.ask(request) for request in heard.requests))
        results: list[Any] = said(heard.payload)["setVariableResult"]
        return results

    def put(self, place: Place, name: str, value: str) -> Any:
        """Write one variable and return its result."""
        [result] = self.set(asked(place, name, attributeValue=value))
        return result

    def value(self, place: Place, name: str) -> str:
        """Return the value of one variable."""
        [result] = self.get(asked(place, name))
        assert result["attributeStatus"] == "Accepted"
        text: str = result["attributeValue"]
        return text


def _name(line: Any) -> Name:
    evse = line["component"].get("evse", {})
    place = line["component"]["name"], evse.get("id", 0), evse.get("connectorId", 0)
    return place, line["variable"]["name"], line["variable"].get("instance", "")
