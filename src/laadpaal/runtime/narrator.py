"""Writes the station's life into the log; the core itself never does."""

from __future__ import annotations

import logging
from dataclasses import fields

from laadpaal.runtime.secrets import masked
from laadpaal.runtime.turns import Asked, Item, Woken
from laadpaal.station.answers import Answer, Refused
from laadpaal.station.moment import Moment
from laadpaal.station.monitors import Firing
from laadpaal.station.notices import (
    CredentialsChanged,
    CredentialsProven,
    DisplaySilent,
    GridSilent,
    LimitChanged,
    MaximumLooksDifferent,
    MeterSilent,
    MobileChanged,
    MonitorsFired,
    Notice,
    PhasesDetected,
    SecurityEvent,
    SettingMended,
    SettingReverted,
    SignalChanged,
    StatusChanged,
    TransactionSampled,
    TransactionUpdated,
    UnlockForced,
)
from laadpaal.station.payment import Settlement
from laadpaal.station.payment_words import PaymentSettled
from laadpaal.station.requests import Request

_METER_TAG = "taskModbus.c:802"
"""The release notes' own tag, so that a log reader written for their text works (S18)."""
_QUIET = (TransactionSampled, TransactionUpdated)


class Narrator:
    """Tells every event, wish and notice by its class name and fields."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def watch(self, item: Item, at: Moment) -> None:  # noqa: ARG002  the shape of a watcher
        """Tell what is about to be taken."""
        match item:
            case Woken():
                return
            case Asked(request):
                self._say(logging.DEBUG, _line(masked(request)))
            case _:
                self._say(logging.DEBUG, _line(item))

    def answered(self, request: Request, answer: Answer) -> None:
        """Tell of a wish that was refused, and why."""
        if isinstance(answer, Refused):
            why = answer.detail or answer.reason.value
            self._say(logging.INFO, f"{type(request).__name__} refused: {why}")

    def tell(self, notice: Notice) -> None:  # noqa: C901, PLR0912  one case for each
        """Tell what has come of it."""
        match notice:
            case PhasesDetected(evse, phases):
                # The two lines differ in their full stop, exactly so (S18, S19).
                wiring = (
                    "Single phase installation." if phases == 1 else ("Multiple phase installation")
                )
                text = f"Meter #{evse}: first meter update, {wiring}"
                self._say(logging.INFO, text, facility="USER", tag=_METER_TAG)
            case SettingReverted(id_, written, default):
                text = f"{id_}: {written!r} cannot be, and {default} is in force"
                self._say(logging.WARNING, text)
            case SettingMended(id_, text, why):
                self._say(logging.WARNING, f"{id_} is {text} now, for {why}")
            case MeterSilent(lost=lost) | DisplaySilent(lost):
                self._say(logging.WARNING if lost else logging.INFO, _silence(notice))
            case MaximumLooksDifferent(evse, was, now):
                text = f"display: socket {evse} shows {now} as its maximum now, and {was} before"
                self._say(logging.WARNING, text, facility="USER")
            case UnlockForced(evse, _, attempt):
                text = f"lock: socket {evse} forced unlock attempt {attempt}"
                self._say(logging.INFO, text, facility="USER")
            case MobileChanged(attached, operator, why):
                level = logging.INFO if attached else logging.WARNING
                text = f"attached to {operator or 'a network'}" if attached else why
                self._say(level, f"Mobile network: {text}", facility="COM")
            case SignalChanged(dbm, weak):
                level = logging.WARNING if weak else logging.INFO
                strength = "weak" if weak else "strong again"
                self._say(level, f"Mobile network: the signal is {strength}, {dbm} dBm")
            case GridSilent(lost, text):
                self._say(logging.WARNING if lost else logging.INFO, text)
            case MonitorsFired(firings):
                for firing in firings:
                    self._say(logging.INFO, _fired(firing))
            case SecurityEvent():
                self._say(logging.INFO, _line(notice), facility="SECURITY")
            case PaymentSettled(how=Settlement.REFUSED):
                self._say(logging.ERROR, f"A payment is not settled: {_line(notice)}")
            case CredentialsChanged(back) if back:
                text = f"The credentials before are back: {back}"
                self._say(logging.WARNING, text, facility="SECURITY")
            case CredentialsChanged() | CredentialsProven():
                self._say(logging.INFO, _line(notice), facility="SECURITY")
            case LimitChanged() | StatusChanged():
                self._say(logging.INFO, f"{_line(notice)}: {notice.why}")
            case _ if isinstance(notice, _QUIET):
                self._say(logging.DEBUG, _line(notice))
            case _:
                self._say(logging.INFO, _line(notice))

    def _say(self, level: int, text: str, **extra: str) -> None:
        if self._log.isEnabledFor(level):
            self._log.log(level, "%s", text, extra=extra)


def _line(thing: object) -> str:
    """Return class name and the fields that say something."""
    told = [
        f"{field.name}={getattr(thing, field.name)!r}"
        for field in fields(thing)  # type: ignore[arg-type]  # every item is a dataclass
        if field.repr and field.name not in {"sample", "samples", "at", "entries"}
    ]
    return f"{type(thing).__name__} {' '.join(told)}".rstrip()


def _silence(notice: MeterSilent | DisplaySilent) -> str:
    if isinstance(notice, MeterSilent):
        return f"Meter #{notice.evse}: {'lost' if notice.lost else 'back'}"
    return f"display: {'lost' if notice.lost else 'recovered'}"


def _fired(firing: Firing) -> str:
    at = firing.monitor.at
    back = ", back within its bound" if firing.cleared else ""
    return (
        f"Monitor {firing.monitor.id}: {at.id} at {at.evse}.{at.connector} is {firing.text!r}{back}"
    )
