"""What each socket's light shows, derived from the facts."""

from __future__ import annotations

from enum import IntEnum


class Light(IntEnum):
    """State of a socket's light; the numbers of the light table."""

    UNKNOWN = 0
    OFF = 1
    BOOTING = 2
    CHECKING_MAINS = 3
    AVAILABLE = 4
    AUTHORIZING = 5
    AUTHORIZED = 6
    CABLE_CONNECTED = 7
    EV_CONNECTED = 8
    PREPARING = 9
    WAIT_VEHICLE = 10
    CHARGING = 11
    CHARGING_SIMPLY = 12
    SUSPENDED_OVERCURRENT = 13
    SUSPENDED_RESIDUAL = 14
    SUSPENDED_EV_GONE = 15
    FINISH_WAIT_VEHICLE = 16
    FINISH_WAIT_UNPLUG = 17
    ERROR_EARTH = 18
    ERROR_SUPPLY = 19
    ERROR_CONTACTOR = 20
    ERROR_CHARGING = 21
    ERROR_POWER = 22
    ERROR_TEMPERATURE = 23
    ERROR_PILOT = 24
    ERROR_PROXIMITY = 25
    ERROR_RESTARTS = 26
    ERROR = 27
    MESSAGE = 28
    NOT_AUTHORIZED = 29
    CABLE_NOT_SUPPORTED = 30
    SWITCH_NOT_OPENED = 31
    TIMEOUT = 32
    RESERVED = 33
    INOPERATIVE = 34
    LIMITED = 35
    FORCED_OFF = 36
    TAG_MODE = 37
    TAG_ADDED = 38
    TAG_REMOVED = 39
    NOT_CHARGING = 40
