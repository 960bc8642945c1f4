"""Echo, answer, result, and what comes by itself, told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.at.dialogue import MOST_HEARD, MOST_LINES, UNSOLICITED, Answer, Dialogue
from laadpaal.protocols.at.results import AtError, Final, Result, Trouble, result_of

OK = Result(Final.OK, "OK")


def asked(command: str, prefix: str | None, said: bytes) -> Dialogue:
    """Return a dialogue in which a command was answered with that."""
    dialogue = Dialogue()
    assert dialogue.ask(command, prefix) == command.encode() + b"\r"
    dialogue.receive(said)
    return dialogue


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ("OK", OK),
        ("CONNECT", Result(Final.CONNECT, "CONNECT")),
        ("CONNECT 115200", Result(Final.CONNECT, "CONNECT 115200")),
        ("NO CARRIER", Result(Final.NO_CARRIER, "NO CARRIER")),
        ("BUSY", Result(Final.BUSY, "BUSY")),
        ("+CME ERROR: 10", Result(Final.ERROR, "+CME ERROR: 10", Trouble.NO_SIM)),
        (
            "+CME ERROR: SIM PIN required",
            Result(Final.ERROR, "+CME ERROR: SIM PIN required", Trouble.PIN_NEEDED),
        ),
        ("+CMS ERROR: 9999", Result(Final.ERROR, "+CMS ERROR: 9999")),
        ("+CSQ: 1,99", None),
        ("OKAY", None),
        ("CONNECTED", None),
    ],
)
def test_a_result_is_known(line: str, result: Result | None) -> None:
    """In words or as a number, with or without a speed."""
    assert result_of(line) == result


@pytest.mark.parametrize(
    ("final", "good"),
    [(Final.OK, True), (Final.CONNECT, True), (Final.ERROR, False), (Final.BUSY, False)],
)
def test_two_results_are_good(final: Final, *, good: bool) -> None:
    """All others say that nothing came of it."""
    assert Result(final, final.value).good is good


@pytest.mark.parametrize(
    ("said", "lines", "heard"),
    [
        (b"\r\n+CSQ: 17,99\r\n\r\nOK\r\n", ("+CSQ: 17,99",), ()),
        (b"AT+CSQ\r\r\n+CSQ: 17,99\r\n\r\nOK\r\n", ("+CSQ: 17,99",), ()),
        (b"RING\r\n+CSQ: 17,99\r\n+CREG: 1\r\nOK\r\n", ("+CSQ: 17,99",), ("RING", "+CREG: 1")),
        (b"\xfe\xff+C\r\n+CSQ: 17,99\r\nOK\r\n", ("+CSQ: 17,99",), ()),
        (b"OK\r\n", (), ()),
    ],
)
def test_an_answer_is_what_begins_as_expected(
    said: bytes, lines: tuple[str, ...], heard: tuple[str, ...]
) -> None:
    """The echo and noise are no part of it, and neither is what comes by itself."""
    dialogue = asked("AT+CSQ", "+CSQ:", said)

    assert dialogue.answer == Answer(lines, OK)
    assert dialogue.heard() == heard
    assert dialogue.heard() == ()
    assert not dialogue.busy


def test_the_same_line_is_an_answer_or_comes_by_itself() -> None:
    """It depends on whether somebody has asked for it."""
    assert asked("AT+CPIN?", "+CPIN:", b"+CPIN: READY\r\nOK\r\n").answer == Answer(
        ("+CPIN: READY",), OK
    )
    other = asked("AT", "", b"+CPIN: READY\r\nOK\r\n")
    assert (other.answer, other.heard()) == (Answer((), OK), ("+CPIN: READY",))


def test_an_answer_without_a_prefix_is_any_line() -> None:
    """But for those that come by themselves; numbers are told that way."""
    dialogue = asked("AT+CIMI", None, b"^MODE: 1\r\n204081234567890\r\nOK\r\n")

    assert dialogue.answer == Answer(("204081234567890",), OK)
    assert dialogue.heard() == ("^MODE: 1",)


def test_one_command_is_in_hand_at_a_time() -> None:
    """A second is refused until the first is answered or given up."""
    dialogue = Dialogue()
    dialogue.ask("AT")
    with pytest.raises(AtError, match="AT has not been answered yet"):
        dialogue.ask("ATI")
    dialogue.give_up()
    dialogue.ask("ATI")

    assert dialogue.busy


@pytest.mark.parametrize("command", ["", "AT\rATH", "AT\u00e9", "A" * 401])
def test_what_is_no_command_is_refused(command: str) -> None:
    """A line end in it would make two."""
    with pytest.raises(AtError, match="no command"):
        Dialogue().ask(command)


def test_a_late_answer_belongs_to_nobody() -> None:
    """Neither to the command before, which was given up, nor to the next."""
    dialogue = asked("AT+CSQ", "+CSQ:", b"+CSQ: 3")
    dialogue.give_up()
    dialogue.receive(b",99\r\nOK\r\n+CS")
    dialogue.ask("AT+CSQ", "+CSQ:")
    dialogue.receive(b"+CSQ: 20,99\r\nOK\r\n")

    assert dialogue.answer == Answer(("+CSQ: 20,99",), OK)
    assert dialogue.heard() == ("+CSQ: 3,99",)


def test_a_lost_connection_is_heard() -> None:
    """Nobody has asked, and it matters all the same."""
    dialogue = Dialogue()
    dialogue.receive(b"\r\nNO CARRIER\r\n")

    assert dialogue.heard() == ("NO CARRIER",)


def test_a_talkative_modem_takes_no_memory() -> None:
    """Of an answer the first lines are kept, of the rest the last."""
    dialogue = asked("ATI", None, b"line\r\n" * 10_000)
    dialogue.receive(b"RING\r\n" * 10_000)
    dialogue.receive(b"RDY\r\nOK\r\n")

    assert dialogue.answer == Answer(("line",) * MOST_LINES, OK)
    heard = dialogue.heard()
    assert len(heard) == MOST_HEARD
    assert heard[-1] == "RDY"


@given(st.lists(st.binary(max_size=80), max_size=20), st.sampled_from(["", "+CSQ:", None]))
def test_any_noise_is_survived(pieces: list[bytes], prefix: str | None) -> None:
    """No bytes make it fail, and after them a command is answered as ever."""
    dialogue = Dialogue()
    dialogue.ask("AT+CSQ", prefix)
    for piece in pieces:
        dialogue.receive(piece)
    dialogue.give_up()
    dialogue.receive(b"\r\n")
    dialogue.ask("AT+CSQ", "+CSQ:")
    dialogue.receive(b"+CSQ: 9,99\r\nOK\r\n")

    assert dialogue.answer == Answer(("+CSQ: 9,99",), OK)


@given(st.sampled_from(UNSOLICITED), st.integers(0, 3))
def test_what_comes_by_itself_never_disturbs(line: str, where: int) -> None:
    """Wherever it is injected between two lines of an answer."""
    said = ["AT+COPS?", '+COPS: 0,0,"KPN",7', "OK"]
    said.insert(where, line)
    dialogue = asked("AT+COPS?", "+COPS:", "\r\n".join([*said, ""]).encode())

    assert dialogue.answer == Answer(('+COPS: 0,0,"KPN",7',), OK)
    assert dialogue.heard() == (line,)
