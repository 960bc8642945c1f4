"""A simulated modem: it behaves, and misbehaves in every way that real ones have."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from laadpaal.ports.modem import Access, Carried, ModemFailed
from laadpaal.simulation.wire import terminal

HURRIED_S = 0.05
"""A command that comes so soon after a result meets a modem that is not ready (S57)."""
REPLY_S = 0.02
BYTE_S = 1e-4
ECHO_S = 0.004
GUARD_S = 1.0
"""Silence around the escape."""
BOOT_S = 5.0
RETURN = 0x0D
PIN_ATTEMPTS = 3
GARBAGE = 24
"""Bytes of nonsense at a time."""
MOST_BYTES = 1024
"""What is kept of a line that does not end."""
CHATTER = ("RING", "+CREG: 1", "^RSSI: 17", '+CMTI: "SM",1')
ADDRESS = "10.64.0.2"
OK, ERROR = "OK", "ERROR"
_OUT, _SEARCHING, _HOME, _ROAMING = 0, 2, 1, 5
_REGISTERED = {_HOME, _ROAMING}


@dataclass(slots=True)
class Mischief:
    """What the modem does wrong.

    Args:
        chatter: It says things unasked, in the middle of answers too.
        pieces: Its bytes come in small pieces, or several answers' worth at once.
        lost: So many of its next answers never arrive.
        garbage: It says nothing but nonsense.
        dead: It says nothing at all.
    """

    chatter: bool = False
    pieces: bool = False
    lost: int = 0
    garbage: bool = False
    dead: bool = False


@dataclass(slots=True)
class Air:
    """The SIM, and the network around.

    Args:
        registers_s: How long it takes until the network lets the modem in.
        step: Strength of the signal, 0 to 31, or 99 for unknown.
        pin: "" for a SIM that has none.
        attempts: How often a PIN may yet be entered.
    """

    sim: bool = True
    network: bool = True
    roaming: bool = False
    registers_s: float = 3.0
    step: int = 20
    pin: str = ""
    attempts: int = PIN_ATTEMPTS
    iccid: str = "8931080000000000012"
    imsi: str = "204080000000012"
    operator: str = "Laadpaal NL"


@dataclass
class SimulatedModem:
    """Answers on as many ports as are plugged in; they share SIM and radio.

    Args:
        lots: Chance, for nonsense and pieces.
        hurried_s: See `HURRIED_S`.
    """

    air: Air = field(default_factory=Air)
    mischief: Mischief = field(default_factory=Mischief)
    lots: random.Random = field(default_factory=lambda: random.Random(57))  # noqa: S311  no secret
    hurried_s: float = HURRIED_S
    said: list[str] = field(default_factory=list)
    """Every command that was understood."""
    starts: int = 0
    """How often it has started, since it was made."""
    open: bool = False
    """Whether the SIM was opened with its PIN."""
    _ports: list[Port] = field(default_factory=list)
    _since: float | None = None
    _off_until: float = 0.0
    _dropped: asyncio.Event = field(default_factory=asyncio.Event)

    def port(self) -> Port:
        """Return another port."""
        port = Port(self)
        self._ports.append(port)
        return port

    def start(self) -> None:
        """Start anew, as after a loss of power: everything but the SIM's own count is forgotten."""
        self.starts += 1
        self.open, self._since = False, None
        self._off_until = _now() + BOOT_S
        self._dropped.set()
        for port in self._ports:
            port.forget()

    def drop(self) -> None:
        """Lose the connection that carries data."""
        self._dropped.set()
        for port in self._ports:
            port.dropped()

    @property
    def off(self) -> bool:
        """Whether it says nothing, for it is starting, or dead."""
        return self.mischief.dead or _now() < self._off_until

    @property
    def carries(self) -> bool:
        """Whether a port has left commands for data."""
        return any(port.carries for port in self._ports)

    async def until_dropped(self) -> None:
        """Return once the connection is lost."""
        await self._dropped.wait()

    def connect(self) -> bool:
        """Begin to carry data, if there is a network."""
        if self.stat() not in _REGISTERED:
            return False
        self._dropped.clear()
        return True

    def ready(self) -> bool:
        """Tell whether the SIM can be used."""
        return self.air.sim and self.air.attempts > 0 and (self.open or not self.air.pin)

    def stat(self) -> int:
        """Return how it stands with the network, as the answer to +CREG? has it."""
        if not self.ready():
            self._since = None
            return _OUT
        if self._since is None:
            self._since = _now()
        if not self.air.network or _now() < self._since + self.air.registers_s:
            return _SEARCHING
        return _ROAMING if self.air.roaming else _HOME

    def enter(self, pin: str) -> bool:
        """Try a PIN; a wrong one costs an attempt, and a right one gives all of them back."""
        if pin != self.air.pin or not self.air.attempts:
            self.air.attempts = max(0, self.air.attempts - 1)
            return False
        self.open, self.air.attempts = True, PIN_ATTEMPTS
        return True


class Port:
    """One serial port of a modem: it hears bytes, and says bytes a little later.

    `say` is where they go, which whoever plugs it in decides.
    """

    def __init__(self, modem: SimulatedModem) -> None:
        self._modem = modem
        self.say: Callable[[bytes], None] = lambda _: None
        self._begun = bytearray()
        self._heard_at = self._free_at = 0.0
        self._echo = True
        self._plus = False
        self.carries = False
        self._defined = False

    def forget(self) -> None:
        """Be as after a start."""
        self._begun.clear()
        self._echo, self.carries, self._plus, self._defined = True, False, False, False

    def dropped(self) -> None:
        """Come back from data, and say so."""
        if self.carries:
            self.carries = False
            self._later(b"\r\nNO CARRIER\r\n", 0.0)

    def hear(self, data: bytes) -> None:
        """Take what has come down the line."""
        now = _now()
        silent_s, self._heard_at = now - self._heard_at, now
        if self._modem.off:
            return
        if self._modem.mischief.garbage:
            self._nonsense()
            return
        if self.carries:
            self._escaping(data, silent_s)
            return
        for byte in data:
            if byte == RETURN:
                self._line(self._begun.decode("ascii", "replace").strip())
                self._begun.clear()
            elif len(self._begun) < MOST_BYTES:
                self._begun.append(byte)

    def _escaping(self, data: bytes, silent_s: float) -> None:
        """Leave data when three plus signs stand alone in the silence."""
        self._plus = data == b"+++" and silent_s >= GUARD_S
        if self._plus:
            asyncio.get_running_loop().call_later(GUARD_S, self._escaped, self._heard_at)

    def _escaped(self, since: float) -> None:
        if self._plus and self._heard_at == since:
            self.carries = self._plus = False
            self._reply([OK])

    def _line(self, command: str) -> None:
        if not command:
            return
        if _now() < self._free_at + self._modem.hurried_s:
            self._nonsense()
            return
        if self._echo:
            self._later(command.encode() + b"\r", ECHO_S)
        self._modem.said.append(command)
        self._reply(self._answered(command))

    def _nonsense(self) -> None:
        lots = self._modem.lots
        junk = bytes(lots.choice(b"\xff\xfe\x80\x00+CGREOK") for _ in range(GARBAGE))
        self._later(junk + b"\r\n", REPLY_S)

    def _reply(self, lines: list[str]) -> None:
        mischief = self._modem.mischief
        if mischief.lost:
            mischief.lost -= 1
            return
        if mischief.chatter:
            lines.insert(self._modem.lots.randrange(len(lines)), self._modem.lots.choice(CHATTER))
        reply = b"".join(b"\r\n" + line.encode() + b"\r\n" for line in lines)
        self._free_at = _now() + REPLY_S + len(reply) * BYTE_S
        self._later(reply, REPLY_S)

    def _later(self, data: bytes, wait_s: float) -> None:
        loop = asyncio.get_running_loop()
        if not self._modem.mischief.pieces:
            loop.call_later(wait_s, self.say, data)
            return
        size = self._modem.lots.randrange(1, 8)
        for at in range(0, len(data), size):
            loop.call_later(wait_s + at * BYTE_S, self.say, data[at : at + size])

    # --- what each command is answered with ---

    def _answered(self, command: str) -> list[str]:
        for pattern, answer in _ANSWERS:
            if found := pattern.fullmatch(command):
                return answer(self, found)
        return [ERROR]

    def quiet(self, found: re.Match[str]) -> list[str]:
        """Echo, or not."""
        self._echo = found[1] == "1"
        return [OK]

    def wants(self, _: re.Match[str]) -> list[str]:
        """Say what the SIM wants."""
        air = self._modem.air
        if not air.sim:
            return ["+CME ERROR: SIM not inserted"]
        if not air.attempts:
            return ["+CPIN: SIM PUK", OK]
        return [f"+CPIN: {'READY' if self._modem.ready() else 'SIM PIN'}", OK]

    def enter(self, found: re.Match[str]) -> list[str]:
        """Take a PIN."""
        return [OK] if self._modem.enter(found[1]) else ["+CME ERROR: incorrect password"]

    def attempts(self, _: re.Match[str]) -> list[str]:
        """Say how often a PIN may yet be entered."""
        return [f"+CPINR: SIM PIN,{self._modem.air.attempts},{PIN_ATTEMPTS}", OK]

    def numbers(self, found: re.Match[str]) -> list[str]:
        """Say a number of the SIM, once it can be used."""
        air = self._modem.air
        if not self._modem.ready():
            return ["+CME ERROR: SIM PIN required"]
        return [f"+CCID: {air.iccid}" if found[1] == "CCID" else air.imsi, OK]

    def signal(self, _: re.Match[str]) -> list[str]:
        """Say how strong the signal is."""
        return [f"+CSQ: {self._modem.air.step},99", OK]

    def registered(self, found: re.Match[str]) -> list[str]:
        """Say how it stands with the network."""
        return [f"+{found[1]}: 0,{self._modem.stat()}", OK]

    def carrier(self, _: re.Match[str]) -> list[str]:
        """Say whose network it is."""
        name = f',0,"{self._modem.air.operator}",7' if self._modem.stat() in _REGISTERED else ""
        return [f"+COPS: 0{name}", OK]

    def define(self, _: re.Match[str]) -> list[str]:
        """Take the name of the access point."""
        self._defined = True
        return [OK]

    def dial(self, _: re.Match[str]) -> list[str]:
        """Leave commands for data."""
        if not self._defined or not self._modem.connect():
            return ["NO CARRIER"]
        self.carries = True
        return ["CONNECT 150000000"]

    def restart(self, _: re.Match[str]) -> list[str]:
        """Start anew, a moment after the answer."""
        asyncio.get_running_loop().call_later(2 * REPLY_S, self._modem.start)
        return [OK]

    def yes(self, _: re.Match[str]) -> list[str]:
        """Agree."""
        return [OK]

    def model(self, _: re.Match[str]) -> list[str]:
        """Say what it is."""
        return ["Laadpaal", "Simulated modem", OK]

    def number(self, _: re.Match[str]) -> list[str]:
        """Say its own number."""
        return ["490154203237518", OK]


Answering = Callable[[Port, re.Match[str]], list[str]]

_ANSWERS: tuple[tuple[re.Pattern[str], Answering], ...] = tuple(
    (re.compile(pattern), answering)
    for pattern, answering in (
        (r"AT|AT\+CMEE=2|ATH|AT\+COPS=.*", Port.yes),
        (r"ATE([01])", Port.quiet),
        (r"ATI", Port.model),
        (r"AT\+CGSN", Port.number),
        (r"AT\+CPIN\?", Port.wants),
        (r'AT\+CPIN="(\d+)"', Port.enter),
        (r'AT\+CPINR="SIM PIN"', Port.attempts),
        (r"AT\+(CCID|CIMI)", Port.numbers),
        (r"AT\+CSQ", Port.signal),
        (r"AT\+(C(?:G|E)?REG)\?", Port.registered),
        (r"AT\+COPS\?", Port.carrier),
        (r'AT\+CGDCONT=1,"IP",".*"', Port.define),
        (r"ATD\*99\*\*\*1#", Port.dial),
        (r"AT\+CFUN=1,1", Port.restart),
    )
)
"""What a command looks like, and who answers it."""


class SimulatedLink:
    """Is a `DataLink` over a simulated modem: it carries nothing, and knows when it could not."""

    def __init__(self, modem: SimulatedModem) -> None:
        self._modem = modem

    async def up(self, access: Access) -> Carried:  # noqa: ARG002  this network asks nobody who they are
        """Return an address; raises ModemFailed when the modem carries no data."""
        if not self._modem.carries:
            raise ModemFailed("the modem carries no data")
        return Carried("", ADDRESS)

    async def lost(self) -> str:
        """Return once the modem has lost the connection."""
        await self._modem.until_dropped()
        return "the network has ended the connection"

    async def down(self) -> None:
        """Carry nothing any more."""


class SimulatedKey:
    """Is a `PowerKey` of a simulated modem."""

    def __init__(self, modem: SimulatedModem) -> None:
        self._modem = modem

    async def cut(self) -> None:
        """Take its power for a moment."""
        self._modem.start()


@contextmanager
def on_terminals(modem: SimulatedModem) -> Iterator[tuple[str, str]]:
    """Plug the modem's two ports into pseudo-terminals; yield their names: data, and control."""
    with ExitStack() as stack:
        names = [stack.enter_context(_on_terminal(modem)) for _ in range(2)]
        yield names[0], names[1]


@contextmanager
def _on_terminal(modem: SimulatedModem) -> Iterator[str]:
    port = modem.port()
    with terminal(port.hear) as (name, port.say):
        yield name


def _now() -> float:
    return asyncio.get_running_loop().time()
