"""Lists of measurands as other stations have them: nine objects, each with one number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.foreign import BACK_OFFICE
from laadpaal.local_api.objects.row import Row, Seen, Wish
from laadpaal.properties import metering
from laadpaal.properties.rows import Setting
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By

_PLACES = 9
_NUMBERS = {
    "Energy.Active.Export.Register": 1,
    "Energy.Active.Import.Register": 2,
    "Energy.Active.Import.Interval": 6,
    "Power.Active.Import": 10,
    "Power.Reactive.Import": 12,
    "Current.Import": 14,
    "Voltage": 15,
    "Power.Factor": 21,
    "Current.Offered": 22,
    "Power.Offered": 23,
    "Frequency": 24,
}
_LINES = {"L1-N": 1, "L2-N": 2, "L3-N": 3, "L1": 8, "L2": 9, "L3": 10}
"""Numbers of the lines, 16 bits above that of the measurand."""


def _number(word: str) -> int:
    """Return the number of a measurand, or of one of its lines such as `Voltage.L1`."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    measurand, _, line = word.rpartition(".")
    return _NUMBERS[measurand] | _LINES[line] << 16


_WORDS = {_number(word): word for word in (*metering.MEASURANDS.choices, *metering.MEASURANDS.also)}


def rows() -> Iterator[Row]:
    """Yield the lists of what is told while charging, and by the clock."""
    for index, row in (
        ("2098", metering.SAMPLED_MEASURANDS),
        ("2099", metering.ALIGNED_MEASURANDS),
    ):
        for place in range(_PLACES):
            yield Row(
                f"{index}_{place + 1}",
                Code.UNSIGNED32,
                BACK_OFFICE.name,
                f"Number {place + 1} of: {row.help[0].lower()}{row.help[1:]}",
                _shown(row, place),
                write=partial(_write, row, place),
                setting=row,
            )


def _shown(row: Setting[Any], place: int) -> Callable[[Seen], Value]:
    def read(seen: Seen) -> int:
        words: tuple[str, ...] = seen.values[row]
        return _number(words[place]) if place < len(words) else 0

    return read


def _write(row: Setting[Any], place: int, seen: Seen, value: Value) -> Iterable[Wish]:
    """Put a measurand into one place, which it leaves elsewhere; 0 takes out what stands there.

    There are no gaps: what comes after moves up.
    """
    words = list(seen.values[row])
    wanted = [_word(int(value))] if value else []
    rest = [word for word in words[place + 1 :] if word not in wanted]
    words = [word for word in words[:place] if word not in wanted] + wanted + rest
    text = row.kind.show(tuple(words))
    return (WriteSetting(row.id, text, By.LOCAL),)


def _word(number: int) -> str:
    if number not in _WORDS:
        raise ValueError(f"{number} is no measurand that this station has")
    return _WORDS[number]
