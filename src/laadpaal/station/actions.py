"""What hardware must do; handed over after the step's records are committed."""

from __future__ import annotations

from dataclasses import dataclass, field

from laadpaal.station.carriage import LogKind, Signed
from laadpaal.station.display import Screen
from laadpaal.station.lights import Light
from laadpaal.station.payment_words import PaymentJob
from laadpaal.station.releases import KeepRelease, ReturnToPrevious
from laadpaal.station.surroundings import ArmResidual
from laadpaal.station.words import BootReason


@dataclass(frozen=True, slots=True)
class OfferCurrent:
    """Signal `limit_a` on the pilot; None is a steady level, which offers nothing."""

    evse: int
    limit_a: float | None


@dataclass(frozen=True, slots=True)
class CloseContactor:
    """Connect what is plugged into a connector to `phases` lines."""

    evse: int
    phases: int
    connector: int = 1


@dataclass(frozen=True, slots=True)
class OpenContactor:
    """Disconnect it."""

    evse: int
    connector: int = 1


@dataclass(frozen=True, slots=True)
class LockPlug:
    """Hold the plug in the socket."""

    evse: int
    connector: int


@dataclass(frozen=True, slots=True)
class UnlockPlug:
    """Let the plug go."""

    evse: int
    connector: int


@dataclass(frozen=True, slots=True)
class ForceUnlock:
    """Let the plug go with all the lock can do, whatever its feedback says."""

    evse: int
    connector: int


@dataclass(frozen=True, slots=True)
class ShowScreen:
    """Show this on the socket's part of the display."""

    evse: int
    screen: Screen


@dataclass(frozen=True, slots=True)
class ShowLight:
    """Show this on the socket's light."""

    evse: int
    light: Light


@dataclass(frozen=True, slots=True)
class DimLights:
    """Let every light shine with `percent` of what it can do."""

    percent: int


@dataclass(frozen=True, slots=True)
class Restart:
    """Start the station anew, once what was told has had its chance to be sent.

    Args:
        orderly: Whether to wait (for a bounded time) until queued notices are delivered.
    """

    reason: BootReason
    orderly: bool


@dataclass(frozen=True, slots=True)
class FetchFirmware:
    """Fetch firmware from a URL; `job` comes back with what came of it, as in the next two."""

    job: int
    location: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckFirmware:
    """Look whether what was fetched is whole, and whether its signer has signed it."""

    job: int
    signed: Signed | None


@dataclass(frozen=True, slots=True)
class InstallFirmware:
    """Put what was fetched in place, so that it runs after the next restart."""

    job: int


@dataclass(frozen=True, slots=True)
class CancelFetch:
    """Give up whatever is being fetched or checked."""


@dataclass(frozen=True, slots=True)
class UploadFile:
    """Gather a log and send it to a URL; the instants in UTC bound what of it is sent."""

    job: int
    kind: LogKind
    location: str = field(repr=False)
    file_name: str
    oldest_at: float | None
    newest_at: float | None


@dataclass(frozen=True, slots=True)
class CancelUpload:
    """Give up the upload of that kind."""

    kind: LogKind


Job = (
    FetchFirmware
    | CheckFirmware
    | InstallFirmware
    | CancelFetch
    | KeepRelease
    | ReturnToPrevious
    | UploadFile
    | CancelUpload
)
"""What takes several steps and is no EVSE's."""

Action = (
    OfferCurrent
    | CloseContactor
    | OpenContactor
    | LockPlug
    | UnlockPlug
    | ForceUnlock
    | ArmResidual
    | ShowScreen
    | ShowLight
    | DimLights
    | Restart
    | Job
    | PaymentJob
)
