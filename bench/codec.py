"""CPU of reading, validating and writing OCPP messages: ours against the `ocpp` library's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from ocpp import messages
from ocpp.charge_point import (
    camel_to_snake_case,
    remove_nones,
    serialize_as_dict,
    snake_to_camel_case,
)
from ocpp.v16 import call as call16
from ocpp.v201 import call as call201

from bench.timing import fastest
from laadpaal.protocols.ocpp import codec, rpc, v16, v201
from laadpaal.protocols.ocpp.version import Language

SECONDS_PER_ROUND = 0.4


@dataclass(frozen=True, slots=True)
class Subject:
    """One message to measure, as it stands on the wire."""

    name: str
    language: Language
    ocpp_version: str
    call_of: Any
    text: str


def main() -> None:
    """Print a table; the last line is the message a fleet lives from."""
    print(f"{'message':<30}{'way':<8}{'ours us':>10}{'ocpp us':>10}{'ratio':>8}")
    for subject in (BOOT, METER_VALUES, TRANSACTION):
        ours = (
            fastest(SECONDS_PER_ROUND, partial(we_read, subject)),
            fastest(SECONDS_PER_ROUND, we_write(subject)),
        )
        theirs = (
            fastest(SECONDS_PER_ROUND, partial(they_read, subject)),
            fastest(SECONDS_PER_ROUND, they_write(subject)),
        )
        for way, mine, other in zip(("read", "write"), ours, theirs, strict=True):
            print(f"{subject.name:<30}{way:<8}{mine:>10.1f}{other:>10.1f}{other / mine:>8.0f}")
        both, other = sum(ours), sum(theirs)
        print(f"{subject.name}: {both:.1f} us ours, {other:.0f} us ocpp, ratio {other / both:.0f}")


def we_read(subject: Subject) -> object:
    """Text to a typed, validated message."""
    frame = rpc.parse(subject.text, subject.language.version)
    assert isinstance(frame, rpc.Call)  # noqa: S101 -- the subjects are calls
    return codec.decode_call(subject.language, frame.action, frame.payload)


def we_write(subject: Subject) -> Callable[[], str]:
    """Return the work from a typed message to validated text."""
    frame = rpc.parse(subject.text, subject.language.version)
    assert isinstance(frame, rpc.Call)  # noqa: S101 -- the subjects are calls
    message = codec.decode_call(subject.language, frame.action, frame.payload)
    return lambda: rpc.render(rpc.Call("1", codec.action_of(message), codec.encode(message)))


def they_read(subject: Subject) -> object:
    """Text to validated keyword arguments in snake case, as a handler gets them."""
    message = messages.unpack(subject.text)
    messages._validate_payload(message, subject.ocpp_version)  # noqa: SLF001 -- without its executor
    return camel_to_snake_case(message.payload)


def they_write(subject: Subject) -> Callable[[], str]:
    """Return the work from their call object to validated text, as their `call` does it."""
    message = messages.unpack(subject.text)
    payload = subject.call_of(**camel_to_snake_case(message.payload))

    def work() -> str:
        camel = snake_to_camel_case(serialize_as_dict(payload))
        out = messages.Call("1", message.action, remove_nones(camel))
        messages._validate_payload(out, subject.ocpp_version)  # noqa: SLF001 -- without its executor
        text: str = messages.pack(out)
        return text

    return work


def text_of(action: str, payload: dict[str, Any]) -> str:
    """Return a call on the wire."""
    return json.dumps([2, "7d5c8a0e-3ae9-43d8-a2c0-6f2a1ad4a7b1", action, payload])


AT = "2026-03-01T09:05:02.621Z"
PLACES = (
    ("Energy.Active.Import.Register", "Wh", None),
    ("Power.Active.Import", "W", None),
    ("Power.Offered", "W", None),
    ("Current.Offered", "A", None),
    *(("Current.Import", "A", phase) for phase in ("L1", "L2", "L3")),
    *(("Voltage", "V", phase) for phase in ("L1-N", "L2-N", "L3-N")),
)


def samples(*, as_text: bool) -> list[dict[str, Any]]:
    """Return ten samples; 1.6 writes numbers as text, and units in another place."""
    return [
        {
            "value": "1234.5" if as_text else 1234.5,
            "context": "Sample.Periodic",
            "measurand": measurand,
            **({"phase": phase} if phase else {}),
            "location": "Outlet",
            **({"unit": unit} if as_text else {"unitOfMeasure": {"unit": unit, "multiplier": 0}}),
        }
        for measurand, unit, phase in PLACES
    ]


BOOT = Subject(
    "BootNotification 2.0.1",
    v201.LANGUAGE,
    "2.0.1",
    call201.BootNotification,
    text_of(
        "BootNotification",
        {
            "reason": "PowerUp",
            "chargingStation": {
                "model": "Two outlets",
                "vendorName": "Laadpaal",
                "serialNumber": "L-0001",
                "firmwareVersion": "1.0.0",
            },
        },
    ),
)
METER_VALUES = Subject(
    "MeterValues 1.6 (10 samples)",
    v16.LANGUAGE,
    "1.6",
    call16.MeterValues,
    text_of(
        "MeterValues",
        {
            "connectorId": 1,
            "transactionId": 7,
            "meterValue": [{"timestamp": AT, "sampledValue": samples(as_text=True)}],
        },
    ),
)
TRANSACTION = Subject(
    "TransactionEvent(10 samples)",
    v201.LANGUAGE,
    "2.0.1",
    call201.TransactionEvent,
    text_of(
        "TransactionEvent",
        {
            "eventType": "Updated",
            "timestamp": AT,
            "triggerReason": "MeterValuePeriodic",
            "seqNo": 12,
            "transactionInfo": {
                "transactionId": "f2a9b1c0-0000-4000-8000-000000000001",
                "chargingState": "Charging",
            },
            "meterValue": [{"timestamp": AT, "sampledValue": samples(as_text=False)}],
        },
    ),
)

if __name__ == "__main__":
    main()
