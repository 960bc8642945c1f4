"""What judges, installs and receives firmware, made from the configuration."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from laadpaal.ports.clock import Clock
from laadpaal.ports.station import StationDesk
from laadpaal.ports.updater import Updater
from laadpaal.ports.vault import Use, Vault
from laadpaal.properties.firmware import DOWNGRADE
from laadpaal.properties.values import Values
from laadpaal.protocols.firmware.head import Wanted
from laadpaal.runtime.config import Config, ConfigError
from laadpaal.runtime.rauc import Policy, rauc_of
from laadpaal.runtime.updates_table import UpdatesTable
from laadpaal.simulation.updater import SimulatedUpdater
from laadpaal.updates.journal import Journal
from laadpaal.updates.judge import PackageJudge
from laadpaal.updates.launcher import JOURNAL, SLOT
from laadpaal.updates.rauc.judge import RaucJudge
from laadpaal.updates.slots import NAMES, Slots
from laadpaal.updates.updater import SlotUpdater
from laadpaal.updates.uploads import Uploads

PRODUCT = "laadpaal"
"""What every package of ours is for."""
FIRMWARE, BUNDLE, INSTALLED = "firmware.lpfw", "firmware.raucb", "installed.txt"
"""Files in a station's folder: what was fetched or brought, and what the simulation runs."""


@dataclass(frozen=True, slots=True)
class Firmware:
    """What deals with firmware; `file` is where a package lies as soon as it is whole."""

    judge: PackageJudge | RaucJudge
    journal: Journal
    updater: Updater
    file: Path

    def uploads(self, desk: StationDesk, log: logging.Logger) -> Uploads:
        """Return the local way in, with nothing on its way; raises ConfigError."""
        made = Uploads(self.judge, self.file, self.journal, desk, log)
        try:
            made.recover()
        except OSError as wrong:
            raise ConfigError(f"folder: what is left of an upload: {wrong}") from wrong
        return made


async def firmware_of(
    config: Config,
    vault: Vault,
    clock: Clock,
    values: Callable[[], Values],
    log: logging.Logger,
    environment: Mapping[str, str] = os.environ,
) -> Firmware:
    """Return what deals with firmware: in slots, by RAUC, or simulated, as configured.

    Raises:
        ConfigError: There is no such folder or program, or nobody tells what runs.
    """
    folder, built_in = Path(config.folder), config.layout().firmware

    def downgrade() -> bool:
        return values()[DOWNGRADE]

    def wanted() -> Wanted:
        return Wanted(PRODUCT, updater.version(), downgrade=downgrade())

    updater: Updater
    judge = PackageJudge(wanted, lambda: vault.roots(Use.MANUFACTURER_ROOT), lambda: utc(clock))
    match config.updates:
        case None:
            journal = Journal(folder / JOURNAL)
            updater = SimulatedUpdater(folder / INSTALLED, built_in, judge)
        case UpdatesTable(kind="rauc") as table:
            journal, policy = Journal(folder / JOURNAL), Policy(downgrade, judge.trusts)
            bundles, updater = await rauc_of(table, journal, built_in, policy, log)
            return Firmware(bundles, journal, updater, folder / BUNDLE)
        case table:
            slots, named = _slots(table.folder), environment.get(SLOT, "")
            journal, running = Journal(slots.folder / JOURNAL), named if named in NAMES else ""
            updater = SlotUpdater(slots, journal, judge, running, built_in)
    return Firmware(judge, journal, updater, folder / FIRMWARE)


def _slots(name: str) -> Slots:
    folder = Path(name)
    if not folder.is_dir():
        raise ConfigError(
            f"updates.folder: {folder} is no folder; `laadpaal update place` makes it"
        )
    return Slots(folder)


def utc(clock: Clock) -> float | None:
    """Return the time in UTC seconds, None while nobody knows it."""
    now = clock.now()
    return now.utc if now.trusted else None
