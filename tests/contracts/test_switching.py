"""Every contactor, domestic outlet and lock keeps the promises of its port."""

from __future__ import annotations

from laadpaal.simulation.evse import Part, SimulatedEvse
from laadpaal.simulation.outlet import SimulatedOutlet
from laadpaal.simulation.supply import Supply
from tests.contracts.switching import check_contactor, check_lock, check_outlet
from tests.simulation.clock import HandClock
from tests.support.sockets import Socket


def simulated() -> SimulatedEvse:
    """Return an EVSE at rest."""
    return SimulatedEvse(HandClock(), Supply(3))


async def test_simulated_contactor() -> None:
    """The one of the bench."""
    evse = simulated()

    def break_it(*, broken: bool) -> None:
        for part in (Part.WELDED, Part.STUCK):
            evse.break_part(part, broken=broken)

    await check_contactor(evse, lambda: evse.look().phases > 0, break_it)


async def test_simulated_outlet() -> None:
    """Relay and switch of a domestic outlet."""
    outlet = SimulatedOutlet(lambda: None)
    outlet.plug(8.0)

    def break_it(*, broken: bool) -> None:
        outlet.broken = broken

    await check_contactor(outlet, lambda: outlet.current_a > 0, break_it)
    outlet.unplug()
    await check_outlet(outlet, lambda: outlet.plug(8.0), outlet.unplug)


async def test_simulated_lock() -> None:
    """The one of the bench."""
    evse = simulated()

    await check_lock(
        evse,
        lambda: evse.look().locked,
        lambda *, broken: evse.break_part(Part.LOCK, broken=broken),
    )


async def test_the_lock_of_the_jumping_day() -> None:
    """A double that breaks no promise."""
    socket = Socket(HandClock(), 0.0, fixed=False)

    def break_it(*, broken: bool) -> None:
        socket.lock_broken = broken

    await check_lock(socket, lambda: socket.locked, break_it)
