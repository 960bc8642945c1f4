"""In every telegram we read what the library for them reads."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from laadpaal.protocols.p1 import VARIANTS, Telegram, TelegramReader
from laadpaal.simulation.p1_meter import SimulatedP1Meter
from laadpaal.simulation.p1_telegrams import GAS_METER
from laadpaal.station.measurement import GridMeasurement
from tests.simulation.clock import HandClock

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-counterparts/bin/python"
LIBRARY = PYTHON.parents[1] / "lib"
HOUSE = GridMeasurement((16.0, -8.0, 0.5))
SPECIFICATIONS = {
    "2.2": "V2_2",
    "3.0": "V3",
    "4": "V4",
    "5": "V5",
    "be": "BELGIUM_FLUVIUS",
    "lu": "MSN",
    "se": "SWEDEN",
}
LINES = ("L1", "L2", "L3")
HOUSES = 20

pytestmark = pytest.mark.skipif(
    not list(LIBRARY.glob("*/site-packages/dsmr_parser")),
    reason="the counterparts are not installed; see scripts/counterparts",
)


def library_says(version: str, frames: Sequence[bytes]) -> list[dict[str, list[str]] | None]:
    """Return what the library reads in telegrams of a variant."""
    asked = [(SPECIFICATIONS[version], frame.hex()) for frame in frames]
    done = subprocess.run(  # noqa: S603  the environment that scripts/counterparts makes
        [str(PYTHON), str(Path(__file__).with_name("dsmr_says.py"))],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    said: list[dict[str, list[str]] | None] = json.loads(done.stdout)
    return said


def ours(version: str, frame: bytes) -> Telegram | None:
    """Return what we read in a telegram."""
    found = TelegramReader(VARIANTS[version], key_of(version)).feed(frame)
    return found[0] if found else None


def key_of(version: str) -> bytes:
    """Return the key of the variants that need one."""
    return bytes(range(16)) if VARIANTS[version].encrypted else b""


def houses(lots: Random) -> Iterator[GridMeasurement]:
    """Yield houses that take and give this and that."""
    while True:
        one, two, three = (lots.uniform(-80, 80) for _ in LINES)
        yield GridMeasurement((one, two, three), None, (lots.uniform(200, 260), 230.0, 231.4))


def numbers(telegram: Telegram) -> Iterator[tuple[str, float | None, float]]:
    """Yield the library's name of each number, the number, and what its unit is in ours."""
    yield "CURRENT_ELECTRICITY_USAGE", telegram.power_in_w, 1000
    yield "CURRENT_ELECTRICITY_DELIVERY", telegram.power_out_w, 1000
    for place, line in enumerate(LINES):
        power = f"INSTANTANEOUS_ACTIVE_POWER_{line}"
        yield f"{power}_POSITIVE", telegram.powers_in_w[place], 1000
        yield f"{power}_NEGATIVE", telegram.powers_out_w[place], 1000
        yield f"INSTANTANEOUS_CURRENT_{line}", telegram.currents_a[place], 1
        yield f"INSTANTANEOUS_VOLTAGE_{line}", telegram.voltages_v[place], 1
    for tariff in (1, 2):
        yield f"ELECTRICITY_USED_TARIFF_{tariff}", telegram.imported_wh.get(tariff), 1000
        yield f"ELECTRICITY_DELIVERED_TARIFF_{tariff}", telegram.exported_wh.get(tariff), 1000
    yield "ELECTRICITY_IMPORTED_TOTAL", telegram.imported_wh.get(0), 1000
    yield "ELECTRICITY_EXPORTED_TOTAL", telegram.exported_wh.get(0), 1000
    yield "FUSE_THRESHOLD_L1", telegram.fuse_a, 1
    for submeter in telegram.submeters:
        yield f"METER_READING {submeter.channel}", submeter.value, 1


def texts(telegram: Telegram) -> Iterator[tuple[str, str]]:
    """Yield the end of the library's name of each text, and the text."""
    yield "EQUIPMENT_IDENTIFIER", telegram.meter
    yield "ACTIVE_TARIFF", telegram.tariff
    yield "SWITCH_POSITION", telegram.breaker
    for submeter in telegram.submeters:
        yield f"DEVICE_TYPE {submeter.channel}", submeter.kind
        for end in ("EQUIPMENT_IDENTIFIER_GAS", "MBUS_EQUIPMENT_IDENTIFIER"):
            yield f"{end} {submeter.channel}", submeter.meter


def differences(telegram: Telegram, theirs: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield every value that one of us reads otherwise."""
    for end, mine, scale in numbers(telegram):
        found = [float(value) * scale for name, (value, _) in theirs.items() if name.endswith(end)]
        if ([] if mine is None else [mine]) != pytest.approx(found):
            yield f"{end}: we {mine}, they {found}"
    for end, text in texts(telegram):
        found_texts = {plain(value) for name, (value, _) in theirs.items() if name.endswith(end)}
        if found_texts - {text}:
            yield f"{end}: we {text}, they {found_texts}"


def plain(text: str) -> str:
    """Return a text of the library as we have it: identifiers readable, numbers without zeros."""
    readable = bytes.fromhex(text).decode() if len(text) > len(GAS_METER) else text
    return readable.lstrip("0") if len(text) == len("003") else readable


@pytest.mark.parametrize("version", sorted(SPECIFICATIONS))
def test_we_read_the_same(version: str) -> None:
    """Every number and name of many telegrams of each variant is what the library finds."""
    house = houses(Random(version))  # noqa: S311  a plan is no secret
    meter = SimulatedP1Meter(lambda: next(house), HandClock(), version, key=key_of(version))
    frames = [meter.telegram() for _ in range(HOUSES)]

    for frame, theirs in zip(frames, library_says(version, frames), strict=True):
        telegram = ours(version, frame)
        assert telegram
        assert theirs
        assert list(differences(telegram, theirs)) == []


@pytest.mark.parametrize("version", ["4", "5", "be", "se"])
def test_we_refuse_the_same(version: str) -> None:
    """Wherever a bit is changed, neither of us believes the telegram."""
    frame = SimulatedP1Meter(lambda: HOUSE, HandClock(), version).telegram()
    # Not in the last line: what the library makes of its small letters, say, is its own affair.
    places = range(0, len(frame) - len("!0000\r\n"), 7)
    broken = [frame[:at] + bytes([frame[at] ^ 2]) + frame[at + 1 :] for at in places]

    assert library_says(version, broken) == [None] * len(broken)
    assert [it for it in broken if ours(version, it)] == []


def test_differences_are_found() -> None:
    """A number and a name that the library reads otherwise are told."""
    telegram = Telegram("LPX5", meter="LP1", power_in_w=1000.0)
    theirs = {"CURRENT_ELECTRICITY_USAGE": ["1.001", "kW"], "EQUIPMENT_IDENTIFIER": ["LP2", ""]}

    assert len(list(differences(telegram, theirs))) == 2
