"""Frames that no honest CSMS sends, and what a station does with each, per version of OCPP."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from laadpaal.protocols.ocpp.codec import Direction
from tests.protocols.ocpp import schemas

RESULT = "a CALLRESULT"
LARGEST = 1 << 20
"""Bytes that the link takes; a longer message ends it with 1009."""

Answers = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One websocket message to the station.

    Args:
        kind: What is wrong with it.
        wire: A text, the pieces of a fragmented one, or bytes.
        id: Of the answer; None when there must be none.
        answers: The CALLERROR codes allowed, and `RESULT` where a CALLRESULT is.
        action: Whose schema a CALLRESULT must obey.
        text: Whether bytes go as a text message.
        ends: The code with which the station ends the connection; 0 when it does not.
    """

    kind: str
    wire: str | bytes | tuple[str, ...]
    id: str | None = None
    answers: Answers = frozenset()
    action: str = ""
    text: bool = False
    ends: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a version says to each mistake (reference 1.6 section 6, 2.0.1 section 1.1).

    Args:
        unreadable_id: The id that answers a frame without a readable one; None: silence.
        unknown_type: What a message type other than 2, 3 and 4 is answered; empty: silence.
        harmless: Actions that may reach the station whole: they change nothing that matters here.
        wordless: Actions whose result cannot say no, and the error that says it instead.
        wishes: Valid calls for what is not there: action and payload.
    """

    version: str
    unreadable_id: str | None
    unreadable: Answers
    no_call: Answers
    unknown_type: Answers
    payload: Answers
    harmless: frozenset[str]
    wordless: Mapping[str, str]
    wishes: tuple[tuple[str, dict[str, Any]], ...]


_HARMLESS_BOTH = frozenset(
    {
        "CancelReservation",
        "CertificateSigned",
        "ClearCache",
        "ClearChargingProfile",
        "DataTransfer",
        "DeleteCertificate",
        "GetCompositeSchedule",
        "GetInstalledCertificateIds",
        "GetLocalListVersion",
        "GetLog",
        "InstallCertificate",
        "ReserveNow",
        "SendLocalList",
        "UpdateFirmware",
    }
)
_HARMLESS_16 = _HARMLESS_BOTH | {
    "GetConfiguration",
    "GetDiagnostics",
    "SignedUpdateFirmware",
}
_HARMLESS_201 = _HARMLESS_BOTH | {
    "ClearDisplayMessage",
    "ClearVariableMonitoring",
    "CostUpdated",
    "CustomerInformation",
    "GetChargingProfiles",
    "GetDisplayMessages",
    "GetMonitoringReport",
    "GetReport",
    "GetTransactionStatus",
    "GetVariables",
    "PublishFirmware",
    "RequestStopTransaction",
    "SetDisplayMessage",
    "SetMonitoringBase",
    "SetMonitoringLevel",
    "SetNetworkProfile",
    "SetVariableMonitoring",
    "SetVariables",
    "UnpublishFirmware",
}
_CARD = {"idToken": "04FF", "type": "ISO14443"}
_NO_PROFILE = {
    "chargingProfileId": 10**30,
    "stackLevel": -(10**30),
    "chargingProfilePurpose": "TxProfile",
    "chargingProfileKind": "Recurring",
    "chargingSchedule": {
        "duration": -1,
        "chargingRateUnit": "W",
        "chargingSchedulePeriod": [{"startPeriod": 10**30, "limit": -1e300, "numberPhases": -9}],
    },
}
"""A profile that keeps no rule but the schema's, of a transaction that is nowhere."""
_NOWHERE = {"component": {"name": "Nobody"}, "variable": {"name": "Nothing"}}
RULES = {
    "1.6": Rules(
        version="v16",
        unreadable_id=None,
        unreadable=frozenset(),
        no_call=frozenset({"FormationViolation", "ProtocolError"}),
        unknown_type=frozenset(),
        payload=frozenset(
            {
                "FormationViolation",
                "OccurenceConstraintViolation",
                "PropertyConstraintViolation",
                "ProtocolError",
                "TypeConstraintViolation",
            }
        ),
        harmless=_HARMLESS_16,
        # What the schema allows as a location is no URL.
        wordless={"UpdateFirmware": "PropertyConstraintViolation"},
        wishes=(
            ("ChangeAvailability", {"connectorId": 99, "type": "Inoperative"}),
            ("ChangeConfiguration", {"key": "HeartbeatInterval", "value": "-1"}),
            ("ChangeConfiguration", {"key": "HeartbeatInterval", "value": "9" * 500}),
            ("ChangeConfiguration", {"key": "MeterValueSampleInterval", "value": "1e3"}),
            ("ChangeConfiguration", {"key": "MeterValuesSampledData", "value": ",,,\u0000"}),
            ("ChangeConfiguration", {"key": "AuthorizationKey", "value": "short"}),
            ("ChangeConfiguration", {"key": "", "value": ""}),
            ("GetConfiguration", {"key": ["\U0001f50c" * 50] * 200}),
            ("RemoteStartTransaction", {"idTag": "04FF", "connectorId": 99}),
            ("RemoteStartTransaction", {"idTag": "04FF", "connectorId": 10**15}),
            ("RemoteStopTransaction", {"transactionId": -(2**63)}),
            ("RemoteStopTransaction", {"transactionId": 2**63 - 1}),
            ("RemoteStopTransaction", {"transactionId": 10**30}),
            ("SetChargingProfile", {"connectorId": 2, "csChargingProfiles": _NO_PROFILE}),
            ("SetChargingProfile", {"connectorId": 0, "csChargingProfiles": _NO_PROFILE}),
            ("GetCompositeSchedule", {"connectorId": 1, "duration": 10**30}),
            ("TriggerMessage", {"requestedMessage": "MeterValues", "connectorId": 99}),
            ("UnlockConnector", {"connectorId": 99}),
        ),
    ),
    "2.0.1": Rules(
        version="v201",
        unreadable_id="-1",
        unreadable=frozenset({"FormatViolation", "RpcFrameworkError"}),
        no_call=frozenset({"FormatViolation", "ProtocolError", "RpcFrameworkError"}),
        unknown_type=frozenset({"MessageTypeNotSupported"}),
        payload=frozenset(
            {
                "FormatViolation",
                "OccurrenceConstraintViolation",
                "PropertyConstraintViolation",
                "ProtocolError",
                "TypeConstraintViolation",
            }
        ),
        harmless=_HARMLESS_201,
        wordless=dict.fromkeys(
            ("PublishFirmware", "UnpublishFirmware"),
            "NotSupported",
        ),
        wishes=(
            ("ChangeAvailability", {"operationalStatus": "Inoperative", "evse": {"id": 99}}),
            ("ChangeAvailability", {"operationalStatus": "Inoperative", "evse": {"id": -1}}),
            ("GetVariables", {"getVariableData": [_NOWHERE]}),
            ("RequestStartTransaction", {"idToken": _CARD, "remoteStartId": 1, "evseId": 99}),
            ("RequestStartTransaction", {"idToken": _CARD, "remoteStartId": 1, "evseId": 10**30}),
            ("RequestStopTransaction", {"transactionId": "\u0000"}),
            ("Reset", {"type": "Immediate", "evseId": 99}),
            ("Reset", {"type": "Immediate", "evseId": -1}),
            ("Reset", {"type": "OnIdle", "evseId": 10**30}),
            ("SetVariables", {"setVariableData": [_NOWHERE | {"attributeValue": "x"}]}),
            (
                "SetVariables",
                {
                    "setVariableData": [
                        {
                            "component": {"name": "OCPPCommCtrlr", "evse": {"id": -1}},
                            "variable": {"name": "HeartbeatInterval", "instance": "\u0000"},
                            "attributeValue": "9" * 1000,
                        }
                    ]
                },
            ),
            ("TriggerMessage", {"requestedMessage": "MeterValues", "evse": {"id": 99}}),
            ("UnlockConnector", {"evseId": 99, "connectorId": 99}),
            ("UnlockConnector", {"evseId": -1, "connectorId": 0}),
        ),
    ),
}

# `@` stands for the message id. JSON that is no frame, or no JSON: nobody can tell the id.
_UNREADABLE = (
    *("", " ", "\n\t ", "nonsense", "{}", "[]", "[[]]", "null", "2", '"2"', "true", "[2]", "[9]"),
    *("NaN", "Infinity", "-Infinity", "1e400", "-", "'", '"', "\\", "//", "\x00", "\x7f", "\u2028"),
    *("[", "]", "[[", "{", '{"a":', "[2,", '[2,"@', '[2,"@"', '[2,"@",', '[2,"@","ClearCache",{}'),
    '\ufeff[2,"@","ClearCache",{}]',
    '[2,"@","ClearCache",{}][2,"@","ClearCache",{}]',
    '[2,"@","ClearCache",{}],',
    '[2,"@","ClearCache",{},]',
    '[2,"@","ClearCache",{"a":NaN}]',
    '[2,"@","DataTransfer",{"vendorId":"a","data":Infinity}]',
    '[2,"@","DataTransfer",{"vendorId":"a","data":01}]',
    '[2,"@","DataTransfer",{"vendorId":"a","data":0x1F}]',
    '[2,"@","DataTransfer",{"vendorId":"\\q"}]',
    '[2,"@","DataTransfer",{"vendorId":"\\ud800"}]',
    '[2,"@","DataTransfer",{"vendorId":"\\udc00\\ud800"}]',
    '[2,"@","DataTransfer",{vendorId:"a"}]',
    '[2,"@","Data\\ud83dTransfer",{"vendorId":"a"}]',
    '[2,"\\ud800@","ClearCache",{}]',
    "[2,'@','ClearCache',{}]",
    '[2,null,"ClearCache",{}]',
    '[2,7,"ClearCache",{}]',
    '[2,1e400,"ClearCache",{}]',
    '[2,["@"],"ClearCache",{}]',
    '[2,{"id":"@"},"ClearCache",{}]',
    '{"2":"@","action":"ClearCache"}',
    '"[2,\\"@\\",\\"ClearCache\\",{}]"',
    *('[5,{},"x"]', '[null,null,"x"]', "[2,[[[[[[]]]]]]]"),
)
_NO_CALL = (
    *('[2,"@"]', '[2,"@","ClearCache"]', '[2,"@","ClearCache",{},{}]', '[2,"@",{},"ClearCache"]'),
    *('[2,"@",7,{}]', '[2,"@",null,{}]', '[2,"@",["ClearCache"],{}]', '[2,"@",{}]', '[2,"@",""]'),
    '[2,"@","ClearCache",{},null,null,null,null,null]',
)
_TYPES = ("0", "1", "5", "7", "-2", "2.0", "2.5", "1e400", '"2"', "null", "true", "[]", "{}", "2e0")
_UNASKED = (
    *('[3,"@",{}]', '[3,"@",null]', '[3,"@",[]]', '[3,"@","x"]', '[3,"@",{"status":"Accepted"}]'),
    *('[3,"@"]', "[3]", "[3,null,{}]", '[3,"@",{},{}]', "[3,7,{}]", '[3,"-1",{}]', '[3,"",{}]'),
    *('[4,"@","InternalError","",{}]', '[4,"@","NoSuchCode","x",{}]', '[4,"@"]', "[4]"),
    *('[4,"-1","RpcFrameworkError","",{}]', '[4,"@","InternalError"]', '[4,"@",5,6,7]'),
    *('[4,"@","InternalError","","x"]', '[4,null,"InternalError","",{}]', '[4,"@",null,"",{}]'),
)
BROKEN_ANSWERS = tuple(row for row in _UNASKED if "@" in row)
"""Answers to a call of the station that it cannot use, with `@` for the id of the call."""
_ACTIONS = (
    *("", " ", "reset", "RESET", "Reset ", "ResetRequest", "ResetResponse", "Reset\\u0000", "*"),
    *("__class__", "../Reset", "\U0001f50c", "%s%n", "{}", "null", "NotifyPeriodicEventStream"),
)
_PAYLOADS = ("[]", '"text"', "7", "true", "false", '[{"type":"Soft"}]', '""', "0", "-1.5", '"{}"')
_NUMBERS = ("1e400", "-1e400", "1" + "0" * 5000, "-" + "9" * 5000, "1." + "3" * 5000 + "e5000")

Maker = Callable[[Rules, random.Random, str], Frame]


def _refused(kind: str, rules: Rules, text: str) -> Frame:
    return Frame(kind, text, rules.unreadable_id, rules.unreadable)


def _unreadable(rules: Rules, lots: random.Random, id_: str) -> Frame:
    return _refused("unreadable", rules, lots.choice(_UNREADABLE).replace("@", id_))


def _long_id(rules: Rules, lots: random.Random, id_: str) -> Frame:
    long = id_.ljust(lots.choice([37, 38, 100, 5000, 100_000]), lots.choice("x\u20ac\U0001f50c"))
    return _refused("long id", rules, f'[2,"{long}","ClearCache",{{}}]')


def _cut_short(rules: Rules, lots: random.Random, id_: str) -> Frame:
    _, text = _whole(rules, lots, id_)
    return _refused("cut short", rules, text[: lots.randrange(1, len(text))])


def _control_character(rules: Rules, lots: random.Random, id_: str) -> Frame:
    _, text = _whole(rules, lots, id_)
    at = lots.randrange(len(text))
    return _refused("control character", rules, f"{text[:at]}{chr(lots.randrange(9))}{text[at:]}")


def _abyss(rules: Rules, lots: random.Random, _id: str) -> Frame:
    deep = lots.choice([20_000, 100_000])
    opening, closing = lots.choice([("[", "]"), ('{"a":', "}"), ("[", "")])
    return _refused("abyss", rules, opening * deep + "1" + closing * deep)


def _deep(rules: Rules, lots: random.Random, id_: str) -> Frame:
    deep = lots.randrange(33, 400)
    opening, closing = lots.choice([("[", "]"), ('{"a":', "}")])
    text = f'[2,"{id_}","DataTransfer",{opening * deep}1{closing * deep}]'
    return Frame("deep", text, id_, rules.payload)


def _no_call(rules: Rules, lots: random.Random, id_: str) -> Frame:
    return Frame("no call", lots.choice(_NO_CALL).replace("@", id_), id_, rules.no_call)


def _unknown_type(rules: Rules, lots: random.Random, id_: str) -> Frame:
    rest = lots.choice(["", ',"ClearCache"', ',"ClearCache",{}', ",{}", ",[],[],[],[],[]"])
    text = f'[{lots.choice(_TYPES)},"{id_}"{rest}]'
    return Frame("unknown type", text, id_ if rules.unknown_type else None, rules.unknown_type)


def _unasked(_rules: Rules, lots: random.Random, id_: str) -> Frame:
    return Frame("unasked answer", lots.choice(_UNASKED).replace("@", id_))


def _binary(_rules: Rules, lots: random.Random, id_: str) -> Frame:
    call = f'[2,"{id_}","ClearCache",{{}}]'.encode()
    return Frame("binary", lots.choice([b"", b"\x00", lots.randbytes(200), call]))


def _unknown_action(_rules: Rules, lots: random.Random, id_: str) -> Frame:
    action = lots.choice([*_ACTIONS, "A" * lots.choice([51, 300, 100_000])])
    payload = lots.choice(["{}", "[]", "null", '{"a":[1e400]}', "7"])
    text = f'[2,"{id_}","{action}",{payload}]'
    return Frame("unknown action", text, id_, frozenset({"NotImplemented"}))


def _not_for_stations(_rules: Rules, _lots: random.Random, id_: str) -> Frame:
    codes = frozenset({"NotImplemented", "NotSupported"})
    return Frame("not for stations", f'[2,"{id_}","Heartbeat",{{}}]', id_, codes)


def _no_object(rules: Rules, lots: random.Random, id_: str) -> Frame:
    text = f'[2,"{id_}","{lots.choice(_calls(rules)).action}",{lots.choice(_PAYLOADS)}]'
    return Frame("no object", text, id_, rules.payload)


def _number(rules: Rules, lots: random.Random, id_: str) -> Frame:
    field = {"v16": '"connectorId"', "v201": '"evseId"'}[rules.version]
    payload = f'{{"type":"Soft",{field}:{lots.choice(_NUMBERS)}}}'
    action = {"v16": "UnlockConnector", "v201": "Reset"}[rules.version]
    return Frame("number", f'[2,"{id_}","{action}",{payload}]', id_, rules.payload)


def _mutated(rules: Rules, lots: random.Random, id_: str) -> Frame:
    """Change one thing, or more, in a valid call; one that stays valid must be harmless."""
    while True:
        case = lots.choice(_calls(rules))
        schema = _schema(case)
        payload = schemas.valid(schema, lots, lots.choice([0.0, 0.5, 1.0]))
        for _ in range(lots.choice([1, 1, 1, 2, 5])):
            payload = schemas.broken(schema, payload, lots)
        text = json.dumps(payload, ensure_ascii=lots.random() < 0.5)
        wire = f'[2,"{id_}","{case.action}",{text}]'
        if len(wire.encode()) > LARGEST:
            continue
        if not schemas.schema_accepts(case, text):
            if payload is None and rules.version == "v16":
                continue  # reads as an empty payload there
            return Frame("mutated", wire, id_, rules.payload, case.action)
        if case.action in rules.harmless:
            return _good(rules, "mutated but valid", case.action, wire, id_)


def _wish(rules: Rules, lots: random.Random, id_: str) -> Frame:
    action, payload = lots.choice(rules.wishes)
    return _good(rules, "wish", action, json.dumps([2, id_, action, payload]), id_)


def _odd_but_valid(rules: Rules, lots: random.Random, id_: str) -> Frame:
    """Dress a valid call up in ways that JSON and websockets allow."""
    action, text = _whole(rules, lots, id_)
    head = f'[2,"{id_}","{action}",'
    body = text.removeprefix(head).removesuffix("]")
    match lots.randrange(5):
        case 0:
            wire: str | tuple[str, ...] = f" \r\n[ 2 ,\t{head[3:]} {body} ]\n"
        case 1:
            wire = tuple(text[at : at + 7] for at in range(0, len(text), 7))
        case 2:
            wire = ("", *text.partition(action), "")
        case 3:
            escaped = "".join(f"\\u{ord(letter):04x}" for letter in action)
            wire = f'[2,"{id_}","{escaped}",{body}]'
        case _:
            twice = '{"vendorId":"first","vendorId":"second"}'
            action, wire = "DataTransfer", f'[2,"{id_}","DataTransfer",{twice}]'
    return _good(rules, "odd but valid", action, wire, id_)


def _odd_id(rules: Rules, lots: random.Random, id_: str) -> Frame:
    filler = lots.choice(["\u20ac", "\U0001f50c", "\x7f", "%", "'", "{", "]"])
    odd = id_.ljust(36, filler)
    return _good(rules, "odd id", "ClearCache", json.dumps([2, odd, "ClearCache", {}]), odd)


def _good(rules: Rules, kind: str, action: str, wire: str | tuple[str, ...], id_: str) -> Frame:
    answer = rules.wordless.get(action, RESULT)
    return Frame(kind, wire, id_, frozenset({answer}), action)


def _whole(rules: Rules, lots: random.Random, id_: str) -> tuple[str, str]:
    """Return a harmless action, and a valid call of it."""
    case = lots.choice([case for case in _calls(rules) if case.action in rules.harmless])
    payload = json.dumps(schemas.valid(_schema(case), lots, 0.5))
    return case.action, f'[2,"{id_}","{case.action}",{payload}]'


@cache
def _schema(case: schemas.Case) -> schemas.Schema:
    return case.schema


@cache
def _cases(version: str) -> Sequence[schemas.Case]:
    return [c for c in schemas.cases() if (c.version, c.direction) == (version, Direction.CALL)]


def _calls(rules: Rules) -> Sequence[schemas.Case]:
    return _cases(rules.version)


_MAKERS: tuple[tuple[int, Maker], ...] = (
    (400, _mutated),
    (120, _unreadable),
    (60, _cut_short),
    (60, _control_character),
    (50, _unasked),
    (40, _unknown_type),
    (40, _unknown_action),
    (40, _no_call),
    (40, _no_object),
    (40, _wish),
    (40, _odd_but_valid),
    (20, _number),
    (20, _binary),
    (15, _deep),
    (15, _odd_id),
    (10, _long_id),
    (5, _not_for_stations),
    (2, _abyss),
)

# Nothing that says goodbye like this may stop the station from coming back.
FATAL = (
    Frame("ten megabytes", "x" * 10_000_000, ends=1009),
    Frame("no UTF-8", b'[2,"\xff","ClearCache",{}]', text=True, ends=1007),
    Frame("half a surrogate pair", b'["\xed\xa0\x80"]', text=True, ends=1007),
)


def frames(ocpp: str, count: int, seed: int) -> Iterator[Frame]:
    """Yield that many frames for a version, the fatal ones spread among them."""
    rules, lots = RULES[ocpp], random.Random(f"{ocpp} {seed}")  # noqa: S311  no secret, a seed
    weights = [weight for weight, _ in _MAKERS]
    fatal = {count * part // (len(FATAL) + 1): one for part, one in enumerate(FATAL, 1)}
    for number in range(count - 1):
        maker = lots.choices(_MAKERS, weights)[0][1]
        yield fatal[number] if number in fatal else maker(rules, lots, f"{number}-{seed}")
    yield largest(rules, f"{count}-{seed}")


def largest(rules: Rules, id_: str) -> Frame:
    """Return a valid call of exactly as many bytes as the link takes."""
    frame = _good(rules, "largest", "DataTransfer", "", id_)
    head = f'[2,"{id_}","DataTransfer",{{"vendorId":"a","data":"'
    return replace(frame, wire=head + "x" * (LARGEST - len(head) - 3) + '"}]')


_TIMES = {
    "the end of time": "9999-12-31T23:59:59.999Z",
    "after the end of time": "9999-12-31T23:59:59-14:00",
    "the beginning of time": "0001-01-01T00:00:00Z",
    "before the beginning of time": "0001-01-01T00:00:00+14:00",
    "a leap second": "2016-12-31T23:59:60Z",
    "no time": "\u0000tomorrow",
}
_NUMBERS_SAID = {"huge": 10**30, "negative": -(2**63) - 1, "zero": 0}
ODDITIES = (*_TIMES, *_NUMBERS_SAID)
"""The names of the valid answers that no honest CSMS gives."""


def odd_answer(oddity: str, action: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Return the result of a call of the station with every time or number in it made odd."""
    if oddity in _TIMES:
        at = _TIMES[oddity]
        times = {"currentTime": at} if "currentTime" in answer else {}
        infos = {"idTagInfo": {"expiryDate": at}, "idTokenInfo": {"cacheExpiryDateTime": at}}
        return answer | times | {k: answer[k] | v for k, v in infos.items() if k in answer}
    number = _NUMBERS_SAID[oddity]
    numbers: dict[str, Any] = {
        name: number for name in ("interval", "transactionId") if name in answer
    }
    if action == "TransactionEvent":
        numbers |= {"totalCost": number}
    return answer | numbers
