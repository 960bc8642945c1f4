"""Settings that go together: how somebody may charge, and what unplugging the vehicle means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from laadpaal.properties.authorization import METHOD, PLUG_AND_CHARGE, PLUG_IDENTIFIER
from laadpaal.properties.rows import Setting
from laadpaal.properties.transactions import (
    ABORT_LOCK,
    ABORT_OFFLINE,
    ABORT_UNLOCK,
    CONTINUE,
    DISCONNECT_ACTION,
    STOP_ON_DISCONNECT,
    UNLOCK_ON_DISCONNECT,
)
from laadpaal.properties.values import Values

Follows = Iterator[tuple[Setting[Any], Any]]
"""Settings and the values that they get because another was written."""

_FLAGS = {STOP_ON_DISCONNECT.id, UNLOCK_ON_DISCONNECT.id}


def barred(row_id: str, value: object, values: Values) -> str:
    """Return in a sentence why a value does not go with the others, or ""."""
    if row_id == METHOD.id and value == PLUG_AND_CHARGE and not values[PLUG_IDENTIFIER]:
        return "plug and charge needs an identifier first"
    if values[METHOD] != PLUG_AND_CHARGE:
        return ""
    if row_id == PLUG_IDENTIFIER.id and not value:
        return "plug and charge needs an identifier"
    if any(row.id == row_id and value != needed for row, needed in _plugged()):
        return "plug and charge needs that unplugging at the vehicle ends it and unlocks"
    return ""


def bound(row_id: str, values: Values) -> Follows:
    """Yield what else has to be written now that a setting was, so that all agree."""
    if row_id == METHOD.id and values[METHOD] == PLUG_AND_CHARGE:
        yield from _differing(_plugged(), values)
    elif row_id == DISCONNECT_ACTION.id:
        yield from _differing(_flags(values[DISCONNECT_ACTION]), values)
    elif row_id in _FLAGS:
        yield from _differing([(DISCONNECT_ACTION, _action(values))], values)


def mended(values: Values) -> Iterator[tuple[Setting[Any], Any, str]]:
    """Yield what has to change at a start, and why: what another hand has written (S56).

    The reason is "" where nobody has to hear of it.
    """
    why = ""
    if values[METHOD] == PLUG_AND_CHARGE:
        wanted = _plugged()
        why = "plug and charge needs it"
    elif values[DISCONNECT_ACTION] == DISCONNECT_ACTION.default:
        # Releases before this one knew the two flags only.
        wanted = [(DISCONNECT_ACTION, _action(values))]
    else:
        wanted = list(_flags(values[DISCONNECT_ACTION]))
    for row, value in _differing(wanted, values):
        yield row, value, why


def _plugged() -> list[tuple[Setting[Any], Any]]:
    """Return what plug and charge needs: no card would end it and free the plug (S55)."""
    return [(DISCONNECT_ACTION, ABORT_UNLOCK), *_flags(ABORT_UNLOCK)]


def _flags(action: str) -> list[tuple[Setting[Any], Any]]:
    """Return what the two flags of older names are with an action; one that does not matter stays.

    What ends nothing unlocks nothing either.
    """
    if action == CONTINUE:
        return [(STOP_ON_DISCONNECT, False)]
    return [(STOP_ON_DISCONNECT, True), (UNLOCK_ON_DISCONNECT, action != ABORT_LOCK)]


def _action(values: Values) -> str:
    """Return the action that the two flags stand for; unlocking while offline is one of its own."""
    if not values[STOP_ON_DISCONNECT]:
        return CONTINUE
    if not values[UNLOCK_ON_DISCONNECT]:
        return ABORT_LOCK
    return ABORT_OFFLINE if values[DISCONNECT_ACTION] == ABORT_OFFLINE else ABORT_UNLOCK


def _differing(wanted: list[tuple[Setting[Any], Any]], values: Values) -> Follows:
    for row, value in wanted:
        if values[row] != value and not values.fixed(row):
            yield row, value
