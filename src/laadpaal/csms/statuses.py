"""What the CSMS has been told of each connector's status, and what would be news to it."""

from __future__ import annotations

import msgspec

from laadpaal.csms.dialect import Call
from laadpaal.station.notices import StatusChanged

Place = tuple[int, int]
"""EVSE and connector."""
Words = dict[str, object]
"""What a message says, whenever it does."""


class Statuses:
    """The last status heard of each connector, and the last words said about it.

    News is what reads differently: a version that has one word for two of our statuses says it
    once. What may not have arrived counts as never said.
    """

    __slots__ = ("_heard", "_said")

    def __init__(self) -> None:
        self._heard: dict[Place, StatusChanged] = {}
        self._said: dict[Place, Words] = {}

    def heard(self, notice: StatusChanged) -> None:
        """Note what the station says, online or not."""
        self._heard[_place(notice)] = notice

    def all(self) -> tuple[StatusChanged, ...]:
        """Return the present status of everything, in order of place."""
        return tuple(self._heard[place] for place in sorted(self._heard))

    def news(self, call: Call) -> bool:
        """Tell whether a call says what has not been said; one about no status always does."""
        notice = call.about
        if not isinstance(notice, StatusChanged):
            return True
        return self._said.get(_place(notice)) != _words(call)

    def said(self, call: Call) -> None:
        """Note what is on its way to the CSMS."""
        if isinstance(call.about, StatusChanged):
            self._said[_place(call.about)] = _words(call)

    def lost(self, call: Call) -> None:
        """Note that a call may not have arrived."""
        if isinstance(call.about, StatusChanged) and not self.news(call):
            del self._said[_place(call.about)]

    def forget(self) -> None:
        """Let everything be news, as after a registration (B01)."""
        self._said.clear()


def _place(notice: StatusChanged) -> Place:
    return notice.evse, notice.connector


def _words(call: Call) -> Words:
    fields = msgspec.structs.asdict(call.payload)
    return {name: value for name, value in fields.items() if name != "timestamp"}
