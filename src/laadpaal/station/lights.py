"""What each socket's light shows, derived from the facts."""

from __future__ import annotations

from enum import IntEnum


class Light(IntEnum):
    """State of a socket's light; the numbers of the light table."""

    BOOTING = 2
    AVAILABLE = 4
    AUTHORIZING = 5
    AUTHORIZED = 6
    CABLE_CONNECTED = 7
    EV_CONNECTED = 8
    PREPARING = 9
    WAIT_VEHICLE = 10
    CHARGING = 11
    SUSPENDED_EV_GONE = 15
    FINISH_WAIT_VEHICLE = 16
    FINISH_WAIT_UNPLUG = 17
    ERROR = 18
    NOT_AUTHORIZED = 29
    CABLE_NOT_SUPPORTED = 30
    RESERVED = 33
    INOPERATIVE = 34
    LIMITED = 35
    FORCED_OFF = 36
