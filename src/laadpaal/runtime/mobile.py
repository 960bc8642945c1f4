"""Keeps a way through the mobile network open as long as a life lasts."""

from __future__ import annotations

import asyncio
from enum import Enum

from laadpaal.ports.modem import Access, Attached, Modem, ModemFailed, SimRefused
from laadpaal.ports.station import StationDesk
from laadpaal.properties import connectivity as rows
from laadpaal.properties.values import Values
from laadpaal.station.mobile_events import ModemAttached, ModemLost, PinRefused, SignalMeasured
from laadpaal.station.notices import LinkChanged, Notice

STEP_S, LONGEST_S = 10.0, 600.0
"""The wait after the first attempt in vain, and the longest that comes of doubling it."""
LEAST_S = 1.0
"""The wait where none grows: a modem that fails at once must not keep the station busy."""
STEADY_S = 60.0
"""A connection that lasted so long was none in vain."""


class Rung(Enum):
    """What is done before an attempt; the next rung is the restart of the station (S34)."""

    DIAL = "dial"
    RESTART = "let the modem start anew"
    POWER = "cut its power"


def rung_after(failures: int, attempts: int) -> Rung:
    """Return what comes before the next attempt, after so many in vain."""
    rounds, rest = divmod(failures, attempts)
    if not rounds or rest:
        return Rung.DIAL
    return Rung.RESTART if rounds % 2 else Rung.POWER


def wait_s(failures: int, values: Values) -> float:
    """Return how long to wait before the next attempt."""
    if not failures:
        return values[rows.DIAL_DELAY]
    grown = min(STEP_S * 2 ** min(failures - 1, 16), LONGEST_S)
    return values[rows.DIAL_DELAY] + (grown if values[rows.DIAL_GROWS] else LEAST_S)


def access_of(desk: StationDesk) -> Access:
    """Return what opens the mobile network: as the slot to be dialled says, else the settings."""
    values, apn = desk.values, desk.view().network.route.apn
    pin = apn.pin if apn and apn.pin else values[rows.PIN].reveal()
    spent = bool(pin) and pin == values[rows.REFUSED_PIN].reveal()
    roams = values[rows.ROAMING]
    if apn is None:
        user, password = values[rows.APN_USER], values[rows.APN_PASSWORD].reveal()
        return Access(values[rows.APN], user, password, pin=pin, spent=spent, roams=roams)
    return Access(
        apn.name, apn.user, apn.password, apn.login, pin, spent, apn.network, apn.only_that, roams
    )


def wanted(values: Values) -> bool:
    """Tell whether the station may go through the mobile network at all."""
    return values[rows.CONNECTIVITY] in {rows.MOBILE, rows.AUTO}


class MobileWay:
    """Attaches the modem again and again, and each time in vain with a little more force."""

    def __init__(self, modem: Modem, desk: StationDesk) -> None:
        self._modem = modem
        self._desk = desk
        self._failures = 0
        self._doubts = 0
        self._doubted = asyncio.Event()

    def tell(self, notice: Notice) -> None:
        """Take a notice of the station: a CSMS that answers removes every doubt."""
        if isinstance(notice, LinkChanged) and notice.online:
            self._doubts = 0

    def doubt(self) -> None:
        """Hear that the CSMS gives no sign of life, though it was dialled anew before (S34)."""
        self._doubts += 1
        if self._doubts > 1:
            self._doubted.set()

    async def run(self) -> None:
        """Attach until cancelled, or until only people can help."""
        if not wanted(self._desk.values):
            self._desk.happened(ModemLost("the station is not to go that way", stopped=True))
            return
        try:
            while True:
                await self._attempt()
        except SimRefused as refused:
            if refused.spent:
                self._desk.happened(PinRefused())
            self._desk.happened(ModemLost(str(refused), stopped=True))
        finally:
            await self._modem.release()

    async def _attempt(self) -> None:
        await asyncio.sleep(wait_s(self._failures, self._desk.values))
        attached_at: float | None = None
        try:
            await self._climb()
            self._desk.happened(_told(await self._modem.attach(access_of(self._desk))))
            attached_at = _now()
            await self._until_lost()
        except SimRefused:
            raise
        except ModemFailed as failed:
            steady = attached_at is not None and _now() - attached_at > STEADY_S
            self._failures = 0 if steady else self._failures + 1
            self._desk.happened(ModemLost(str(failed)))

    async def _climb(self) -> None:
        """Do what comes before this attempt."""
        attempts = self._desk.values[rows.DIAL_ATTEMPTS]
        rung = rung_after(self._failures, attempts)
        if self._doubted.is_set():
            rung = (Rung.DIAL, Rung.RESTART, Rung.POWER)[min(self._doubts, 4) - 2]
        self._doubted.clear()
        if rung is Rung.POWER and self._modem.switched:
            await self._modem.cut_power()
        elif rung is not Rung.DIAL:
            await self._modem.restart()

    async def _until_lost(self) -> None:
        """Watch the connection; raises ModemFailed at its end, or when it is of no use."""
        watching = asyncio.ensure_future(self._signals())
        doubted = asyncio.ensure_future(self._doubted.wait())
        try:
            await asyncio.wait({watching, doubted}, return_when=asyncio.FIRST_COMPLETED)
            if watching.done():
                watching.result()
            raise ModemFailed("nobody answers by way of it")
        finally:
            watching.cancel()
            doubted.cancel()

    async def _signals(self) -> None:
        async for dbm in self._modem.watch():
            self._desk.happened(SignalMeasured(dbm))


def _told(attached: Attached) -> ModemAttached:
    carried = attached.carried
    return ModemAttached(
        attached.iccid,
        attached.imsi,
        attached.imei,
        attached.model,
        attached.operator,
        attached.roaming,
        carried.interface,
        carried.address,
        attached.dbm,
    )


def _now() -> float:
    return asyncio.get_running_loop().time()
