"""Tells in the log how each socket is and who charges there, in lines that log readers look for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import MappingProxyType

from laadpaal.properties.state import MAIN_STATE, PILOT_STATE
from laadpaal.station.main_state import MainState
from laadpaal.station.notices import Notice, StatusChanged, TransactionEnded, TransactionStarted
from laadpaal.station.readings import read
from laadpaal.station.view import EvseView, StationView
from laadpaal.station.words import TokenKind

LIFE = "=" * 42
"""A line of its own that stands before each life."""
NOBODY = "(null)"
ENDING = "CHARGING_TERMINATING"
AUTHORIZED = "EV_CONNECTED_AUTHORIZED"
_NAMES = MappingProxyType(
    {
        MainState.CABLE: "CABLE_CONNECTED",
        MainState.VEHICLE: "EV_CONNECTED",
        MainState.WAIT_VEHICLE: "WAIT_FOR_EV_CONNECT",
        MainState.ON: "CHARGING_POWER_ON",
        MainState.OFF: "CHARGING_POWER_OFF",
        MainState.WAIT_DISCONNECT: "WAIT_FOR_DISCONNECT",
    }
)
"""The others are called as they are."""
_TELLING = (StatusChanged, TransactionStarted, TransactionEnded)


class SocketLines:
    """Writes a line whenever a socket has come into another state, or its pilot has."""

    def __init__(self, look: Callable[[], StationView], log: logging.Logger) -> None:
        self._look, self._log = look, log
        self._told: dict[tuple[int, str], str] = {}
        self._tags: dict[int, str] = {}

    def begin(self) -> None:
        """Tell that a life begins."""
        self._log.info("%s", LIFE, extra={"facility": "USER"})

    def tell(self, notice: Notice) -> None:
        """Look again after what may have changed a state."""
        if isinstance(notice, TransactionEnded):
            tag = self._tags.get(notice.evse, NOBODY)
            self._say(notice.evse, "main state", f"{ENDING}, tag: {tag}")
        if isinstance(notice, _TELLING):
            view = self._look()
            for evse in view.evses:
                tag = self._tags[evse.evse] = _tag(evse)
                self._say(evse.evse, "main state", f"{_state(view, evse)}, tag: {tag}")
                self._say(evse.evse, "Mode-3", f"STATE_{_pilot(view, evse)}")

    def _say(self, evse: int, what: str, said: str) -> None:
        if self._told.get((evse, what)) != said:
            self._told[evse, what] = said
            text = "Socket #%d: %s: %s"
            self._log.info(text, evse, what, said, extra={"facility": "USER"})


def _state(view: StationView, evse: EvseView) -> str:
    state = MainState(int(read(MAIN_STATE, view, evse.evse)))
    if state is MainState.VEHICLE and evse.transaction and evse.transaction.authorized:
        return AUTHORIZED
    return _NAMES.get(state, state.name)


def _tag(evse: EvseView) -> str:
    """Return the number of who charges; no code that somebody keys in stands in a log."""
    token = evse.transaction.token if evse.transaction else None
    if token is None:
        return NOBODY
    return "***" if token.kind is TokenKind.KEY_CODE else token.value


def _pilot(view: StationView, evse: EvseView) -> str:
    return f"{int(read(PILOT_STATE, view, evse.evse)):X}".rstrip("0")
