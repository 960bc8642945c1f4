"""Feeds broken talk to the reader of modems: nothing but what it documents may come of it."""

from __future__ import annotations

import random
from contextlib import suppress

from fuzz.running import run
from laadpaal.protocols.at import answers
from laadpaal.protocols.at.dialogue import MOST_LINES, Dialogue
from laadpaal.protocols.at.results import AtError

READERS = (
    answers.signal_dbm,
    answers.registration,
    answers.pin,
    answers.attempts,
    answers.operator,
    answers.iccid,
    answers.imsi,
    answers.imei,
    answers.name,
)
TALK = (
    b"\r\n+CSQ: 20,99\r\n\r\nOK\r\n",
    b"AT+CREG?\r\r\n+CREG: 0,1\r\n\r\nOK\r\n",
    b'+CEREG: 2,5,"00C3","01A2B3C4",7\r\nOK\r\n',
    b'\r\n+COPS: 0,0,"Laadpaal NL",7\r\n\r\nOK\r\n',
    b"+CPINR: SIM PIN,3,3\r\nOK\r\n",
    b"+CCID: 8931080000000000012F\r\nOK\r\n",
    b"\r\n204080000000012\r\n\r\nOK\r\n",
    b"+CME ERROR: SIM busy\r\n",
    b"\r\nCONNECT 150000000\r\n",
    b"RING\r\n",
    b"\r\nNO CARRIER\r\n",
)
PREFIXES = ("", None, "+CSQ:", "+CREG:", "+COPS:", "+CPINR:", "+CCID:")
BITS = (b"\r", b"\n", b"\xff\xfe\x80", b"+", b'"', b",", b":", b"OK", b"9" * 999, b"\x00")

Lots = random.Random


def fuzz(count: int, seed: int) -> int:
    """Feed inputs to a dialogue that lives on; return how many ended a command."""
    lots, dialogue, answered = Lots(seed), Dialogue(), 0
    for _ in range(count):
        if not dialogue.busy:
            dialogue.ask("AT+CSQ", lots.choice(PREFIXES))
        data = mutated(lots.choice(TALK), lots)
        cut = lots.randrange(len(data) + 1)
        dialogue.receive(data[:cut])
        dialogue.receive(data[cut:])
        dialogue.heard()
        if dialogue.answer:
            answered += 1
            read(dialogue.answer.lines, lots)
        if lots.random() < 0.1:
            dialogue.give_up()
    return answered


def read(lines: answers.Lines, lots: Lots) -> None:
    """Read an answer as whatever it may be meant as."""
    assert len(lines) <= MOST_LINES, f"{len(lines)} lines are held"  # noqa: S101  our own bound
    with suppress(AtError):  # that is what it documents
        lots.choice(READERS)(lines)


def mutated(data: bytes, lots: Lots) -> bytes:
    """Return the data after a few accidents."""
    for _ in range(lots.randrange(4)):
        at, end = sorted(lots.randrange(len(data) + 1) for _ in range(2))
        data = lots.choice(
            (
                data[:at] + data[end:],
                data[:at] + lots.choice(BITS) + data[at:],
                data[:at] + bytes([lots.randrange(256)]) + data[at + 1 :],
                data + lots.choice(TALK),
            )
        )
    return data


if __name__ == "__main__":
    run("at", __doc__, lambda *lots: f"{fuzz(*lots)} of them were answers")
