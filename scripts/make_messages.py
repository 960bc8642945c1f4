"""Make the typed messages of `protocols/ocpp/v16`, `v201` and `v21` from the official schemas."""

from __future__ import annotations

import argparse
import json
import keyword
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROOM = ROOT / "src/laadpaal/protocols/ocpp"
PACKAGE = "laadpaal.protocols.ocpp"

SPOKEN = {"v16": "1.6", "v201": "2.0.1", "v21": "2.1"}
"""What each version is called by people."""

# The core schemas of 1.6 nest nameless objects; these are the specification's own type names.
NAMES = {
    "idTagInfo": "IdTagInfo",
    "idTagInfo.status": "AuthorizationStatus",
    "configurationKey": "KeyValue",
    "meterValue": "MeterValue",
    "transactionData": "MeterValue",
    "sampledValue": "SampledValue",
    "context": "ReadingContext",
    "format": "ValueFormat",
    "measurand": "Measurand",
    "phase": "Phase",
    "location": "Location",
    "unit": "UnitOfMeasure",
    "chargingProfile": "ChargingProfile",
    "csChargingProfiles": "ChargingProfile",
    "chargingSchedule": "ChargingSchedule",
    "chargingSchedulePeriod": "ChargingSchedulePeriod",
    "chargingProfilePurpose": "ChargingProfilePurpose",
    "chargingProfileKind": "ChargingProfileKind",
    "chargingRateUnit": "ChargingRateUnit",
    "recurrencyKind": "RecurrencyKind",
    "localAuthorizationList": "AuthorizationData",
    "errorCode": "ChargePointErrorCode",
    "reason": "Reason",
    "updateType": "UpdateType",
    "requestedMessage": "MessageTrigger",
    "BootNotificationResponse.status": "RegistrationStatus",
    "CancelReservationResponse.status": "CancelReservationStatus",
    "ChangeAvailability.type": "AvailabilityType",
    "ChangeAvailabilityResponse.status": "AvailabilityStatus",
    "ChangeConfigurationResponse.status": "ConfigurationStatus",
    "ClearCacheResponse.status": "ClearCacheStatus",
    "ClearChargingProfileResponse.status": "ClearChargingProfileStatus",
    "DataTransferResponse.status": "DataTransferStatus",
    "DiagnosticsStatusNotification.status": "DiagnosticsStatus",
    "FirmwareStatusNotification.status": "FirmwareStatus",
    "GetCompositeScheduleResponse.status": "GetCompositeScheduleStatus",
    "RemoteStartTransactionResponse.status": "RemoteStartStopStatus",
    "RemoteStopTransactionResponse.status": "RemoteStartStopStatus",
    "ReserveNowResponse.status": "ReservationStatus",
    "Reset.type": "ResetType",
    "ResetResponse.status": "ResetStatus",
    "SendLocalListResponse.status": "UpdateStatus",
    "SetChargingProfileResponse.status": "ChargingProfileStatus",
    "StatusNotification.status": "ChargePointStatus",
    "TriggerMessageResponse.status": "TriggerMessageStatus",
    "UnlockConnectorResponse.status": "UnlockStatus",
}

# MeterValues and StopTransaction of 1.6 limit the same type differently. The class takes what
# either takes, so that one metering value serves both; what only one takes is in CHECKS.
LOOSE = ("MeterValue", "sampledValue")

# Limits that a type cannot say. `Made` refuses to write when the schemas need another one.
CHECKS = {
    "ChargingSchedule": 'checks.tenths(self, "minChargingRate")',
    "ChargingSchedulePeriod": 'checks.tenths(self, "limit")',
    "MeterValues": "checks.sampled(self.meterValue)",
    "StopTransaction": "checks.only_units(self.transactionData, _UNITS_AT_STOP)",
}
UNITS_AT_STOP = "_UNITS_AT_STOP = frozenset(UnitOfMeasure) - {UnitOfMeasure.Hertz}"


@dataclass(slots=True)
class Made:
    """What has been made of one version's schemas so far, by class name."""

    version: str
    words: dict[str, list[str]] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    calls: dict[str, dict[str, str]] = field(default_factory=dict)
    responses: dict[str, dict[str, str]] = field(default_factory=dict)
    whole_floats: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which schema we are: decides the names of nameless types."""

    made: Made
    schema: dict[str, Any]
    message: str
    owner: str
    titles: dict[str, str]


def main() -> int:
    """Write the messages, or with --check tell whether the written ones are current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    check = parser.parse_args().check
    stale = []
    for version in SPOKEN:
        for path, text in files(made_from(version)):
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(path)
                if not check:
                    path.parent.mkdir(exist_ok=True)
                    path.write_text(text, encoding="utf-8")
    for path in stale:
        print(("stale: " if check else "wrote: ") + str(path.relative_to(ROOT)))
    return 1 if stale and check else 0


def schemas(version: str) -> dict[str, dict[str, Any]]:
    """Return the official schemas by message name, calls without their `Request`."""
    folder = resources.files("ocpp") / version / "schemas"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        schema = json.loads(file.read_text(encoding="utf-8-sig"))
        found[file.name.removesuffix(".json").removesuffix("Request")] = schema
    return found


def made_from(version: str) -> Made:
    """Return the classes of one version."""
    made = Made(version)
    messages = schemas(version)
    titles = definition_names(messages)
    for name, schema in messages.items():
        place = Place(made, schema, name, name, titles)
        target = made.responses if name.endswith("Response") else made.calls
        target[name] = fields_of(place, schema)
        made.whole_floats[name] = "draft-04" not in schema["$schema"]
    return made


def definition_names(messages: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the class name of every schema definition.

    `EnumType` and `Type` fall off; where that makes two things one, the enum keeps `Enum`
    and the object `Type`.
    """
    definitions = sorted({name for one in messages.values() for name in one.get("definitions", {})})
    nameless = any("draft-04" in one["$schema"] for one in messages.values())
    taken = set(messages) | (set(NAMES.values()) if nameless else set())
    names: dict[str, str] = {}
    for title in sorted(definitions, key=lambda one: one.endswith("EnumType")):
        short = re.sub(r"(Enum)?Type$", "", title)
        fallback = short + ("Enum" if title.endswith("EnumType") else "Type")
        names[title] = fallback if short in taken else short
        taken.add(names[title])
    return names


def fields_of(place: Place, schema: dict[str, Any]) -> dict[str, str]:
    """Return the annotation of every field, the required ones first."""
    if schema.get("additionalProperties") is not False:
        raise ValueError(f"{place.owner} is open")
    required = set(schema.get("required", ()))
    lines: dict[str, str] = {}
    for name, value in schema.get("properties", {}).items():
        kind = type_of(place, name, value)
        lines[name] = kind if name in required else f"{kind} | UnsetType = UNSET"
    return dict(sorted(lines.items(), key=lambda line: "= UNSET" in line[1]))


def type_of(place: Place, name: str, schema: dict[str, Any]) -> str:
    """Return the annotation of one property."""
    if "$ref" in schema:
        title = schema["$ref"].rsplit("/", 1)[-1]
        return definition(place, title)
    match schema.get("type"):
        case "object":
            return part(place, name_of(place, name), schema)
        case "array":
            return array(place, name, schema)
        case "string" if "enum" in schema:
            return word(place, name_of(place, name), schema)
        case kind:
            return plain(kind, schema, place.owner)


def plain(kind: str | None, schema: dict[str, Any], owner: str) -> str:
    """Return the annotation of a number, a text, a truth, or of anything."""
    match kind:
        case "string":
            return limited("str", schema)
        case "integer":
            return limited("int", schema)
        case "number":
            return limited("float", schema, tenths_of=owner)
        case "boolean":
            return "bool"
        case None:
            return "Any"
        case other:
            raise ValueError(f"{owner} has a {other}")


def definition(place: Place, title: str) -> str:
    """Return the class of a named definition, making it when it is new."""
    if title == "CustomDataType":
        return "CustomData"
    schema = place.schema["definitions"][title]
    name = place.titles[title]
    return word(place, name, schema) if "enum" in schema else part(place, name, schema)


def name_of(place: Place, name: str) -> str:
    """Return the specification's name of a nameless nested type."""
    for key in (f"{place.message}.{name}", f"{place.owner}.{name}", name):
        if place.owner == "IdTagInfo" and name == "status":
            return NAMES["idTagInfo.status"]
        if key in NAMES:
            return NAMES[key]
    raise ValueError(f"No name for {place.message} {place.owner}.{name}")


def part(place: Place, name: str, schema: dict[str, Any]) -> str:
    """Make the class of a nested object; the same name must always mean the same fields."""
    inner = Place(place.made, place.schema, place.message, name, place.titles)
    fields = fields_of(inner, schema)
    known = place.made.parts.setdefault(name, fields)
    if known != fields:
        raise ValueError(f"{name} has two shapes, the second in {place.message}")
    return name


def word(place: Place, name: str, schema: dict[str, Any]) -> str:
    """Make the enum; only the units at StopTransaction may be fewer (see CHECKS)."""
    known = place.made.words.setdefault(name, schema["enum"])
    lacking = set(known) ^ set(schema["enum"])
    allowed = {"Hertz"} if (name, place.message) == ("UnitOfMeasure", "StopTransaction") else set()
    if lacking != allowed:
        raise ValueError(f"{name} has two lists, the second in {place.message}")
    return name


def array(place: Place, name: str, schema: dict[str, Any]) -> str:
    """Return the annotation of a tuple."""
    inner = type_of(place, name, schema["items"])
    loose = place.made.version == "v16" and (place.owner, name) == LOOSE
    least = None if loose else schema.get("minItems")
    limits = meta({"min_length": least, "max_length": schema.get("maxItems")})
    many = f"tuple[{inner}, ...]"
    return f"Annotated[{many}, {limits}]" if limits else many


def limited(kind: str, schema: dict[str, Any], tenths_of: str = "") -> str:
    """Return `kind` with the schema's limits."""
    if "multipleOf" in schema and not CHECKS.get(tenths_of, "").startswith("checks.tenths"):
        raise ValueError(f"{tenths_of} needs a check")
    cast = {"str": int, "int": int, "float": float}[kind]
    bounds = {"max_length": "maxLength", "ge": "minimum", "le": "maximum"}
    limits = meta({ours: schema.get(theirs) for ours, theirs in bounds.items()}, cast)
    return f"Annotated[{kind}, {limits}]" if limits else kind


def meta(limits: dict[str, Any], cast: type[int | float] = int) -> str:
    """Return a `Meta(...)`, or nothing when there is no limit."""
    given = [f"{name}={cast(limit)}" for name, limit in limits.items() if limit is not None]
    return f"Meta({', '.join(given)})" if given else ""


def files(made: Made) -> Iterator[tuple[Path, str]]:
    """Return the modules of one version, formatted."""
    folder = ROOM / made.version
    texts = {
        "words.py": words_text(made),
        "parts.py": structs_text(made, "parts", made.parts),
        "calls.py": structs_text(made, "calls", made.calls),
        "responses.py": structs_text(made, "responses", made.responses),
        "__init__.py": package_text(made),
    }
    for name, text in texts.items():
        yield folder / name, formatted(text)


def formatted(text: str) -> str:
    """Return the text as the project's formatter wants it, imports sorted."""
    return ruff(ruff(text, "check", "--quiet", "--select", "I,RUF022", "--fix"), "format")


def ruff(text: str, *how: str) -> str:
    """Return what ruff makes of the text."""
    command = [sys.executable, "-m", "ruff", *how, "--stdin-filename", str(ROOM / "made.py"), "-"]
    done = subprocess.run(  # noqa: S603 -- our own formatter, no foreign text in the command
        command, input=text, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout


def head(made: Made, what: str) -> str:
    """Return the first lines of a module."""
    spoken = SPOKEN[made.version]
    return (
        f'"""{what} of OCPP {spoken}; made by scripts/messages from the official schemas."""\n\n'
        "from __future__ import annotations\n\n"
    )


def words_text(made: Made) -> str:
    """Return the module of the enums."""
    text = head(made, "The words") + "from enum import Enum\n\n"
    for name in sorted(made.words):
        text += f"\nclass {name}(Enum):\n"
        text += "".join(f'    {member(value)} = "{value}"\n' for value in made.words[name]) + "\n"
    return text


def member(value: str) -> str:
    """Return the enum member's name: the word itself, its punctuation as `_`."""
    name = re.sub(r"\W", "_", value)
    if not name.isidentifier() or keyword.iskeyword(name) or name in ("name", "value"):
        raise ValueError(f"{value} cannot be a member's name")
    return name


def structs_text(made: Made, module: str, structs: dict[str, dict[str, str]]) -> str:
    """Return a module of message classes, each after those it is made of."""
    title = {"parts": "The parts", "calls": "The calls", "responses": "The responses"}[module]
    body = ""
    for name in in_order(structs):
        body += (
            f"\nclass {name}(Message, frozen=True, kw_only=True):\n"
            + class_body(made, name, structs[name])
            + "\n"
        )
    if "_UNITS_AT_STOP" in body:
        body = f"\n{UNITS_AT_STOP}\n\n" + body
    return head(made, title) + imports(made, module, body) + body


def in_order(structs: dict[str, dict[str, str]]) -> list[str]:
    """Return the names so that a class stands below those it uses."""
    ordered: list[str] = []

    def place(name: str) -> None:
        for used in sorted(set(re.findall(r"\w+", " ".join(structs[name].values())))):
            if used in structs and used not in ordered and used != name:
                place(used)
        if name not in ordered:
            ordered.append(name)

    for name in sorted(structs):
        place(name)
    return ordered


def class_body(made: Made, name: str, fields: dict[str, str]) -> str:
    """Return the fields and the check of one class."""
    lines = "".join(f"    {field}: {kind}\n" for field, kind in fields.items())
    if made.version == "v16" and name in CHECKS:
        lines += f"\n    def __post_init__(self) -> None:\n        {CHECKS[name]}\n"
    return lines or "    pass\n"


def imports(made: Made, module: str, body: str) -> str:
    """Return the imports that the body needs."""
    used = set(re.findall(r"\w+", body))
    typing = [name for name in ("Annotated", "Any") if name in used]
    msgspec = [name for name in ("UNSET", "Meta", "UnsetType") if name in used]
    text = f"from typing import {', '.join(typing)}\n\n" if typing else ""
    text += f"from msgspec import {', '.join(msgspec)}\n\n" if msgspec else ""
    text += f"from {PACKAGE} import checks\n" if "checks." in body else ""
    shared = [name for name in ("CustomData", "Message") if name in used]
    text += f"from {PACKAGE}.message import {', '.join(shared)}\n"
    for source, names in (("parts", made.parts), ("words", made.words)):
        wanted = sorted(used & set(names)) if source != module else []
        text += (
            f"from {PACKAGE}.{made.version}.{source} import {listed(wanted)}\n" if wanted else ""
        )
    return text + "\n"


def listed(names: list[str]) -> str:
    """Return names for an import statement, one per line."""
    return "(\n" + "".join(f"    {name},\n" for name in names) + ")"


def package_text(made: Made) -> str:
    """Return the package: every class by its name, and the table of actions."""
    spoken = made.version.upper()
    text = head(made, "All messages") + "from types import MappingProxyType\n\n"
    groups = {
        "calls": sorted(made.calls),
        "parts": sorted(made.parts),
        "responses": sorted(made.responses),
        "words": sorted(made.words),
    }
    text += f"from {PACKAGE}.message import CustomData\n"
    for module, names in groups.items():
        text += f"from {PACKAGE}.{made.version}.{module} import {listed(names)}\n"
    text += f"from {PACKAGE}.version import {spoken}, Action, Language\n\n"
    everything = sorted({name for names in groups.values() for name in names} | {"CustomData"})
    constants = ["ACTIONS", "LANGUAGE", *(["SENDS"] if sends(made) else [])]
    text += "__all__ = [\n" + "".join(f'    "{n}",\n' for n in constants + everything) + "]\n\n"
    text += "ACTIONS = MappingProxyType(\n    {\n"
    for name in sorted(set(made.calls) - set(sends(made))):
        floats = made.whole_floats[name]
        text += f'"{name}": Action({name}, {name}Response, whole_floats={floats}),\n'
    text += f"    }}\n)\n{sends_text(made)}"
    return text + f"\nLANGUAGE = Language({spoken}, ACTIONS)\n"


def sends(made: Made) -> list[str]:
    """Return the messages that have no answer."""
    return sorted(name for name in made.calls if f"{name}Response" not in made.responses)


def sends_text(made: Made) -> str:
    """Return the table of those, where there are any."""
    if not sends(made):
        return ""
    lines = "".join(f'    "{name}": {name},\n' for name in sends(made))
    return (
        f"\nSENDS = MappingProxyType({{\n{lines}}})\n"
        '"""Messages that are sent without an answer, which are no calls."""\n'
    )


if __name__ == "__main__":
    raise SystemExit(main())
