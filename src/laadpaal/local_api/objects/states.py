"""`states`: what each socket does now, and how it goes with the CSMS."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.row import Category, Row, Seen
from laadpaal.properties import parts, state
from laadpaal.station.layout import GridLink, Layout
from laadpaal.station.view import EvseView
from laadpaal.station.words import Connection

_STATES = Category("states")
_WHOLE = 10_000
"""A duty cycle in hundredths of a percent: the pilot is high all the time."""
_REGISTRATIONS = {"": 0, "Rejected": 2, "Accepted": 3, "Pending": 4}
_ASKED = 1
_LINE_NORMAL, _LINE_ERROR = 2, 4


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of this category."""
    for evse, _ in enumerate(layout.evses[:2], 1):
        yield from _socket(evse)
    yield from _talk()
    if layout.grid is GridLink.MODBUS:
        help_ = "Line to the meter at the grid: 2 is as it should be, 4 is silent for too long."
        yield _STATES.told("2540_0", Code.UNSIGNED8, help_, _line, 4)


def _socket(evse: int) -> Iterator[Row]:
    """Yield what one socket does; those of the second stand at the next index."""
    states, pilot, face = f"{0x2500 + evse:X}", f"{0x2510 + evse:X}", f"{0x3190 + evse - 1:X}"
    yield _STATES.reading(f"{states}_1", Code.UNSIGNED8, state.MAIN_STATE, evse)
    light = "Number of the state of a socket's light."
    yield _STATES.told(f"{states}_2", Code.INTEGER8, light, lambda it: it.evse(evse).light)
    yield _STATES.reading(f"{states}_3", Code.UNSIGNED8, state.RELAY_STATE, evse)
    yield _STATES.reading(f"{states}_4", Code.UNSIGNED8, state.PILOT_STATE, evse)
    duty = "Duty cycle of the control pilot in hundredths of a percent, by what it offers."
    yield _STATES.told(f"{pilot}_3", Code.INTEGER16, duty, lambda it: _duty(it.evse(evse)))
    most = f"{0x312E + evse - 1:X}_0"
    yield _STATES.reading(most, Code.UNSIGNED8, parts.EVSE_PHASES, evse, 3)
    screen = "Number of what the display shows for a socket."
    yield _STATES.told(f"{face}_1", Code.UNSIGNED8, screen, lambda it: it.evse(evse).screen.state)
    error = "Number of the error or warning that the display shows; 0 for none."
    yield _STATES.told(f"{face}_2", Code.UNSIGNED16, error, lambda it: it.evse(evse).screen.code)


def _duty(evse: EvseView) -> int:
    """Return what the pilot signals (IEC 61851-1, table A.8)."""
    domestic = any(one.connection is Connection.CABLE_TYPE_E for one in evse.connectors)
    if not evse.offered_a or domestic:
        return _WHOLE
    return duty(evse.offered_a)


def duty(limit_a: float) -> int:
    """Return the duty cycle that offers so much, in hundredths of a percent."""
    percent = limit_a / 0.6 if limit_a <= 51 else limit_a / 2.5 + 64  # noqa: PLR2004  the standard's
    return round(percent * 100)


def _talk() -> Iterator[Row]:
    help_ = (
        "What the CSMS says to the boot notification: 0 not sent, 1 nothing, 2 no, 3 yes, 4 wait."
    )
    yield _STATES.told("3600_1", Code.INTEGER8, help_, _registration, 4)
    help_ = "Whether there is a connection to the CSMS."
    yield _STATES.told(
        "3600_5", Code.INTEGER8, help_, lambda it: int(it.machine.dealings().connected), 2
    )
    help_ = "When the CSMS gave its last sign of life, in milliseconds of UTC; 0 for never."
    yield _STATES.told(
        "3600_6", Code.UNSIGNED64, help_, lambda it: it.machine.dealings().heard_at * 1000
    )


def _registration(seen: Seen) -> Value:
    dealings = seen.machine.dealings()
    known = _REGISTRATIONS.get(dealings.registration, 0)
    return known or (_ASKED if dealings.connected else 0)


def _line(seen: Seen) -> Value:
    return _LINE_ERROR if seen.view.grid.lost else _LINE_NORMAL
