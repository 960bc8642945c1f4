"""On a board with RAUC: it is asked what runs, before the station does."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import msgspec
import pytest

from laadpaal.properties.firmware import DOWNGRADE
from laadpaal.properties.values import Values
from laadpaal.runtime import rauc as module
from laadpaal.runtime import runs
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, ConfigError
from laadpaal.runtime.firmware import Firmware, firmware_of
from laadpaal.runtime.updates_table import UpdatesTable
from laadpaal.station.carriage import FirmwareVerdict
from laadpaal.station.releases import Release
from laadpaal.storage.vault import FileVault
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.rauc.judge import LEAST_BYTES, RaucJudge
from laadpaal.updates.rauc.updater import RaucUpdater
from tests.support.packages import SIGNER, trust_maker
from tests.support.rauc import NEW, Board, bundle

LOG = logging.getLogger("laadpaal.test.rauc")


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Return a board, on which nobody waits for RAUC to come."""
    made = Board.made(tmp_path / "board")
    monkeypatch.setattr(runs, "BOOT_ID", made.boot_id)
    monkeypatch.setattr(module, "AGAIN_S", 0.0)
    return made


def config(board: Board, **changed: Any) -> Config:
    """Return the configuration of a station on it."""
    table = UpdatesTable(kind="rauc", program=board.rauc, reboot=(board.reboot,), most_mb=2)
    return Config(folder=str(board.folder), updates=msgspec.structs.replace(table, **changed))


async def made(board: Board, values: Values | None = None, **changed: Any) -> Firmware:
    """Return what deals with firmware there."""
    vault = FileVault(board.folder / "vault", LOG)
    given = values or Values()
    return await firmware_of(config(board, **changed), vault, RealClock(), lambda: given, LOG)


async def test_a_board_is_judged_and_updated_by_rauc(board: Board) -> None:
    """The version is that of the slot; who signs whole files is judged by the vault."""
    trust_maker(board.folder / "vault")
    firmware = await made(board)
    judge, updater = firmware.judge, firmware.updater

    assert isinstance(judge, RaucJudge)
    assert isinstance(updater, RaucUpdater)
    assert (updater.version(), updater.release()) == ("1", Release(previous="0"))
    assert judge.sizes() == (LEAST_BYTES, 2 * 1024 * 1024)
    assert (judge.trusts(SIGNER.pem), judge.trusts("nobody")) == (True, False)
    assert firmware.file == board.folder / "firmware.raucb"


async def test_the_policy_is_asked_anew_for_each_bundle(board: Board) -> None:
    """Whether an earlier version may come is a setting."""
    values = Values()
    firmware, file = await made(board, values), board.file(bundle("0.9"))
    assert (await firmware.judge.check(file, None)).verdict is FirmwareVerdict.GOOD
    values.put(DOWNGRADE, DOWNGRADE.kind.parse("false"))

    checked = await firmware.judge.check(file, None)
    assert checked.why == "version 0.9 is earlier than 1, which runs"


@pytest.mark.parametrize("key", ["program", "reboot"])
async def test_what_is_needed_has_to_be_there(board: Board, key: str) -> None:
    """The message names the key."""
    gone = "/nowhere/rauc"
    with pytest.raises(ConfigError, match=f"^updates.{key}: there is no program {gone}$"):
        await made(board, None, **{key: gone if key == "program" else (gone,)})


async def test_a_start_of_the_machine_has_to_be_known_again(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nobody could tell whether it has come."""
    monkeypatch.setattr(runs, "BOOT_ID", board.folder / "nowhere")

    with pytest.raises(ConfigError, match="does not tell one start of the machine from another"):
        await made(board)


async def test_a_board_whose_rauc_is_silent_runs_and_is_not_updated(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    """It is asked often enough; bundles are refused with the reason."""
    board.fail(status="no bus", mark_good="no bus")
    firmware = await made(board)

    assert firmware.updater.version() == config(board).layout().firmware
    assert firmware.updater.release() == Release()
    assert board.asked("status") == module.LOOKS
    assert "RAUC does not answer, no bus" in caplog.text
    assert (await firmware.judge.check(board.file(bundle("2")), None)).why == "no bus"


async def test_rauc_may_come_later_than_the_station(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may start side by side."""
    board.fail(status="no bus")

    async def come(_: float) -> None:
        board.fail()

    monkeypatch.setattr("asyncio.sleep", come)
    assert (await made(board)).updater.version() == "1"
    assert board.asked("status") == 2


async def test_how_an_update_has_ended_must_be_known(board: Board) -> None:
    """Else something untrue would be told; whoever looks after the process starts it again."""
    Journal(board.folder / "journal.json").write(Entry(Step.READY_TO_ROLL, NEW, "2"))
    board.fail(status="no bus")

    with pytest.raises(ConfigError, match="an update is under way, and RAUC does not tell"):
        await made(board)


async def test_what_is_left_of_an_update_has_to_be_written_down(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails is told as one line."""
    journal = Journal(board.folder / "journal.json")
    journal.write(Entry(Step.ROLLING_BACK, "rootfs.0", "2", boot="before"))

    def broken(*_: object) -> None:
        raise OSError("no such luck")

    monkeypatch.setattr(Journal, "write", broken)
    with pytest.raises(ConfigError, match=r"^folder: what is left of an update: no such luck$"):
        await made(board)
