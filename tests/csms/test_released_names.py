"""What an earlier release let a CSMS read and write is still there, under its name (S46)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from laadpaal.properties.book import BY_KEY
from tests.csms.v16.stage import Stage
from tests.csms.v201.counter import Counter

RELEASED = Path(__file__).with_name("released_names.txt")


def names(kind: str) -> set[str]:
    """Return the released names of a kind: `key` or `variable`."""
    lines = RELEASED.read_text(encoding="utf-8").splitlines()
    return {line.partition(" ")[2] for line in lines if line.startswith(f"{kind} ")}


def keys() -> set[str]:
    """Return the configuration keys of now, those among them that cannot be read."""
    constants = Stage().reply("GetConfiguration", key=sorted(names("key")))
    found = {one["key"] for one in constants.get("configurationKey", [])}
    return found | {key.name for _, key in BY_KEY.values()}


def variables() -> set[str]:
    """Return the variables of now, whatever EVSE or connector they are of."""
    report: dict[Any, Any] = Counter().report()
    return {f"{place[0]}.{name}[{instance}]" for place, name, instance in report}


def test_s46_no_configuration_key_has_gone() -> None:
    """One that was renamed counts as gone."""
    assert names("key")
    assert names("key") - keys() == set()


def test_s46_no_variable_has_gone() -> None:
    """Nor has its component or its instance."""
    assert names("variable")
    assert names("variable") - variables() == set()
