"""What every `Updater` must do, wherever it puts firmware."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from laadpaal.ports.updater import Updater
from laadpaal.station.releases import Release


class Site(Protocol):
    """A place where version 1 runs, and what is to be installed there."""

    @property
    def tries(self) -> bool:
        """Whether a new version has to prove itself, and the old one is there meanwhile."""
        ...

    def package(self, version: str) -> Path:
        """Return a good file."""
        ...

    def damaged(self) -> Path:
        """Return one that nobody may install."""
        ...

    async def started(self) -> Updater:
        """Start what is to run, as after a power cut."""
        ...

    async def followed(self, updater: Updater) -> Updater:
        """Let what runs make way, where it wants to, and start what comes next."""
        ...

    async def broken(self) -> Updater:
        """Let what runs never come up again, and start what does."""
        ...


async def check_nothing_is_under_way(site: Site) -> None:
    """Run what is there, and have nothing to keep."""
    it = await site.started()
    assert (it.version(), it.release().on_trial, it.release().taken_back) == ("1", False, False)
    assert not it.leaves()
    assert await it.keep() == "no version is on trial"
    await it.guard()


async def check_a_good_version_runs_after_the_next_start(site: Site) -> None:
    """Put it in place beside what runs, and keep it when it was tried."""
    it = await site.started()
    assert await it.install(site.package("2")) == ""
    assert it.leaves() is site.tries
    it = await site.followed(it)
    assert (it.version(), it.release().on_trial) == ("2", site.tries)
    assert not it.leaves()
    if site.tries:
        assert it.release().previous == "1"
        assert await it.keep() == ""
    assert it.release() == Release(previous=it.release().previous)

    assert (await site.started()).version() == "2"
    assert (await it.keep()) == "no version is on trial"


async def check_a_bad_version_changes_nothing(site: Site) -> None:
    """Say why, and go on."""
    it = await site.started()
    assert await it.install(site.damaged())
    assert not it.leaves()

    assert (await site.started()).version() == "1"


async def check_the_power_may_go_before_the_next_version_starts(site: Site) -> None:
    """Start it then."""
    it = await site.started()
    assert await it.install(site.package("2")) == ""

    it = await site.started()
    assert (it.version(), it.release().on_trial) == ("2", site.tries)


async def check_a_version_on_trial_is_tried_on_after_a_power_cut(site: Site) -> None:
    """Forgive one."""
    it = await site.started()
    assert await it.install(site.package("2")) == ""
    await site.followed(it)

    it = await site.started()
    assert (it.version(), it.release().on_trial) == ("2", site.tries)


async def check_what_never_comes_up_is_taken_back(site: Site) -> None:
    """Let the old version run, and know why."""
    it = await site.started()
    assert await it.install(site.package("2")) == ""
    await site.followed(it)

    it = await site.broken()
    assert (it.version(), it.release().on_trial, it.release().taken_back) == ("1", False, True)
    assert not it.leaves()


async def check_somebody_may_go_back(site: Site) -> None:
    """Do so while a version is tried, and after it was kept."""
    for keeps in (False, True):
        it = await site.started()
        assert await it.install(site.package("2")) == ""
        it = await site.followed(it)
        if keeps:
            assert await it.keep() == ""
        assert await it.go_back() == ""
        assert it.leaves()

        it = await site.followed(it)
        assert (it.version(), it.release().on_trial, it.leaves()) == ("1", False, False)
        assert it.release().taken_back


ALWAYS = (
    check_nothing_is_under_way,
    check_a_good_version_runs_after_the_next_start,
    check_a_bad_version_changes_nothing,
    check_the_power_may_go_before_the_next_version_starts,
    check_a_version_on_trial_is_tried_on_after_a_power_cut,
)
"""The promises of every updater."""
TRIED = (check_what_never_comes_up_is_taken_back, check_somebody_may_go_back)
"""Those of one that tries what is new."""
