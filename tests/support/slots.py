"""Two slots for firmware in memory, which outlast every power cut as those on a disk do."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.carriage import FirmwareStatus, FirmwareUpdate
from laadpaal.station.releases import Release

MOST_STARTS = 3
"""How often a version on trial is started before it is taken back."""


@dataclass
class TwoSlots:
    """Is what launcher and updater do together; each deed is done or not, and never by half.

    Args:
        running: What runs in this life.
        kept: What starts when nothing is tried.
        previous: What was kept before that and is still there, "" for nothing.
        tried: What is in place and has yet to be kept, "" for nothing.
        starts: How often that was started.
        taken_back: Whether `running` runs because the one after it was no good, or not wanted.
    """

    running: str
    kept: str = ""
    previous: str = ""
    tried: str = ""
    starts: int = 0
    taken_back: bool = False

    def __post_init__(self) -> None:
        self.kept = self.kept or self.running

    @property
    def on_trial(self) -> bool:
        """Whether what runs has yet to be kept."""
        return self.running == self.tried

    def boot(self) -> None:
        """Start what is to start, after a restart or a power cut."""
        if self.tried and self.starts < MOST_STARTS:
            self.running, self.taken_back = self.tried, False
            self.starts += 1
            return
        self.taken_back = self.taken_back or bool(self.tried)
        self.running, self.tried = self.kept, ""

    def release(self) -> Release:
        """Return what there is to know of what runs, beside its name."""
        return Release(
            self.on_trial, self.kept if self.on_trial else self.previous, self.taken_back
        )

    def install(self, version: str) -> None:
        """Put a version in the place of what is not kept."""
        self.tried, self.starts, self.previous = version, 0, ""

    def keep(self) -> None:
        """Keep what is on trial."""
        if self.on_trial:
            self.previous, self.kept, self.tried = self.kept, self.running, ""

    def give_up(self) -> None:
        """Let what is on trial have had its last start."""
        self.starts = MOST_STARTS

    def go_back(self) -> bool:
        """Let the one before start next; tell whether there is any."""
        if self.on_trial:
            self.give_up()
        elif self.previous:
            self.kept, self.previous, self.taken_back = self.previous, "", True
        else:
            return False
        return True


def assert_true(update: FirmwareUpdate, slots: TwoSlots) -> None:
    """Let a status that says which version runs, or does not, be the truth when it is told."""
    match update.status:
        case FirmwareStatus.INSTALLED:
            assert update.version == slots.running
            assert not slots.on_trial
        case FirmwareStatus.INSTALLATION_FAILED:
            # The same version may have been installed anew, and taken back.
            assert update.version != slots.running or slots.taken_back
        case FirmwareStatus.INSTALL_REBOOTING:
            assert update.version == slots.tried
        case _:
            pass
