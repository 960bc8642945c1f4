"""Every object that can be written does something, and what means nothing does nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.local_api.objects.codes import Value
from laadpaal.properties import comms, metering
from laadpaal.properties.authorization import PLUG_IDENTIFIER
from laadpaal.properties.metering import SAMPLE_INTERVAL
from laadpaal.properties.networks import NETWORK_PRIORITY
from laadpaal.properties.state import LAST_CHANGE
from laadpaal.properties.wiring import MAX_PHASES, PHASE_ROTATION
from laadpaal.station.answers import Accepted
from laadpaal.station.cards import Rank
from laadpaal.station.events import CredentialsHeld
from laadpaal.station.network_profile import ANY, WIRELESS, Apn, Generation, NetworkProfile
from laadpaal.station.records import NetworkStored, SettingWritten
from laadpaal.station.requests import ChangeAvailability, StoreNetwork, WriteSetting
from tests.local_api.objects.conftest import Box, full_table
from tests.support.world import NOON

SEALED = {"2102_0", "2103_0"}
"""What reads as nothing."""
LATER = {"2077_0", "2100_0", "2101_0", "2102_0", "2103_0"}
"""What counts after a restart, and reads as before until then."""
UNTOUCHED = {
    "2723_0": "it takes a CSMS that knows the new password first",
    **{
        f"20F{place}_{part}": "it takes slots that hold something"
        for place in range(3)
        for part in "13456E"
    },
}
"""What no write of one object alone can do."""
EXAMPLES: dict[str, tuple[Value, object]] = {
    "2059_0": (1_735_689_600_000, 5),
    "205D_0": ("nl_NL", "xx_XX"),
    "205F_0": (4, 8),
    "2061_2": (40, 101),
    "2062_0": (20.5, 127),
    "2063_0": ("04AABBCCDD", "X" * 21),
    "2064_0": (1, 4),
    "2065_1": (0, 2),
    "2067_0": (63, -1),
    "2068_0": (10, 101),
    "2068_1": (8, 101),
    "2068_2": (9, -1),
    "2069_0": ("L2L3L1", "L1L1L1"),
    "206A_0": (12, 0),
    "206F_0": (0, 2),
    "2077_0": (1, 4),
    "2085_0": (600, -1),
    "2086_0": (700, 700_000),
    "2087_0": (30, 90_000),
    "208A_0": (60, 90_000),
    "208E_1": (45, 0),
    "208E_2": (46, 601),
    "2095_0": (0, 2),
    "2096_0": (5, 0),
    "2097_0": (90, 90_000),
    "209A_0": (900, 90_000),
    "209B_0": (0, 2),
    "20F4_0": (7, 0),
    "2100_0": ("internet", "X" * 32),
    "2101_0": ("me", "X" * 32),
    "2102_0": ("secret", ""),
    "2103_0": ("1234", "12"),
    "2106_0": (5, 129),
    "2107_0": (6, 0),
    "2108_0": (0, 2),
    "2111_0": (-100, -20),
    "2124_0": (0, 2),
    "2126_0": (1, 4),
    "2127_0": (1, 2),
    "2129_0": (13.5, 5),
    "212A_0": (10, -1),
    "2133_0": (100, 0),
    "2135_0": (60, 0),
    "2137_0": (0, 4),
    "2139_0": (500, 10),
    "213B_0": (0, 2),
    "213C_0": (0, 2),
    "213D_0": (0, 2),
    "213E_0": (0, 2),
    "213F_0": (20, 0),
    "2140_0": (1_000, -1),
    "2153_0": (7_000, 100),
    "2155_0": (3, 11),
    "2156_0": (4, 0),
    "2168_0": (600, -1),
    "2173_0": (13, 17),
    "2174_0": (16, 101),
    "2180_4": (1_200, 10),
    "2184_0": (300, -1),
    "2185_0": (0, 2),
    "2188_0": (2, 3),
    "2189_0": (1, 2),
    "218A_0": (2, 64),
    "218B_0": (4, 8),
    "218E_0": (1_000, 1_000_001),
    "2192_0": (0, 3),
    "2202_0": (-20, 11),
    "2203_0": (60, 91),
    "2400_2": ("04AABBCC", "0xyz"),
    "2530_1": (3, 2),
    "2530_2": (0, 2),
    "2530_3": (1, 2),
    "2530_4": (30, 0),
    "2620_0": (2, 3),
    "2720_0": (5_000, 0),
    "2721_0": (10, 21),
    "2722_0": ("Somebody", "X" * 50),
    "3129_0": (10, 64),
    "312A_0": (12, -1),
    "3173_0": (12, 9),
    "3258_0": (3, 3_601),
    "3262_1": ("CHF", "EU"),
    "3263_1": (0, 2),
    "3263_2": ("Ask inside.", "X" * 256),
    "3263_3": (0, 2),
    "3263_4": ("Later.", "X" * 256),
    "3264_0": (300, 90_000),
    "3265_0": (120, 90_000),
    "3266_0": (50, 0),
    "3270_0": (300, 90_000),
    "3275_0": (5, 101),
    **{f"{index}_1": (15, 99) for index in ("2098", "2099")},
    **{f"{index}_{place}": (24, 3) for index in ("2098", "2099") for place in range(2, 10)},
}
"""For each object a value that it takes, and one that it does not."""
WRITABLE = [one.row.id for one in full_table().everything if one.row.write]


def test_every_writable_object_has_examples() -> None:
    """And no other has."""
    assert set(WRITABLE) == set(EXAMPLES) | set(UNTOUCHED)


@pytest.mark.parametrize("id_", EXAMPLES)
async def test_what_is_written_is_read_back(box: Box, id_: str) -> None:
    """As a number or text, and once more as clients write it that send everything as text."""
    good, _ = EXAMPLES[id_]
    before = box.value(id_)

    assert await box.objects.write({id_: good}, "admin")
    accepted = [one.accepted for one in await box.objects.write({id_: str(good)}, "service")]

    assert accepted == [True]
    place = int(id_.rpartition("_")[2], 16)
    if id_ in LATER:
        assert box.world.station.view().pending_settings != ()
        assert box.value(id_) == before
    elif id_.startswith(("2098", "2099")) and place > 2:
        assert box.value(f"{id_[:4]}_2") == good
    else:
        assert box.value(id_) == ("" if id_ in SEALED else good)
        assert before != good


@pytest.mark.parametrize("id_", EXAMPLES)
async def test_what_means_nothing_is_refused(box: Box, id_: str) -> None:
    """With a sentence, and nothing has changed."""
    _, bad = EXAMPLES[id_]
    before, records = box.value(id_), len(box.world.records)

    ((written),) = await box.objects.write({id_: bad}, "admin")

    assert (written.id, written.accepted) == (id_, False)
    assert written.why
    assert box.value(id_) == before
    assert box.world.records[records:] == []


async def test_the_time_of_the_last_change_goes_on(box: Box) -> None:
    """With every setting that is written."""
    assert box.value("2187_0") == 0
    await box.write(x2087_0=30)
    assert box.value("2187_0") == NOON * 1000
    box.world.pass_time(2.0)
    await box.write(x2087_0=31)

    assert box.value("2187_0") == (NOON + 2) * 1000 == box.world.values[LAST_CHANGE]


async def test_all_or_nothing(box: Box) -> None:
    """One item that cannot be written keeps the others from being."""
    why = await box.write(x2087_0=30, x2062_0="much", x205E_0=1, xFFFF_0=1)

    assert why == {
        "2087_0": None,
        "2062_0": "the value is not a number",
        "205E_0": "205E_0 is only read",
        "FFFF_0": "there is no object FFFF_0",
    }
    assert box.world.values[SAMPLE_INTERVAL] == 60
    assert box.desk.asked == []


async def test_what_the_station_refuses_is_told(box: Box) -> None:
    """Though the value means something."""
    assert await box.write(x2126_0=0) == {"2126_0": "plug and charge needs an identifier first"}


async def test_items_are_written_in_their_order(box: Box) -> None:
    """So that one may be what the next one needs."""
    assert await box.write(x2063_0="04AABBCCDD", x2126_0=0) == {"2063_0": None, "2126_0": None}
    assert box.world.values[PLUG_IDENTIFIER] == "04AABBCCDD"
    assert (box.value("2126_0"), box.value("2137_0")) == (0, 2)


async def test_who_may_only_read(box: Box) -> None:
    """Is told so."""
    why = await box.write("end user", x2087_0=30)

    assert why == {"2087_0": "the user end user may only read"}


async def test_a_setting_that_is_held_is_only_read(box: Box) -> None:
    """By the configuration, or by what the CSMS speaks."""
    box.world.values.hold({comms.PING_INTERVAL.id: 77})

    assert await box.write(x208A_0=30) == {"208A_0": "208A_0 is only read"}
    assert box.value("208A_0") == 77


async def test_what_waits_for_a_restart_says_so(box: Box) -> None:
    """It is accepted all the same."""
    (written,) = await box.objects.write({"2100_0": "internet"}, "admin")

    assert (written.accepted, written.why) == (True, "it counts after the next restart")


async def test_what_is_no_number_of_lines_puts_the_default_in_force(box: Box) -> None:
    """S38, also from this side: it is refused, and 3 is what counts."""
    await box.write(x2189_0=1)

    assert await box.write(x2189_0=2) == {"2189_0": "'2' is not exactly one of 1, 3"}
    assert box.world.values[MAX_PHASES] == "3"


async def test_parts_go_in_and_out_of_use(box: Box) -> None:
    """Only those that change are wished for."""
    await box.write(x205F_0=6)
    await box.write(x205F_0="2")

    changes = [wish for wish in box.desk.asked if isinstance(wish, ChangeAvailability)]
    assert [(wish.operative, wish.evse) for wish in changes] == [
        (False, 1),
        (False, 2),
        (True, 2),
    ]
    assert box.value("205F_0") == 2


async def test_a_part_that_charges_goes_later(box: Box) -> None:
    """It is accepted, with when it counts."""
    box.world.online()
    box.world.plug()
    box.world.swipe()

    (written,) = await box.objects.write({"205F_0": 2}, "admin")
    assert written.why == "it counts when the running transaction has ended"


async def test_the_clock_is_the_machines(box: Box) -> None:
    """The station is not asked; whoever keeps the clock tells it of the jump."""
    await box.write(x2059_0=1_800_000_000_500)

    assert box.machine.clock == [1_800_000_000.5]
    assert box.desk.asked == []


async def test_one_master_card_at_a_time(box: Box) -> None:
    """Another takes its place, and none lets it go."""
    await box.write(x2400_2="04aabbcc")
    await box.write(x2400_2="04DDEEFF")
    ranks = {card.token.value: card.rank for card in box.world.station.view().cards}
    assert ranks == {"04DDEEFF": Rank.MASTER}

    await box.write(x2400_2="")
    assert box.value("2400_1") == 0


async def test_the_order_at_the_grid_leaves_that_of_the_sockets(box: Box) -> None:
    """They are parts of one setting."""
    await box.desk.ask(WriteSetting(PHASE_ROTATION.id, "0.RST,1.TRS"))
    await box.write(x2069_0="l3l2l1")

    assert box.world.values[PHASE_ROTATION] == ((0, "TSR"), (1, "TRS"))
    assert (box.value("2069_0"), box.value("2180_7"), box.value("2180_9")) == ("L3L2L1", 8, 4)


async def test_a_list_of_measurands_in_places(box: Box) -> None:
    """A measurand of one line is 16 bits higher; 0 takes one out, and the rest move up."""
    assert [box.value(f"2098_{place}") for place in (1, 2)] == [2, 0]
    await box.write(x2098_2=15 | 1 << 16, x2098_3=14, x2098_5=24)
    assert box.world.values[metering.SAMPLED_MEASURANDS] == (
        "Energy.Active.Import.Register",
        "Voltage.L1-N",
        "Current.Import",
        "Frequency",
    )

    await box.write(x2098_2=0, x2098_9=0)
    assert [box.value(f"2098_{place}") for place in range(1, 5)] == [2, 14, 24, 0]


async def test_a_measurand_stands_in_one_place(box: Box) -> None:
    """Put into another, it leaves the one where it was."""
    await box.write(x2098_2=14, x2098_3=15)
    await box.write(x2098_1=15, x2098_2=2, x2098_3=14)

    assert [box.value(f"2098_{place}") for place in range(1, 5)] == [15, 2, 14, 0]


async def test_a_limit_from_outside_can_be_switched_off(box: Box) -> None:
    """Then nobody can set one by an object either."""
    await box.desk.ask(WriteSetting("2064_4", "false"))

    assert await box.write(x212A_0=10) == {"212A_0": "external limits are switched off"}


async def test_network_profiles_have_their_turns(box: Box) -> None:
    """In the order of their numbers, which counts after the next restart."""
    for slot in (1, 2):
        profile = NetworkProfile(Generation.SECOND, f"ws://csms.test/{slot}", timeout_s=30)
        await box.desk.ask(StoreNetwork(slot, profile))

    assert [box.value(f"20F{place}_E") for place in range(3)] == [1, 0, 0]
    assert await box.write(x20F1_E=1) == {"20F1_E": None}
    (waits,) = [it for it in box.world.records if isinstance(it, SettingWritten)][-2:-1]
    assert (waits.id, waits.text) == (NETWORK_PRIORITY.id, "2,1")
    assert await box.write(x20F2_E=1) == {"20F2_E": "slot 3 holds no network profile"}
    assert await box.write(x20F1_E=4) == {"20F1_E": "4 is not in 0..3"}
    assert await box.write(x20F0_E=0) == {"20F0_E": "at least 1 of 1, 2, 3 is needed"}


async def test_what_a_slot_holds(box: Box) -> None:
    """A profile, or nothing at all."""
    for slot, profile in (
        (1, NetworkProfile(Generation.SECOND, "ws://h:9/a/b", timeout_s=30)),
        (2, NetworkProfile(Generation.FIRST, "wss://csms.test", 2, 30, WIRELESS)),
        (3, NetworkProfile(Generation.SECOND, "ws://h", timeout_s=30, interface=ANY)),
    ):
        assert await box.desk.ask(StoreNetwork(slot, profile)) == Accepted()

    def held(place: int) -> list[Value]:
        return [box.value(f"20F{place}_{sub}") for sub in (1, 3, 5, 6)]

    assert held(0) == [4, "ws://h:9/a/b", 0, 1]
    assert held(1) == [3, "wss://csms.test", 2, 5]
    assert held(2) == [4, "ws://h", 0, 1]
    assert [box.value(f"207{one}_{sub}") for one in (1, 8) for sub in (1, 2)] == [
        "ws://h:9",
        "a/b",
        "wss://csms.test",
        "",
    ]
    assert (box.value("2076_0"), box.value("2082_0")) == ("", "2.0.1")


async def test_a_slot_is_filled_at_once(box: Box) -> None:
    """By a write of several objects, in any order; the rest of it is what is in force."""
    written = {"20F1_6": 5, "20F1_5": 2, "20F1_3": "wss://csms.test/x", "20F1_1": 4, "20F1_4": 25}
    box.world.tell(CredentialsHeld(csms_roots=1))

    answers = await box.objects.write(written, "admin")

    assert all(one.accepted for one in answers)
    assert {id_: box.value(id_) for id_ in written} == written
    kept = [it for it in box.world.records if isinstance(it, NetworkStored)][-1]
    profile = NetworkProfile(Generation.SECOND, "wss://csms.test/x", 2, 25, WIRELESS)
    assert kept == NetworkStored(2, profile)


async def test_a_member_of_a_slot_is_changed(box: Box) -> None:
    """The others stay, and so does what has no object."""
    apn = Apn("internet", "AUTO", "me", "secret")
    profile = NetworkProfile(Generation.FIRST, "ws://csms.test", 0, 30, WIRELESS, apn)
    await box.desk.ask(StoreNetwork(2, profile))

    assert await box.write(x20F1_3="ws://other.test/y") == {"20F1_3": None}

    kept = [it for it in box.world.records if isinstance(it, NetworkStored)][-1]
    assert kept == NetworkStored(2, replace(profile, url="ws://other.test/y"))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"20F1_3": "ws://x.test"}, "slot 2 is empty, and takes a protocol and a URL together"),
        ({"20F1_1": 4}, "slot 2 is empty, and takes a protocol and a URL together"),
        ({"20F1_1": 2}, "2 is no protocol that this station speaks: 3, 4"),
        ({"20F1_3": ""}, "a slot without a URL means nothing; its priority 0 leaves it out"),
        ({"20F1_6": 6}, "6 is no way that this station has: 1, 5"),
        (
            {"20F1_1": 4, "20F1_3": "http://x.test"},
            "the security profile wants a URL that begins with ws://",
        ),
        (
            {"20F1_1": 4, "20F1_3": "ws://x.test", "20F1_5": 2},
            "the security profile wants a URL that begins with wss://",
        ),
    ],
)
async def test_what_no_slot_can_hold(box: Box, written: dict[str, object], why: str) -> None:
    """Each part of it is told why, and nothing is kept."""
    answers = await box.objects.write(written, "admin")

    assert {one.why for one in answers if not one.accepted} == {why}
    assert not any(isinstance(it, NetworkStored) for it in box.world.records)


def test_empty_slots_hold_nothing(plain: Box) -> None:
    """Neither a protocol nor a way."""
    assert [plain.value(f"20F2_{sub}") for sub in (1, 3, 4, 5, 6, "E")] == [0, "", 0, 0, 0, 0]
    assert (plain.value("2071_1"), plain.value("2071_2")) == ("", "")
