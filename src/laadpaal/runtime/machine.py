"""The machine under a running station, for those who ask what the core does not know."""

from __future__ import annotations

import platform
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from laadpaal.ports.machine import NO_WIRE, Dealings, Wire
from laadpaal.runtime.running import Running
from laadpaal.runtime.wires import Wires
from laadpaal.station.events import ClockCorrected

FRESH_S = 10.0
"""Station seconds for which what was read of the network is told again."""
_BOARD = Path("/proc/device-tree/model")
_LONGEST_BOARD = 32
_WIRES = Wires()


class StationMachine:
    """Is a `Machine` that outlasts the lives of a station.

    Args:
        identity: By what name the CSMS knows the station; "" without a CSMS.
        look: Reads the wired network.
        board: File that names the kind of computer, where there is one.
    """

    def __init__(
        self,
        running: Running,
        identity: str = "",
        look: Callable[[], Wire] = _WIRES.look,
        board: Path = _BOARD,
    ) -> None:
        self._running = running
        self.identity = identity
        self._look = look
        self._board = board
        self._wire: tuple[float, Wire] = (0.0, NO_WIRE)

    @property
    def boot_reason(self) -> str:
        """Why the station started last."""
        return self._running.boot_reason.value

    @cached_property
    def board(self) -> str:
        """What kind of computer it is: by name where it has one, else its processor."""
        try:
            named = self._board.read_text(encoding="utf-8", errors="replace").strip("\0\n ")
        except OSError:
            named = ""
        return (named or platform.machine())[:_LONGEST_BOARD]

    def utc(self) -> float:
        """Return the UTC second that the station's clock tells."""
        return self._running.clock.now().utc

    def up_s(self) -> float:
        """Return how long the station has run since it last started."""
        return self._mono - self._running.began_at

    def wire(self) -> Wire:
        """Return the wired network, read anew when it was looked at long ago."""
        until, wire = self._wire
        if self._mono >= until:
            wire = self._look()
            self._wire = (self._mono + FRESH_S, wire)
        return wire

    def dealings(self) -> Dealings:
        """Return how it goes with the CSMS."""
        state = self._running.state()
        heard_s = state.get("last_contact_s") if state.get("registration") else None
        return Dealings(
            str(state.get("registration") or ""),
            connected=bool(state.get("online")),
            heard_at=self.utc() - heard_s if isinstance(heard_s, float) else 0.0,
        )

    def set_clock(self, utc: float) -> None:
        """Set the station's clock, and let the station hear of the jump."""
        self._running.happened(ClockCorrected(self._running.clock.correct(utc)))

    @property
    def _mono(self) -> float:
        return self._running.clock.now().mono
