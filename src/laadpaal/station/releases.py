"""Firmware that no back office has ordered: brought by hand, kept for good, or taken back."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.carriage import UpdateCode


@dataclass(frozen=True, slots=True)
class Release:
    """What there is to know of the version that runs, beside its name.

    Args:
        on_trial: Whether it has yet to be kept, and is else taken back.
        previous: The version that could run instead, "" for none.
        taken_back: Whether it runs because the one after it was no good, or not wanted.
    """

    on_trial: bool = False
    previous: str = ""
    taken_back: bool = False


ONE_ONLY = Release()
"""That of a station which has one version, and is content with it."""


# --- wishes ---


@dataclass(frozen=True, slots=True)
class InstallUploaded:
    """Install the package that somebody has brought, and that is good under its own seal."""

    version: str


@dataclass(frozen=True, slots=True)
class KeepFirmware:
    """Keep the version on trial for good, without waiting any longer."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """Let the version before this one run again, once nobody charges."""


FirmwareWish = InstallUploaded | KeepFirmware | GoBack


# --- actions ---


@dataclass(frozen=True, slots=True)
class KeepRelease:
    """See to it that the version on trial is what starts from now on."""

    job: int


@dataclass(frozen=True, slots=True)
class ReturnToPrevious:
    """See to it that the version before this one starts next."""

    job: int


# --- facts ---


@dataclass(frozen=True, slots=True)
class FirmwareKept:
    """The version on trial is on trial no longer."""

    job: int


@dataclass(frozen=True, slots=True)
class FirmwareReturned:
    """The version before this one runs after the next restart."""

    job: int


@dataclass(frozen=True, slots=True)
class FirmwareArrives:
    """Firmware that is brought or installed has come so far, or comes no more."""

    code: UpdateCode
    percent: int = 0


ReleaseEvent = FirmwareKept | FirmwareReturned | FirmwareArrives
