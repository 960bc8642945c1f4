"""The way over the mobile network: whether there is one, and how strong its signal is."""

from __future__ import annotations

from typing import assert_never

from laadpaal.properties.connectivity import PIN, REFUSED_PIN, WEAK_SIGNAL
from laadpaal.station.facts import Facts
from laadpaal.station.mobile_events import (
    MobileEvent,
    ModemAttached,
    ModemLost,
    PinRefused,
    SignalMeasured,
)
from laadpaal.station.notices import MobileChanged, SignalChanged
from laadpaal.station.records import SettingWritten
from laadpaal.station.view import MobileView

STEADY_DB = 4
"""A weak signal must be so much above the limit to count as strong again."""


class Mobile:
    """Holds what the modem has told; the numbers of the SIM stay known when the network is lost."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._told = ModemAttached()
        self._lost: ModemLost | None = ModemLost("it has not been tried yet")
        self._dbm: int | None = None
        self._weak = False

    def take(self, event: MobileEvent) -> None:
        """Learn how the modem does."""
        match event:
            case ModemAttached():
                self._told, self._lost = event, None
                self._facts.tell(MobileChanged(attached=True, operator=event.operator))
                self._measured(event.dbm)
            case ModemLost():
                if event != self._lost:
                    self._lost = event
                    self._facts.tell(MobileChanged(attached=False, why=event.why))
            case SignalMeasured(dbm):
                self._measured(dbm)
            case PinRefused():
                self._spend()
            case _:
                assert_never(event)

    def view(self) -> MobileView | None:
        """Return how it is now, or None without a modem."""
        if not self._facts.layout.modem:
            return None
        told, lost = self._told, self._lost
        return MobileView(
            attached=lost is None,
            stopped=lost is not None and lost.stopped,
            why=lost.why if lost else "",
            iccid=told.iccid,
            imsi=told.imsi,
            imei=told.imei,
            model=told.model,
            operator=told.operator,
            roaming=told.roaming,
            interface=told.interface,
            address=told.address if lost is None else "",
            dbm=self._dbm,
            weak=self._weak,
        )

    def _measured(self, dbm: int | None) -> None:
        self._dbm = dbm
        if dbm is None:
            return
        limit = self._facts.values[WEAK_SIGNAL] + (STEADY_DB if self._weak else 0)
        if (dbm < limit) is not self._weak:
            self._weak = not self._weak
            self._facts.tell(SignalChanged(dbm, self._weak))

    def _spend(self) -> None:
        """Remember the PIN, for the SIM counts how often a wrong one is entered."""
        pin = self._facts.values[PIN]
        self._facts.values.put(REFUSED_PIN, pin)
        self._facts.keep(SettingWritten(REFUSED_PIN.id, 0, REFUSED_PIN.kind.show(pin)))
