"""Firmware on a board with RAUC: what judges and installs it, made from the configuration."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from laadpaal.runtime.config import ConfigError
from laadpaal.runtime.runs import boot_id
from laadpaal.runtime.updates_table import UpdatesTable
from laadpaal.updates.journal import Journal
from laadpaal.updates.programs import ProgramError
from laadpaal.updates.rauc.judge import RaucJudge
from laadpaal.updates.rauc.program import UNKNOWN, Rauc, System
from laadpaal.updates.rauc.reboot import Reboot
from laadpaal.updates.rauc.updater import UNDER_WAY, RaucUpdater

LOOKS, AGAIN_S = 15, 2.0
"""How often RAUC is asked at the start, which may start beside the station; seconds between."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a bundle has to be besides what RAUC judges; asked anew for each.

    Args:
        downgrade: Tells whether an earlier version may follow.
        vouched: Tells whether an installed manufacturer root vouches for who signs whole files.
    """

    downgrade: Callable[[], bool]
    vouched: Callable[[str], bool]


async def rauc_of(
    table: UpdatesTable, journal: Journal, built_in: str, policy: Policy, log: logging.Logger
) -> tuple[RaucJudge, RaucUpdater]:
    """Return what judges and installs bundles, once it is known what became of the last one.

    Raises:
        ConfigError: A program is not there, or nobody can tell how an update has ended.
    """
    for key, name in (("program", table.program), ("reboot", table.reboot[0])):
        if shutil.which(name) is None:
            raise ConfigError(f"updates.{key}: there is no program {name}")
    boot, rauc = boot_id(), Rauc(table.program)
    if not boot:
        raise ConfigError("updates: the kernel does not tell one start of the machine from another")

    def running() -> str:
        return updater.version()

    judge = RaucJudge(rauc, table.most_bytes, running, policy.downgrade, policy.vouched)
    try:
        system = await _looked(rauc, journal, log)
        reboot = Reboot(table.reboot)
        updater = RaucUpdater(rauc, journal, judge, reboot, log, system, boot, built_in)
        await updater.begin()
    except OSError as wrong:
        raise ConfigError(f"folder: what is left of an update: {wrong}") from wrong
    return judge, updater


async def _looked(rauc: Rauc, journal: Journal, log: logging.Logger) -> System:
    """Return how the machine stands; a station whose RAUC is silent runs, but is not updated."""
    for look in range(LOOKS):
        try:
            return await rauc.system()
        except ProgramError as wrong:
            log.warning("Firmware: RAUC does not answer, %s", wrong)
        if look < LOOKS - 1:
            await asyncio.sleep(AGAIN_S)
    if journal.read().step in UNDER_WAY:
        raise ConfigError("updates: an update is under way, and RAUC does not tell what runs")
    return UNKNOWN
