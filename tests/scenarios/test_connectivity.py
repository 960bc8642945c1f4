"""Wire, mobile network, or both: how a whole station gets to its CSMS, and what cannot stop it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from laadpaal.properties.connectivity import CONNECTIVITY, REFUSED_PIN
from laadpaal.properties.kinds import Hidden
from laadpaal.runtime.config import ModemTable
from laadpaal.simulation.modem import Air
from laadpaal.station.requests import Reset, WriteSetting
from laadpaal.station.view import MobileView
from laadpaal.station.words import By, ResetKind
from tests.conformance.stage import Ocpp, Stage, staged
from tests.station.test_connectivity import ROWS as GROUP
from tests.support.quick_disk import quick_disk
from tests.support.sought import Sought, said

BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
MODEM = ModemTable(apn="internet.example")
AIR = Air()
CUT = "nowire0"
"""No network interface of any machine."""


@pytest.fixture(autouse=True)
def _on_a_quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_disk(monkeypatch)


@pytest.fixture
async def stage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ocpp: Ocpp
) -> AsyncIterator[Stage]:
    """Have a station with a modem, which has no power yet."""
    async with staged(Stage, tmp_path / "station", monkeypatch, ocpp=ocpp) as made:
        made.modem = MODEM
        made.echo = False
        yield made


def boot(ocpp: Ocpp, numbers: dict[str, str]) -> Sought:
    """Return the boot notification of a station whose SIM has these numbers."""
    if ocpp == "1.6":
        return said("BootNotification", **numbers)
    return said("BootNotification", chargingStation={"modem": numbers})


async def heard(stage: Stage, boot: Sought) -> None:
    """Hear the station boot, and all that it has to tell then."""
    await stage.csms.skip_to(boot, within_s=900)
    await stage.clock.sleep(5)


async def write(stage: Stage, ocpp: Ocpp, value: str, name: str = "Connectivity") -> str:
    """Write one of the group Network, as the CSMS does; return the word it is answered with."""
    if ocpp == "1.6":
        answer = await stage.csms.call("ChangeConfiguration", key=f"Network-{name}", value=value)
        word: str = answer["status"]
        return word
    named = {"component": {"name": "Network"}, "variable": {"name": name}}
    answer = await stage.csms.call(
        "SetVariables", setVariableData=[named | {"attributeValue": value}]
    )
    told: str = answer["setVariableResult"][0]["attributeStatus"]
    return told


def way(stage: Stage) -> tuple[int, str]:
    """Return the number of the way in use, and the interface of the connection."""
    network = stage.running.view().network
    return network.connectivity, network.interface


def mobile(stage: Stage) -> MobileView:
    """Return how the modem is now."""
    seen = stage.running.view().mobile
    assert seen
    return seen


@BOTH
@pytest.mark.parametrize("crash", [False, True])
async def test_s42_s43_the_way_changes_with_the_restart(
    stage: Stage, ocpp: Ocpp, *, crash: bool
) -> None:
    """Until then the connection stays as it is; a power cut is a restart too."""
    await stage.power_up()
    await heard(stage, said("BootNotification"))
    assert await write(stage, ocpp, "7") == "Rejected"
    assert stage.running.view().pending_settings == ()
    assert await write(stage, ocpp, "2") == "RebootRequired"
    assert stage.running.view().pending_settings == (CONNECTIVITY.id,)
    await stage.clock.sleep(600)
    assert way(stage) == (1, "Wired0")
    assert len(stage.csms.visits) == 1

    if crash:
        await stage.cut_power()
    else:
        await stage.running.ask(Reset(ResetKind.SOFT))
    await heard(stage, boot(ocpp, {"iccid": AIR.iccid, "imsi": AIR.imsi}))
    assert way(stage) == (2, "Wireless0")
    assert stage.running.view().pending_settings == ()
    assert await write(stage, ocpp, "2") == "Accepted"


@BOTH
async def test_s45_each_of_the_group_is_answered_with_reboot_required(
    stage: Stage, ocpp: Ocpp
) -> None:
    """When it changes; and with Accepted once it is in force."""
    await stage.power_up()
    await heard(stage, said("BootNotification"))
    for name, text in GROUP.items():
        assert await write(stage, ocpp, text, name) == "RebootRequired", name
    assert len(stage.running.view().pending_settings) == len(GROUP)
    assert await write(stage, ocpp, "2", "ActiveConnectivity") == "Rejected"

    await stage.cut_power()
    await heard(stage, said("BootNotification"))
    for name, text in GROUP.items():
        assert await write(stage, ocpp, text, name) == "Accepted", name
    assert stage.running.view().pending_settings == ()


@BOTH
async def test_s43_no_way_at_all_leaves_the_local_side(stage: Stage, ocpp: Ocpp) -> None:
    """Nothing is dialled, no restart comes for want of a CSMS, and people can undo it."""
    await stage.power_up()
    await heard(stage, said("BootNotification"))
    await write(stage, ocpp, "0")
    await stage.cut_power()
    await stage.clock.sleep(26 * 3600)

    assert len(stage.csms.visits) == 1
    assert stage.running.lives == 2
    assert way(stage) == (0, "")
    assert mobile(stage).why == "the station is not to go that way"
    await stage.running.ask(WriteSetting(CONNECTIVITY.id, "3", By.LOCAL))
    await stage.cut_power()
    await heard(stage, said("BootNotification"))


@BOTH
async def test_s43_where_the_wire_is_cut_the_modem_is_the_way_out(stage: Stage, ocpp: Ocpp) -> None:
    """Only in automatic; and the next start goes there at once."""
    stage.wire = CUT
    await stage.power_up()
    await heard(stage, said("BootNotification"))
    assert way(stage) == (2, "Wireless0")
    begun = stage.clock.now().mono
    await stage.cut_power()
    await heard(stage, boot(ocpp, {"iccid": AIR.iccid}))

    assert stage.clock.now().mono - begun < 60


@pytest.mark.parametrize("ocpp", ["2.0.1"])
async def test_s43_a_wire_that_is_wanted_has_no_way_out(stage: Stage) -> None:
    """The modem is left alone, and the station still lives."""
    stage.wire = CUT
    stage.settings = {CONNECTIVITY.id: 1}
    await stage.power_up()
    await stage.clock.sleep(2 * 3600)

    assert stage.csms.visits == []
    assert stage.simulated_modem.said == []
    assert stage.running.lives == 1


@pytest.mark.parametrize("ocpp", ["2.0.1"])
async def test_a_lost_network_is_found_again(stage: Stage) -> None:
    """The connection is given up at once, and dialled as soon as there is a way again."""
    stage.settings = {CONNECTIVITY.id: 2}
    await stage.power_up()
    await heard(stage, said("BootNotification"))
    stage.simulated_modem.drop()
    await stage.csms.visited(2)

    assert way(stage) == (2, "Wireless0")
    assert mobile(stage).attached


@pytest.mark.parametrize("ocpp", ["2.0.1"])
async def test_a_wrong_pin_is_entered_once_in_all_lives(stage: Stage) -> None:
    """Neither a power cut nor a restart makes the station try it again."""
    stage.modem = ModemTable(pin="1111")
    stage.settings = {CONNECTIVITY.id: 2}
    await stage.power_up()
    stage.simulated_modem.air.pin = "4321"
    for _ in range(3):
        await stage.clock.sleep(600)
        assert mobile(stage).stopped
        await stage.cut_power()

    assert stage.simulated_modem.air.attempts == 2
    assert stage.running.values[REFUSED_PIN] == Hidden("1111")
    await stage.clock.sleep(60)
    assert "refused this PIN before" in mobile(stage).why


@pytest.mark.parametrize("ocpp", ["2.0.1"])
async def test_a_silent_csms_brings_the_modem_under_suspicion(stage: Stage) -> None:
    """First it is dialled anew, then the modem attaches, starts anew, loses its power (S34)."""
    stage.settings = {CONNECTIVITY.id: 2}
    await stage.power_up()
    await heard(stage, said("BootNotification"))
    stage.csms.absent = True
    stage.csms.hang_up()
    simulated, seen = stage.simulated_modem, []
    await stage.clock.sleep(1800)
    for _ in range(7):
        await stage.clock.sleep(3600)
        seen.append((simulated.said.count("ATD*99***1#"), simulated.starts))

    # How often it was dialled, and how often it has started.
    assert sorted(set(seen))[:6] == [(1, 0), (2, 0), (3, 1), (4, 2), (5, 3), (6, 4)]
    assert simulated.said.count("AT+CFUN=1,1") == 1
    stage.csms.absent = False
    await stage.csms.visited(2, within_s=3600)
