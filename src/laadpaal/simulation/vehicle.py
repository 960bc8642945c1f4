"""A simulated vehicle: what it takes of what it is offered, second by second."""

from __future__ import annotations

from dataclasses import dataclass, replace

from laadpaal.simulation.pilot_circuit import load
from laadpaal.station.measurement import Phases

REACTION_S = 1.0
"""From a changed offer until the vehicle closes or opens S2."""
TAPER_SOC = 0.8
"""From here on the battery accepts less and less."""
LARGEST_BATTERY_WH = 2_000_000.0
HIGHEST_A = 80.0
"""The most a control pilot can offer."""
SIMPLE_A = 10.0
"""The most that a vehicle takes that cannot be told how much it may."""
LEAST_ACCEPTANCE = 0.05
"""Share of `max_a` that a nearly full battery still accepts."""
NOTHING: Phases = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Traits:
    """What distinguishes one vehicle from another; raises ValueError when it cannot exist.

    Args:
        battery_wh: Capacity.
        soc: State of charge, 0 to 1.
        max_a: Most its charger takes from each line.
        phases: Lines its charger uses, 1 or 3.
        min_a: It does not charge below this offer.
        wakes_after_s: How long it sleeps on after it is first offered current.
        pauses: (at_s, for_s) when it does not want current, counted in seconds of being offered.
        ignores_limit: Takes `max_a` whatever is offered, as long as the contactor is closed.
        never_ready: Never closes S2.
        holds_switch: Never opens S2 once it is closed, whatever is offered.
        drowsy: Sleeps after an offer was withdrawn while it was charging, until that happens again.
        no_diode: Its diode is missing, so that the lower half wave is not what it should be.
        wants_air: Asks for ventilation, which a station outdoors has not.
        simplified: Has no switch at all: it is ready wherever it is plugged, and hears no offers.
    """

    battery_wh: float = 60_000.0
    soc: float = 0.3
    max_a: float = 16.0
    phases: int = 3
    min_a: float = 6.0
    wakes_after_s: float = 0.0
    pauses: tuple[tuple[float, float], ...] = ()
    ignores_limit: bool = False
    never_ready: bool = False
    holds_switch: bool = False
    drowsy: bool = False
    no_diode: bool = False
    wants_air: bool = False
    simplified: bool = False

    def __post_init__(self) -> None:
        possible = {
            "battery_wh": 0 < self.battery_wh <= LARGEST_BATTERY_WH,
            "soc": 0 <= self.soc <= 1,
            "max_a": 0 < self.max_a <= HIGHEST_A,
            "phases": self.phases in {1, 3},
            "min_a": 0 <= self.min_a <= self.max_a,
            "wakes_after_s": 0 <= self.wakes_after_s < float("inf"),
            "pauses": all(at_s >= 0 and for_s > 0 for at_s, for_s in self.pauses),
        }
        for name, fits in possible.items():
            if not fits:
                raise ValueError(f"{name}: no vehicle has {getattr(self, name)!r}")


class Vehicle:
    """One vehicle at the end of a cable; time is an argument."""

    def __init__(self, traits: Traits) -> None:
        self._traits = traits
        self._soc = traits.soc
        self._offered_s = 0.0
        self._withdrawn_s = 0.0
        self._s2 = False
        self._asleep = False

    @property
    def traits(self) -> Traits:
        """Its traits, with the state of charge of now."""
        return replace(self._traits, soc=self._soc)

    @property
    def ready(self) -> bool:
        """Whether S2 is closed."""
        return self._s2 or self._traits.simplified

    @property
    def load_ohm(self) -> float:
        """What it hangs on the pilot."""
        return load(ready=self.ready, wants_air=self._traits.wants_air)

    @property
    def full(self) -> bool:
        """Whether the battery takes no more."""
        return self._soc >= 1

    def change(self, traits: Traits) -> None:
        """Become another vehicle on the spot."""
        self._traits, self._soc = traits, traits.soc

    def plugged(self) -> None:
        """Forget the offers of an earlier plug."""
        self._offered_s, self._withdrawn_s = 0.0, 0.0
        self._s2 = self._asleep = False

    def advance(
        self, dt_s: float, offered_a: float | None, voltages_v: Phases, phases_connected: int
    ) -> Phases:
        """Let `dt_s` pass and return the current through each line during it.

        Args:
            dt_s: At most about a second, or reactions come late.
            offered_a: What the duty cycle says; None is a steady level.
            voltages_v: Line to neutral, before the contactor.
            phases_connected: Lines the contactor connects; 0 when open.
        """
        self._follow(dt_s, offered_a)
        currents_a = self._currents(offered_a, voltages_v, phases_connected)
        power_w = sum(v * i for v, i in zip(voltages_v, currents_a, strict=True))
        self._soc = min(1.0, self._soc + power_w * dt_s / 3600 / self._traits.battery_wh)
        return currents_a

    def _follow(self, dt_s: float, offered_a: float | None) -> None:
        if self._enough(offered_a):
            self._offered_s, self._withdrawn_s = self._offered_s + dt_s, 0.0
            awake = self._offered_s >= REACTION_S + self._traits.wakes_after_s
            held = self._s2 and self._traits.holds_switch
            self._s2 = held or (awake and not self._asleep and self._wanting())
            return
        if self._withdrawn_s == 0:
            self._asleep = False
        self._withdrawn_s += dt_s
        if self._s2 and self._withdrawn_s >= REACTION_S and not self._traits.holds_switch:
            self._s2, self._asleep = False, self._traits.drowsy

    def _enough(self, offered_a: float | None) -> bool:
        deaf = self._traits.ignores_limit or self._traits.simplified
        return deaf or (offered_a is not None and offered_a >= self._traits.min_a)

    def _wanting(self) -> bool:
        at_rest = any(at_s <= self._offered_s < at_s + for_s for at_s, for_s in self._traits.pauses)
        return not (at_rest or self.full or self._traits.never_ready)

    def _currents(
        self, offered_a: float | None, voltages_v: Phases, phases_connected: int
    ) -> Phases:
        if not self.ready or not self._enough(offered_a):
            return NOTHING
        limit_a = self._accepted_a()
        if self._traits.simplified:
            limit_a = min(limit_a, SIMPLE_A)
        elif offered_a is not None and not self._traits.ignores_limit:
            limit_a = min(limit_a, offered_a)
        lines = min(self._traits.phases, phases_connected)
        l1, l2, l3 = (
            limit_a if line < lines and voltage_v > 0 else 0.0
            for line, voltage_v in enumerate(voltages_v)
        )
        return (l1, l2, l3)

    def _accepted_a(self) -> float:
        room = (1 - self._soc) / (1 - TAPER_SOC)
        return self._traits.max_a * min(1.0, max(LEAST_ACCEPTANCE, room))
