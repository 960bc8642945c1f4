"""What each vehicle makes of what it is offered: which lines it uses, and how much of it."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from laadpaal.properties.balancing import PROBING
from laadpaal.properties.wiring import ORDERS, PHASE_ROTATION
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.balancing import LINES
from laadpaal.station.claims import LEAST_A
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.measurement import NO_CURRENT, Phases
from laadpaal.station.words import Pilot

FLOWS_A = 1.0
"""More than this through a line is a vehicle that uses it."""
KNOWN_S = 15.0
"""So long must current have flowed until the lines without any count as not used."""
PROBED_S = 60.0
"""How long a vehicle is offered the probing current, and how long it may take to answer."""
PEAK_S = 60.0
"""The most that a vehicle took in about this time is what it wants, with a margin."""
MARGIN_A = 2.0
BLUR_S = 3.0
"""Within it nobody knows which current the grid was measured with."""
FOLLOWS_S = 6.0
"""So long after another offer a vehicle may still take what it took before."""


@dataclass(slots=True)
class Habits:
    """What is known of the vehicle at an EVSE since it came; seconds are monotonic."""

    offered_since: float | None = None
    probing_until: float | None = None
    """None until it is offered current for the first time."""
    least_a: float = LEAST_A
    lowered_at: float | None = None
    """When it was last offered less than the probing current, and had more before."""
    flowing_since: float | None = None
    used: frozenset[int] = frozenset()
    """Lines of the EVSE through which current has flowed."""
    peaks_a: tuple[float, float] = (0.0, 0.0)
    """The most it took from any line, in this while and in the one before."""
    while_until: float = 0.0
    wants_a: float = math.inf
    offers: deque[tuple[float, float]] = field(default_factory=deque)
    """What it was offered lately, and until when; the last is what it is offered now."""
    rose: float = -math.inf
    """When it was last offered more, or its contactor closed: it may take more since."""
    closed: bool = False
    samples: deque[tuple[float, Phases]] = field(default_factory=deque)
    """What its meter said lately; the last is kept, however old."""


class Usage:
    """Owns what is known of each vehicle's habits."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._habits = {number: Habits() for number in facts.evses}

    def read(self, evse: Evse) -> bool:
        """Learn from a measurement; tell whether what is shared by has changed."""
        measured = evse.measurement
        if measured is None or not (evse.offered_a or self._facts.layout.grid):
            return False
        habits, mono = self._habits[evse.number], self._facts.now.mono
        habits.samples.append((mono, measured.currents_a))
        while len(habits.samples) > 1 and habits.samples[0][0] < mono - BLUR_S:
            habits.samples.popleft()
        if evse.offered_a is None:
            return False
        was = self.lines(evse), habits.wants_a
        self._flows(habits, measured.currents_a)
        self._wants(habits, max(measured.currents_a))
        return was != (self.lines(evse), habits.wants_a)

    def _flows(self, habits: Habits, currents_a: Phases) -> None:
        flowing = {line for line in LINES if currents_a[line] > FLOWS_A}
        if flowing and habits.flowing_since is None:
            habits.flowing_since = self._facts.now.mono
        habits.used |= flowing

    def _wants(self, habits: Habits, peak_a: float) -> None:
        """Take what it took as what it wants, once that has lasted."""
        mono, (peak, before) = self._facts.now.mono, habits.peaks_a
        habits.peaks_a = max(peak, peak_a), before
        if mono >= habits.while_until:
            habits.peaks_a, habits.while_until = (peak_a, max(peak, peak_a)), mono + PEAK_S / 2
        since = mono if habits.offered_since is None else habits.offered_since
        if mono - since >= PEAK_S:
            habits.wants_a = math.ceil(max(habits.peaks_a)) + MARGIN_A

    def settle(self, evse: Evse) -> None:
        """Take note of what a vehicle is offered now, and of what it makes of it."""
        habits, mono = self._habits[evse.number], self._facts.now.mono
        if not evse.connected and (habits.offered_since or habits.probing_until):
            self._habits[evse.number] = Habits(offers=habits.offers, samples=habits.samples)
            return
        if evse.contactor_closed and not habits.closed:
            habits.rose = mono
        habits.closed = evse.contactor_closed
        self._offered(evse, habits)
        if habits.lowered_at is not None and evse.pilot is Pilot.B:
            if mono - habits.lowered_at <= PROBED_S:
                habits.least_a = self._facts.values[PROBING]
            habits.lowered_at = None

    def _offered(self, evse: Evse, habits: Habits) -> None:
        """Take note of an offer that differs from the one before."""
        offered_a, mono = evse.offered_a or 0.0, self._facts.now.mono
        before_a = habits.offers[-1][1] if habits.offers else 0.0
        if offered_a == before_a:
            return
        if habits.offers:
            habits.offers[-1] = (mono, before_a)
        habits.offers.append((math.inf, offered_a))
        if offered_a > before_a:
            habits.rose = mono
        while habits.offers[0][0] < mono - FOLLOWS_S:
            habits.offers.popleft()
        if not offered_a:
            habits.offered_since = habits.flowing_since = habits.lowered_at = None
            habits.wants_a = math.inf
        elif not before_a:
            self._begun(evse, habits)
        self._lowered(evse, habits, before_a, offered_a)

    def _begun(self, evse: Evse, habits: Habits) -> None:
        habits.offered_since = mono = self._facts.now.mono
        if habits.probing_until is None:
            habits.probing_until = mono + PROBED_S
        self._facts.agenda.set(Timer(Due.OFFERED, evse.number), mono + PROBED_S)

    def _lowered(self, evse: Evse, habits: Habits, before_a: float, offered_a: float) -> None:
        probing_a = self._facts.values[PROBING]
        if offered_a >= probing_a or not offered_a:
            habits.lowered_at = None
        elif before_a >= probing_a and evse.pilot is not Pilot.B:
            habits.lowered_at = self._facts.now.mono

    def least_a(self, evse: Evse) -> float:
        """Return with how little its vehicle charges, as far as it has shown."""
        return max(LEAST_A, self._habits[evse.number].least_a)

    def hopes_a(self, evse: Evse) -> float:
        """Return what to offer its vehicle while nobody knows with how little it starts."""
        until = self._habits[evse.number].probing_until
        over = until is not None and self._facts.now.mono >= until
        return 0.0 if over else self._facts.values[PROBING]

    def wants_a(self, evse: Evse) -> float:
        """Return more than which its vehicle does not take at present; infinite while unknown."""
        return self._habits[evse.number].wants_a

    def idle(self, evse: Evse) -> bool:
        """Tell whether its vehicle has had time to begin, and does not want to.

        Its contactor is open then, and it asks before it takes anything.
        """
        since = self._habits[evse.number].offered_since
        waited = since is not None and self._facts.now.mono - since >= PROBED_S
        return waited and evse.pilot is Pilot.B and not evse.contactor_closed

    def known(self, evse: Evse) -> bool:
        """Tell whether its vehicle has charged for long enough to have shown its lines."""
        since = self._habits[evse.number].flowing_since
        return since is not None and self._facts.now.mono - since >= KNOWN_S

    def lines(self, evse: Evse) -> tuple[int, ...]:
        """Return the lines of the grid that its vehicle uses, or may use."""
        used = self._habits[evse.number].used
        lines = used if used and self.known(evse) else range(evse.phases)
        at = self._at_grid(evse)
        return tuple(sorted(at[line] for line in lines))

    def _at_grid(self, evse: Evse) -> tuple[int, ...]:
        """Return which line of the grid each of its lines is; what nobody told is not turned."""
        told: tuple[tuple[int, str], ...] = self._facts.values[PHASE_ROTATION]
        order = dict(told)
        here, station = (_TURNED.get(order.get(n, ""), LINES) for n in (evse.number, 0))
        return tuple(station[line] for line in here)

    def drawn(self, evse: Evse) -> tuple[Phases, Phases]:
        """Return the least and the most that may flow from each line of the grid just now.

        It is what the meter said lately, but for what was not offered; and at most all that is
        offered, until the meter has spoken after the vehicle had its time to follow.
        """
        offered_a = evse.offered_a or 0.0
        habits, mono = self._habits[evse.number], self._facts.now.mono
        most_a = max((a for at, a in habits.offers if at >= mono - FOLLOWS_S), default=0.0)
        samples = list(self._lately(evse, habits)) or [(0.0, 0.0, 0.0)]
        heard = habits.samples[-1][0] if habits.samples else -math.inf
        rising = habits.closed and heard < habits.rose + FOLLOWS_S
        least, most = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
        for line, at in enumerate(self._at_grid(evse)):
            least[at] = min(offered_a, *(sample[line] for sample in samples))
            most[at] = most_a if rising else min(most_a, max(s[line] for s in samples))
        return (least[0], least[1], least[2]), (most[0], most[1], most[2])

    def taken(self) -> Phases:
        """Return what all vehicles take from each line of the grid, as their meters said last."""
        taken_a = [0.0, 0.0, 0.0]
        for evse in self._facts.evses.values():
            currents_a = evse.measurement.currents_a if evse.measurement else NO_CURRENT
            for current_a, line in zip(currents_a, self._at_grid(evse), strict=True):
                taken_a[line] += current_a
        return taken_a[0], taken_a[1], taken_a[2]

    def _lately(self, evse: Evse, habits: Habits) -> Iterator[Phases]:
        """Yield the samples that still say something; the last one does while energy can flow."""
        since = self._facts.now.mono - BLUR_S
        closed = evse.contactor_closed
        for number, (at, sample) in enumerate(habits.samples, 1):
            if at >= since or (closed and number == len(habits.samples)):
                yield sample


_TURNED = {
    order: tuple("RST".index(letter) for letter in order)
    for order in ORDERS
    if set(order) == set("RST")
}
"""By the book's word: for each line here, the line it comes from."""
