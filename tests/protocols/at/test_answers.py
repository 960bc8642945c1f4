"""What answers mean, and that nonsense means nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.at import answers, commands
from laadpaal.protocols.at.answers import Operator, Pin, Stat
from laadpaal.protocols.at.results import AtError

READERS: tuple[Callable[[answers.Lines], object], ...] = (
    answers.signal_dbm,
    answers.registration,
    answers.pin,
    answers.attempts,
    answers.operator,
    answers.iccid,
    answers.imsi,
    answers.imei,
    answers.name,
    answers.nothing,
)


@pytest.mark.parametrize(
    ("line", "dbm"),
    [("+CSQ: 0,99", -113), ("+CSQ: 17,0", -79), ("+CSQ: 31,99", -51), ("+CSQ: 99,99", None)],
)
def test_a_signal_is_in_dbm(line: str, dbm: int | None) -> None:
    """Each step is 2 dBm above -113, and 99 is unknown."""
    assert answers.signal_dbm((line,)) == dbm


@pytest.mark.parametrize(
    ("line", "stat"),
    [
        ("+CREG: 0,1", Stat.HOME),
        ("+CREG: 2", Stat.SEARCHING),
        ('+CEREG: 2,5,"00C3","01A2B3C4",7', Stat.ROAMING),
        ('+CREG: 1,"00C3","01A2"', Stat.HOME),
        ("+CGREG: 0,3", Stat.DENIED),
    ],
)
def test_a_registration_is_read(line: str, stat: Stat) -> None:
    """As an answer, and as it comes by itself."""
    assert answers.registration((line,)) is stat


def test_news_in_the_middle_of_an_answer_is_no_answer() -> None:
    """It may be older than the answer is."""
    assert answers.registration(("+CREG: 1", "+CREG: 0,2")) is Stat.SEARCHING


def test_two_states_are_registered() -> None:
    """At home and roaming."""
    assert [stat for stat in Stat if stat.registered] == [Stat.HOME, Stat.ROAMING]


@pytest.mark.parametrize(
    ("line", "pin"),
    [
        ("+CPIN: READY", Pin.READY),
        ("+CPIN: SIM PIN", Pin.PIN),
        ("+CPIN: SIM PUK", Pin.PUK),
        ("+CPIN: PH-NET PIN", Pin.OTHER),
    ],
)
def test_what_the_sim_wants(line: str, pin: Pin) -> None:
    """Nothing, its PIN, its PUK, or what we cannot give."""
    assert answers.pin((line,)) is pin


def test_the_other_numbers_and_names() -> None:
    """With prefixes and padding, quoted or bare."""
    assert answers.attempts(("+CPINR: SIM PIN,3,3",)) == 3
    assert answers.operator(('+COPS: 0,0,"KPN NL",7',)) == Operator(automatic=True, name="KPN NL")
    assert answers.operator(("+COPS: 2",)) == Operator(automatic=False)
    assert answers.iccid(("+CCID: 8931080019072345678F",)) == "8931080019072345678"
    assert answers.iccid(('+CCID: "89310800190723456789"',)) == "89310800190723456789"
    assert answers.imsi(("junk", "204081234567890")) == "204081234567890"
    assert answers.imei(('+CGSN: "490154203237518"',)) == "490154203237518"
    assert answers.name(("Make", "Model 1", "Revision 7")) == "Make Model 1 Revision 7"


@pytest.mark.parametrize(
    ("read", "lines"),
    [
        (answers.signal_dbm, ()),
        (answers.signal_dbm, ("+CSQ",)),
        (answers.signal_dbm, ("+CSQ: x",)),
        (answers.signal_dbm, ("+CSQ: 55,99",)),
        (answers.signal_dbm, ("+CSQ: 1111,99",)),
        (answers.registration, ("+CREG: 0,99",)),
        (answers.registration, ()),
        (answers.attempts, ("+CPINR: SIM PIN",)),
        (answers.operator, ("+COPS: ",)),
        (answers.iccid, ("893108",)),
        (answers.imsi, ("ERROR",)),
        (answers.imei, ("12345678901234567890",)),
    ],
)
def test_nonsense_is_no_answer(
    read: Callable[[answers.Lines], object], lines: answers.Lines
) -> None:
    """It is said what was read instead, as far as it fits."""
    with pytest.raises(AtError):
        read(lines)


@given(st.sampled_from(READERS), st.lists(st.text(max_size=60), max_size=4))
def test_any_lines_are_read_or_refused(
    read: Callable[[answers.Lines], object], lines: list[str]
) -> None:
    """No other error than the documented one."""
    try:
        read(tuple(lines))
    except AtError as refused:
        assert len(str(refused)) < 1000  # noqa: PT017  a refusal is no failure here


def test_secrets_are_not_shown() -> None:
    """The log shows that a PIN was entered, and not which."""
    command = commands.enter_pin("1234")

    assert command.text == 'AT+CPIN="1234"'
    assert "1234" not in str(command)
    assert command.once
    assert str(commands.SIGNAL) == "AT+CSQ"


@pytest.mark.parametrize("digits", ["", "123", "123456789", "12a4", "\u0661234"])
def test_what_is_no_pin_is_not_entered(digits: str) -> None:
    """It would cost an attempt."""
    with pytest.raises(AtError, match="4 to 8 digits"):
        commands.enter_pin(digits)


def test_the_way_into_the_internet() -> None:
    """Its name goes between quotes, so it holds none."""
    assert commands.access_point("m2m.example").text == 'AT+CGDCONT=1,"IP","m2m.example"'
    with pytest.raises(AtError, match="access point"):
        commands.access_point('m2m"')


def test_a_network_is_chosen_by_its_number() -> None:
    """Strictly, or only if it is there."""
    assert commands.only_operator("20408", strictly=True).text == 'AT+COPS=1,2,"20408"'
    assert commands.only_operator("20408", strictly=False).text == 'AT+COPS=4,2,"20408"'
    with pytest.raises(AtError, match="5 or 6 digits"):
        commands.only_operator("KPN", strictly=True)
