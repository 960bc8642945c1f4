"""What deals with firmware, as the configuration wants it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from laadpaal.properties.firmware import DOWNGRADE
from laadpaal.properties.values import Values
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, ConfigError, parse
from laadpaal.runtime.firmware import firmware_of
from laadpaal.runtime.lan import carried
from laadpaal.runtime.updates_table import UpdatesTable
from laadpaal.simulation.updater import SimulatedUpdater
from laadpaal.storage.vault import FileVault
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.judge import PackageJudge
from laadpaal.updates.launcher import SLOT
from laadpaal.updates.updater import SlotUpdater
from tests.csms.v16.stage import FakeDesk
from tests.support.releases import DONE, Machine

LOG = logging.getLogger("laadpaal.test.firmware")


def vault(folder: Path) -> FileVault:
    """Return an empty vault."""
    return FileVault(folder / "vault", LOG)


async def test_without_slots_installing_is_simulated(tmp_path: Path) -> None:
    """As in a demo; what is brought goes into the station's folder."""
    firmware = await firmware_of(
        Config(folder=str(tmp_path)), vault(tmp_path), RealClock(), Values, LOG
    )

    assert isinstance(firmware.updater, SimulatedUpdater)
    assert firmware.file == tmp_path / "firmware.lpfw"


async def test_the_policy_is_asked_anew_for_each_package(tmp_path: Path) -> None:
    """Whether an earlier version may come is a setting."""
    values = Values()
    firmware = await firmware_of(
        Config(folder=str(tmp_path)), vault(tmp_path), RealClock(), lambda: values, LOG
    )
    assert isinstance(firmware.judge, PackageJudge)
    assert firmware.judge.wanted().downgrade
    values.put(DOWNGRADE, DOWNGRADE.kind.parse("false"))

    assert not firmware.judge.wanted().downgrade


@pytest.mark.parametrize(
    ("environment", "version"), [({SLOT: "b"}, "2"), ({}, ""), ({SLOT: "x"}, "")]
)
async def test_with_slots_the_launcher_says_which_runs(
    tmp_path: Path, environment: dict[str, str], version: str
) -> None:
    """Started by hand it is what it was built as."""
    machine = Machine(tmp_path / "slots")
    machine.put("b", "2", DONE)
    config = Config(folder=str(tmp_path), updates=UpdatesTable(folder=str(machine.folder)))
    firmware = await firmware_of(config, vault(tmp_path), RealClock(), Values, LOG, environment)

    assert isinstance(firmware.updater, SlotUpdater)
    assert firmware.updater.version() == (version or config.layout().firmware)


async def test_what_a_power_cut_left_of_an_upload_is_forgotten(tmp_path: Path) -> None:
    """When the station starts."""
    firmware = await firmware_of(
        Config(folder=str(tmp_path)), vault(tmp_path), RealClock(), Values, LOG
    )
    firmware.journal.write(Entry(Step.RECEIVING))
    (tmp_path / "firmware.lpfw.upload").touch()
    firmware.uploads(FakeDesk(), LOG)

    assert firmware.journal.read() == Entry()
    assert not (tmp_path / "firmware.lpfw.upload").exists()


async def test_a_disk_that_keeps_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one line."""
    firmware = await firmware_of(
        Config(folder=str(tmp_path)), vault(tmp_path), RealClock(), Values, LOG
    )
    firmware.journal.write(Entry(Step.RECEIVING))

    def broken(*_: object) -> None:
        raise OSError("no such luck")

    monkeypatch.setattr(Journal, "write", broken)
    with pytest.raises(ConfigError, match="what is left of an upload: no such luck"):
        firmware.uploads(FakeDesk(), LOG)


async def test_slots_have_to_be_there(tmp_path: Path) -> None:
    """The message says who makes them."""
    config = Config(folder=str(tmp_path), updates=UpdatesTable(folder=str(tmp_path / "none")))

    with pytest.raises(ConfigError, match=r"updates.folder: .*none is no folder; `laadpaal update"):
        await firmware_of(config, vault(tmp_path), RealClock(), Values, LOG)


def test_the_table_is_read() -> None:
    """Of either kind, with what that kind needs."""
    assert parse('[updates]\nfolder = "/var/slots"').updates == UpdatesTable(folder="/var/slots")
    rauc = parse('[updates]\nkind = "rauc"\nreboot = ["sudo", "reboot"]\nmost_mb = 2').updates
    assert rauc == UpdatesTable(kind="rauc", reboot=("sudo", "reboot"), most_mb=2)
    assert rauc.most_bytes == 2 * 1024 * 1024


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ('folder = ""', "updates.folder: the kind slots needs one"),
        ('kind = "rauc"\nfolder = "/var/slots"', "updates.folder: .* and rauc has none"),
        ('folder = "/var/slots"\nmost_mb = 7', "program, reboot and most_mb are for the kind rauc"),
        ('folder = "/var/slots"\nreboot = ["reboot"]', "are for the kind rauc"),
        ('kind = "rauc"\nreboot = []', "length >= 1 - at `updates.reboot`"),
        ('kind = "rauc"\nprogram = ""', "length >= 1 - at `updates.program`"),
        ('kind = "rauc"\nmost_mb = 0', ">= 1 - at `updates.most_mb`"),
        ('kind = "mender"', "Invalid enum value 'mender' - at `updates.kind`"),
    ],
)
def test_a_table_that_nobody_can_follow_is_refused(table: str, why: str) -> None:
    """The message names the key."""
    with pytest.raises(ConfigError, match=why):
        parse(f"[updates]\n{table}")


@pytest.mark.parametrize(
    ("states", "up"),
    [
        ({}, False),
        ({"lo": "up"}, False),
        ({"lo": "unknown", "eth0": "down"}, False),
        ({"lo": "unknown", "eth0": "down", "wlan0": "up"}, True),
    ],
)
def test_a_network_is_there_when_an_interface_is_up(
    tmp_path: Path,
    states: dict[str, str],
    up: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """The loopback is none."""
    for name, state in states.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "operstate").write_text(f"{state}\n")

    assert carried(tmp_path) is up
    assert not carried(tmp_path / "nowhere")
