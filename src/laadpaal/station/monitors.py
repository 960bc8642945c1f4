"""Monitors: standing wishes to hear when a variable does something, and what they tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from laadpaal.properties.rows import Address


class MonitorKind(Enum):
    """What a monitor waits for."""

    UPPER = "above its value"
    LOWER = "below its value"
    DELTA = "changed by more than its value"
    PERIODIC = "each time its value in seconds has passed"
    ALIGNED = "each instant of a grid of its value in seconds, from midnight UTC"


THRESHOLDS = frozenset({MonitorKind.UPPER, MonitorKind.LOWER})
PERIODS = frozenset({MonitorKind.PERIODIC, MonitorKind.ALIGNED})


class Origin(Enum):
    """Who made a monitor."""

    CUSTOM = "somebody who asked for it"
    PRECONFIGURED = "the station; it can be changed and cleared"
    HARD_WIRED = "the station, for good"


class MonitoringBase(Enum):
    """Which monitors there are to be, as a whole; the value is that of the setting."""

    ALL = "All"
    FACTORY_DEFAULT = "FactoryDefault"
    HARD_WIRED_ONLY = "HardWiredOnly"


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor of one variable.

    Args:
        id: No other ever has it.
        at: The variable that it watches.
        value: A bound, a difference or seconds, as its kind has it.
        severity: From 0, the gravest, to 9.
        in_transaction: Whether it sleeps while no transaction runs there.
    """

    id: int
    at: Address
    kind: MonitorKind
    value: float
    severity: int
    in_transaction: bool = False
    origin: Origin = Origin.CUSTOM


@dataclass(frozen=True, slots=True)
class KeptMonitor:
    """What must be kept of a monitor.

    Args:
        monitor: As somebody wanted it; None says that a preconfigured one was cleared.
        alerting: Whether the value was told to be beyond its bound, and not yet to be back.
    """

    id: int
    monitor: Monitor | None
    alerting: bool = False


@dataclass(frozen=True, slots=True)
class Firing:
    """One time that a monitor had something to tell.

    Args:
        id: No other ever has it, and no monitor.
        at: UTC second.
        text: The value then; "" of a secret.
        cleared: Whether the value is back within its bound.
        transaction: The one that ran there.
    """

    id: int
    at: float
    monitor: Monitor
    text: str
    cleared: bool = False
    transaction: str | None = None
