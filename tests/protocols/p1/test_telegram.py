"""What a telegram says, by variant; and what is no telegram."""

from __future__ import annotations

import pytest

from laadpaal.protocols.p1 import VARIANTS, Submeter, TelegramError, parse
from tests.protocols.p1.telegrams import DSMR_5, HEAD, telegram

V5 = VARIANTS["5"]


def test_dsmr_5() -> None:
    """Everything that the Dutch meter tells, in our units."""
    said = parse(telegram(*DSMR_5), V5)

    assert (said.identification, said.version, said.meter) == ("LPX5simulated", "50", "LP001")
    assert (said.at, said.tariff) == ("261126093000W", "0002")
    assert (said.power_in_w, said.power_out_w) == (1193.0, 0.0)
    assert said.powers_in_w == (793.0, 400.0, 0.0)
    assert said.powers_out_w == (0.0, 0.0, 0.0)
    assert (said.currents_a, said.current_step_a) == ((3.0, 2.0, 0.0), 1.0)
    assert said.voltages_v == (229.5, 230.0, 231.1)
    assert said.imported_wh == {1: 123_456.0, 2: 78_001.0}
    assert said.exported_wh == {1: 500.0, 2: 1250.0}
    assert said.submeters == (Submeter(1, "3", "LPGAS1", "261126090000W", 1234.567, "m3"),)
    assert (said.fuse_a, said.limit_w, said.limit_a, said.breaker) == (None, None, None, "")


def test_dsmr_4() -> None:
    """It tells currents and powers, a limit and its switch, and no voltages."""
    said = parse(
        telegram(
            "1-3:0.2.8(42)",
            "0-0:17.0.0(016.1*kW)",
            "0-0:96.3.10(1)",
            "1-0:31.7.0(001*A)",
            "1-0:32.7.0(230.0*V)",
        ),
        VARIANTS["4"],
    )

    assert (said.version, said.limit_w, said.limit_a, said.breaker) == ("42", 16_100.0, None, "1")
    assert said.currents_a == (1.0, None, None)
    assert said.voltages_v == (None, None, None)


def test_dsmr_3() -> None:
    """An old telegram has no sum and no version, and the gas register on a line of its own."""
    said = parse(
        telegram(
            "0-0:96.1.1(4C50303031)",
            "1-0:1.8.1(00123.456*kWh)",
            "0-0:96.14.0(0001)",
            "1-0:1.7.0(0000.98*kW)",
            "0-0:17.0.0(0999.00*A)",
            "0-0:96.3.10(1)",
            "0-1:24.1.0(3)",
            "0-1:96.1.0(4C5047415331)",
            "0-1:24.3.0(261126090000)(08)(60)(1)(0-1:24.2.1)(m3)",
            "(00124.477)",
            "0-1:24.4.0(1)",
            summed=False,
        ),
        VARIANTS["3.0"],
    )

    assert (said.version, said.at, said.meter, said.breaker) == ("", "", "LP001", "1")
    assert (said.power_in_w, said.currents_a) == (980.0, (None, None, None))
    assert (said.limit_w, said.limit_a) == (None, 999.0)
    assert said.submeters == (Submeter(1, "3", "LPGAS1", "261126090000", 124.477, "m3"),)


def test_belgium() -> None:
    """Currents come finer, with the fuse, and gas in the meter's own volume."""
    said = parse(
        telegram(
            "0-0:96.1.4(50217)",
            "0-0:96.1.1(4C50303031)",
            "1-0:31.7.0(012.34*A)",
            "1-0:71.7.0(000.50*A)",
            "0-0:17.0.0(99.999*kW)",
            "1-0:31.4.0(025*A)",
            "0-1:24.1.0(003)",
            "0-1:96.1.1(4C5047415331)",
            "0-1:24.2.3(261126090000W)(00112.384*m3)",
            "0-2:24.1.0(007)",
            "0-2:96.1.1(3838)",
            "0-2:24.2.1(261126090000W)(00872.234*m3)",
        ),
        VARIANTS["be"],
    )

    assert (said.version, said.fuse_a, said.limit_w) == ("50217", 25.0, 99_999.0)
    assert (said.currents_a, said.current_step_a) == ((12.34, None, 0.5), 0.01)
    assert [(it.channel, it.kind, it.value) for it in said.submeters] == [
        (1, "3", 112.384),
        (2, "7", 872.234),
    ]


def test_luxembourg() -> None:
    """One register for all tariffs, the meter's name elsewhere, and the fuse as well."""
    said = parse(
        telegram("0-0:42.0.0(4C50303031)", "1-0:1.8.0(001.5*kWh)", "1-1:31.4.0(200*A)"),
        VARIANTS["lu"],
    )

    assert (said.meter, said.imported_wh, said.fuse_a) == ("LP001", {0: 1500.0}, 200.0)


def test_sweden() -> None:
    """Tenths of amperes, and no tariffs."""
    said = parse(
        telegram("1-0:1.8.0(00006678.394*kWh)", "1-0:1.7.0(345*W)", "1-0:31.7.0(016.2*A)"),
        VARIANTS["se"],
    )

    assert (said.imported_wh, said.power_in_w) == ({0: 6_678_394.0}, 345.0)
    assert (said.currents_a[0], round(said.current_step_a, 6)) == (16.2, 0.1)


@pytest.mark.parametrize(
    ("line", "meter"),
    [
        ("0-0:96.1.1(LP-1)", "LP-1"),
        ("0-0:96.1.1(00FF)", "00FF"),
        ("0-0:96.1.1(0001)", "0001"),
        ("0-0:96.1.1()", ""),
    ],
)
def test_identifiers_that_are_no_text(line: str, meter: str) -> None:
    """What does not read as hexadecimal digits of a printable text stays as it is."""
    assert parse(telegram(line), V5).meter == meter


@pytest.mark.parametrize(
    "line",
    [
        "1-0:32.7.0()",
        "1-0:32.7.0(nan*V)",
        "1-0:32.7.0(1e3*V)",
        "1-0:32.7.0(230.0)",
        "1-0:32.7.0(230.0*A)",
        "1-0:32.7.0(99999999999999999999*V)",
        "1-0:32.7.0 230*V",
        "11-0:32.7.0(230*V)",
    ],
)
def test_values_that_cannot_be_read(line: str) -> None:
    """A value that is no number in a unit of its kind is not told."""
    assert parse(telegram(line), V5).voltages_v == (None, None, None)


def test_a_register_in_another_unit_is_not_told() -> None:
    """A register of reactive energy is no energy."""
    said = parse(telegram("1-0:1.8.1(1.0*kvarh)", "1-0:1.8.2(1.0*kWh)"), V5)

    assert said.imported_wh == {2: 1000.0}


def test_a_submeter_without_a_register() -> None:
    """A submeter that has not been heard has no value."""
    assert parse(telegram("0-1:24.1.0(003)", "0-1:24.2.1(632525252525W)(00000.000)"), V5) == parse(
        telegram(), V5
    )


def test_line_ends_that_a_bridge_has_changed() -> None:
    """The sum is taken of what the meter sent, whose lines end as they should."""
    assert parse(telegram(*DSMR_5).replace(b"\r", b""), V5) == parse(telegram(*DSMR_5), V5)


def test_small_digits_in_the_sum() -> None:
    """Some meters write the sum in small letters."""
    whole = telegram(*DSMR_5)

    assert parse(whole[:-6] + whole[-6:].lower(), V5).version == "50"


def test_a_sum_that_is_there_counts_everywhere() -> None:
    """Where no sum has to be, one that is there must be right."""
    whole = telegram("1-0:1.7.0(0000.98*kW)")

    assert parse(whole, VARIANTS["3.0"]).power_in_w == 980.0
    with pytest.raises(TelegramError, match="sum"):
        parse(whole.replace(b"98", b"99"), VARIANTS["3.0"])


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (telegram(*DSMR_5).replace(b"230.0", b"231.0"), "its sum is"),
        (telegram(*DSMR_5, summed=False), "no sum"),
        (telegram(*DSMR_5)[:-12], "no end"),
        (telegram(*DSMR_5)[:-6] + b"XYZW\r\n", "no end"),
        (telegram(head="1-0:1.7.0(1*kW)"), "identification"),
        (telegram(head="/12"), "identification"),
        (telegram(f"0-0:96.13.0({'30' * 1100})"), "longer than 2100"),
    ],
)
def test_what_is_no_telegram(frame: bytes, why: str) -> None:
    """It is refused, and why."""
    with pytest.raises(TelegramError, match=why):
        parse(frame, V5)


def test_a_long_message_is_no_hindrance() -> None:
    """A message of 1024 characters does not cost the telegram."""
    said = parse(telegram(f"0-0:96.13.0({'30' * 1024})", "1-0:1.7.0(1*kW)"), V5)

    assert said.power_in_w == 1000.0


def test_heads_of_every_kind() -> None:
    """An identification may hold a backslash and blanks."""
    assert parse(telegram(head="/ABC5\\X 1"), V5).identification == "ABC5\\X 1"
    assert HEAD.endswith("simulated")
