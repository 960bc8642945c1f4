"""Payloads made from the official JSON schemas, good and broken, and the schemas' verdict."""

from __future__ import annotations

import copy
import json
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from laadpaal.protocols.ocpp import v16, v21, v201
from laadpaal.protocols.ocpp.codec import Direction
from laadpaal.protocols.ocpp.version import Language

Json: TypeAlias = Any
Schema = dict[str, Json]
LANGUAGES = {"v16": v16.LANGUAGE, "v201": v201.LANGUAGE, "v21": v21.LANGUAGE}


@dataclass(frozen=True, slots=True)
class Case:
    """One message of one version, with its official schema."""

    version: str
    action: str
    direction: Direction

    @property
    def language(self) -> Language:
        """The version's messages and codes."""
        return LANGUAGES[self.version]

    @property
    def file(self) -> str:
        """The name of the official schema's file."""
        if self.direction is Direction.RESPONSE:
            return f"{self.action}Response.json"
        return f"{self.action}.json" if self.version == "v16" else f"{self.action}Request.json"

    @property
    def text(self) -> str:
        """The official schema as written."""
        return _text(self.version, self.file)

    @property
    def schema(self) -> Schema:
        """The official schema."""
        schema: Schema = json.loads(self.text)
        return schema


def cases() -> list[Case]:
    """Return every message of each version."""
    return [
        Case(version, action, direction)
        for version, language in LANGUAGES.items()
        for action in language.actions
        for direction in Direction
    ]


def schema_accepts(case: Case, text: str) -> bool:
    """Tell what plain jsonschema says; decimals exactly where the schema divides by 0.1."""
    return bool(_validator(case).is_valid(json.loads(text, parse_float=_float(case))))


@cache
def _text(version: str, file: str) -> str:
    folder = resources.files("ocpp") / version / "schemas"
    return (folder / file).read_text(encoding="utf-8-sig")


@cache
def _validator(case: Case) -> Validator:
    schema = json.loads(case.text, parse_float=_float(case))
    return validator_for(schema)(schema)


def _float(case: Case) -> Callable[[str], Json]:
    return Decimal if "multipleOf" in case.text else float


def valid(schema: Schema, lots: random.Random, full: float) -> Json:
    """Return a payload that obeys; `full` is the chance of each optional field."""
    return _value(schema, schema, lots, full)


def _value(root: Schema, schema: Schema, lots: random.Random, full: float) -> Json:
    schema = _resolved(root, schema)
    if "enum" in schema:
        return lots.choice(schema["enum"])
    match schema.get("type"):
        case "object":
            return _object(root, schema, lots, full)
        case "array":
            least = schema.get("minItems", 0)
            count = lots.randint(least, min(schema.get("maxItems", 3), least + 2))
            return [_value(root, schema["items"], lots, full) for _ in range(count)]
        case "string":
            return _word(lots, min(schema.get("maxLength", 40), 60))
        case "integer":
            edges = [schema.get("minimum", -5), schema.get("maximum", 10**6)]
            return lots.choice([1, 3, *map(int, edges)])
        case "number":
            return lots.choice(_within(schema, [0, 16, 21.4, 0.1, 99.9, 0.3]))
        case "boolean":
            return lots.random() < 0.5
        case _:
            return lots.choice([None, 1, "text", {"a": [1.5, None]}, [], True])


def _within(schema: Schema, numbers: list[float]) -> list[float]:
    low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    return [number for number in numbers if low <= number <= high]


def _object(root: Schema, schema: Schema, lots: random.Random, full: float) -> Schema:
    made = {
        name: _value(root, one, lots, full)
        for name, one in schema.get("properties", {}).items()
        if name in schema.get("required", ()) or lots.random() < full
    }
    if schema.get("additionalProperties") is not False:
        made["vendorField"] = lots.choice([1, None, {"deep": [1.5]}])
    return made


def _word(lots: random.Random, longest: int) -> str:
    letters = 'abcXYZ 019-_."\\/\n\u00e9\u20ac\U0001f50c'
    return "".join(lots.choice(letters) for _ in range(lots.randint(0, longest)))


def _resolved(root: Schema, schema: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    found: Schema = root["definitions"][schema["$ref"].rsplit("/", 1)[-1]]
    return found


def broken(schema: Schema, payload: Json, lots: random.Random) -> Json:
    """Return the payload with one thing changed; mostly, but not always, one too many."""
    changed = {"whole": copy.deepcopy(payload)}
    places = list(_places(schema, schema, changed, "whole"))
    holder, key, here = lots.choice(places)
    wreck = lots.choice(_WRECKS)
    holder[key] = wreck(holder[key], here, lots)
    if holder[key] is _GONE:
        del holder[key]
    return changed.get("whole", {})


def _places(
    root: Schema, schema: Schema, holder: Json, key: Json
) -> Iterator[tuple[Json, Json, Schema]]:
    schema = _resolved(root, schema)
    yield holder, key, schema
    value = holder[key]
    if isinstance(value, dict) and "properties" in schema:
        for name in value:
            if name in schema["properties"]:
                yield from _places(root, schema["properties"][name], value, name)
    elif isinstance(value, list) and "items" in schema:
        for index in range(len(value)):
            yield from _places(root, schema["items"], value, index)


_GONE = object()
_SMALL = [None, True, False, 0, 1, -1, 1.0, -3.0, 1.5, 16.04, 100.5, -0.1]
_ODD = [*_SMALL, 1e5, 1e30, 10**30, -(2**63), 2**64]
_ODD_TEXTS = ["", "Accepted", "accepted", "1", "true", "null", "\u0000", "x" * 10_001]


def _gone(_value: Json, here: Schema, lots: random.Random) -> Json:
    return _GONE if here.get("type") != "array" or lots.random() < 0.7 else []


def _odd(_value: Json, _here: Schema, lots: random.Random) -> Json:
    return lots.choice([*_ODD, *_ODD_TEXTS, [], {}, [None], {"vendorId": "v"}])


def _odd_number(_value: Json, _here: Schema, lots: random.Random) -> Json:
    return lots.choice(_ODD)


def _one_more(value: Json, here: Schema, lots: random.Random) -> Json:
    match value:
        case dict():
            return value | {
                lots.choice(["extra", "customData", "status", "idTag"]): lots.choice([1, "x"])
            }
        case list():
            return value * (here.get("maxItems", 3) + 1)
        case str():
            return (value + "x").ljust(here.get("maxLength", 5) + lots.choice([0, 1]), "\u20ac")
        case bool():
            return int(value)
        case int():
            return lots.choice([float(value), str(value), value + 0.5, value * 10**20])
        case float():
            return lots.choice([value + 0.01, -value, value * 100, str(value)])
        case _:
            return value


def _lacking(value: Json, _here: Schema, lots: random.Random) -> Json:
    if isinstance(value, dict) and value:
        gone = lots.choice(sorted(value))
        return {name: one for name, one in value.items() if name != gone}
    return value[1:] if isinstance(value, (str, list)) else None


_WRECKS = (_gone, _odd, _odd, _odd_number, _one_more, _one_more, _lacking)
