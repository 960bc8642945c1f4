"""What a setting may hold on this very station, where that is less than what its kind reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from laadpaal.properties import connectivity, metering, readers, transactions
from laadpaal.properties.rows import Setting
from laadpaal.properties.values import Values
from laadpaal.station.bonds import barred
from laadpaal.station.layout import EvseLayout, Layout

_SIGNING = {metering.SIGN_SAMPLED.id, metering.SIGN_ALIGNED.id, metering.PUBLIC_KEY.id}
_SIGNED = "DataSigned"
_OF_MODEM = {row.id for row in connectivity.OF_MODEM}


def _sees(evse: EvseLayout) -> bool:
    return evse.bay


def _signs(evse: EvseLayout) -> bool:
    return evse.signs


_NEEDS: Mapping[str, Callable[[EvseLayout], bool]] = MappingProxyType(
    {"ParkingBayOccupancy": _sees, _SIGNED: _signs}
)
"""What every EVSE must have for a word of the points to mean anything."""
_POINTS = {transactions.START_POINT.id, transactions.STOP_POINT.id}


def absent(row_id: str, layout: Layout) -> bool:
    """Tell whether the station lacks what the property is about."""
    return bool(_lack(row_id, layout))


def _lack(row_id: str, layout: Layout) -> str:
    if row_id in _SIGNING and not all(map(_signs, layout.evses)):
        return "there is no meter that signs"
    if row_id == readers.SCAN_INTERVAL.id and not layout.scans:
        return "no card reader has to be asked"
    if row_id == readers.TAG_DELAY.id and not layout.repeats:
        return "no card reader tells of a card more than once"
    return "" if layout.modem or row_id not in _OF_MODEM else "there is no modem"


def offered(row: Setting[Any], layout: Layout) -> tuple[str, ...]:
    """Return the words that a list may hold here."""
    if row.id not in _POINTS:
        return row.kind.choices
    return tuple(word for word in row.kind.choices if _possible(word, layout))


def _possible(word: str, layout: Layout) -> bool:
    needed = _NEEDS.get(word)
    return needed is None or all(map(needed, layout.evses))


def unfit(row: Setting[Any], value: Any, values: Values, layout: Layout) -> str:  # noqa: ANN401  of that row's kind
    """Return in a sentence why a value does not fit this station as it is set, or ""."""
    if lack := _lack(row.id, layout):
        return lack
    if row.id == connectivity.CONNECTIVITY.id and value == connectivity.MOBILE and not layout.modem:
        return "there is no modem"
    if why := barred(row.id, value, values):
        return why
    if row.id in _POINTS:
        strange = [word for word in value if not _possible(word, layout)]
        if strange:
            return f"nothing here would tell {strange[0]}"
    starts = value if row.id == transactions.START_POINT.id else values[transactions.START_POINT]
    signs = value if row.id == metering.SIGN_SAMPLED.id else values[metering.SIGN_SAMPLED]
    return "DataSigned needs signed readings" if _SIGNED in starts and not signs else ""
