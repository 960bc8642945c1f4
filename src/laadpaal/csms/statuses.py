"""What the CSMS knows of each connector's status, and what it has missed."""

from __future__ import annotations

from laadpaal.station.notices import StatusChanged

Place = tuple[int, int]
"""EVSE and connector."""


class Statuses:
    """The last status heard and the last one delivered, per connector."""

    __slots__ = ("_heard", "_told")

    def __init__(self) -> None:
        self._heard: dict[Place, StatusChanged] = {}
        self._told: dict[Place, StatusChanged] = {}

    def heard(self, notice: StatusChanged) -> None:
        """Note what the station says, online or not."""
        self._heard[notice.evse, notice.connector] = notice

    def told(self, notice: StatusChanged) -> None:
        """Note what the CSMS has answered to."""
        self._told[notice.evse, notice.connector] = notice

    def all(self) -> tuple[StatusChanged, ...]:
        """Return the present status of everything, for after a registration (B01)."""
        return tuple(self._heard[place] for place in sorted(self._heard))

    def missed(self, offline_s: float, all_after_s: float | None) -> tuple[StatusChanged, ...]:
        """Return what to tell after a reconnection: never the history (1.6 section 4.9, B04).

        Args:
            offline_s: How long the CSMS was out of reach.
            all_after_s: Everything is told when that took longer; None: never.
        """
        if all_after_s is not None and offline_s > all_after_s:
            return self.all()
        return tuple(notice for notice in self.all() if self._differs(notice))

    def _differs(self, notice: StatusChanged) -> bool:
        told = self._told.get((notice.evse, notice.connector))
        return told is None or _words(told) != _words(notice)


def _words(notice: StatusChanged) -> tuple[object, ...]:
    return notice.status, notice.error, notice.code, notice.info
