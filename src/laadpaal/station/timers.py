"""What happens when each timer comes due."""

from __future__ import annotations

from laadpaal.properties import metering as meter_rows
from laadpaal.station import passing
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.carriage import LogKind
from laadpaal.station.evse import Evse
from laadpaal.station.metering import TOLD
from laadpaal.station.parts import Parts
from laadpaal.station.words import Context, Trigger

_SETTLED = frozenset(
    {
        Due.STATUS,
        Due.PROFILE,
        Due.VEHICLE,
        Due.RELEASE,
        Due.MESSAGE,
        Due.NOT_CHARGING,
        Due.INSTALL,
        Due.GRID_SILENT,
        Due.OFFERED,
    }
)
"""What has lasted is told, and what is allowed decided, when the turn settles."""


def due(parts: Parts, timer: Timer) -> None:  # noqa: C901, PLR0912  one case for each
    """Do what was planned for this instant."""
    if timer.due in _SETTLED:
        return
    match timer.due:
        case Due.ALIGNED:
            _aligned_due(parts, timer)
        case Due.RESERVATION:
            parts.reservations.due()
        case Due.ENROLLING:
            parts.enrolling.over()
        case Due.RENEWAL | Due.V2G_RENEWAL | Due.SIGNING | Due.V2G_SIGNING:
            parts.renewals.due(timer)
        case Due.LEFT_OUT:
            parts.security.lull_over()
        case Due.RESTART:
            parts.restarts.waited_enough()
        case Due.ALTERNATE:
            parts.energy.sharing.due()
        case Due.SET_POINT:
            parts.energy.steering.lapsed(timer)
        case Due.FETCH:
            parts.firmware.fetch_or_wait()
        case Due.DIAGNOSTICS:
            parts.uploads.retry_due(LogKind.DIAGNOSTICS)
        case Due.SECURITY_LOG:
            parts.uploads.retry_due(LogKind.SECURITY)
        case Due.PAYMENT | Due.SETTLEMENT:
            parts.payments.due(timer)
        case Due.MONITOR:
            parts.monitoring.due(timer.evse)
        case _:
            _of_evse(parts, parts.facts.evses[timer.evse], timer)


def _of_evse(parts: Parts, evse: Evse, timer: Timer) -> None:  # noqa: C901, PLR0912  one case for each
    match timer.due:
        case Due.AUTHORIZE_ANSWER if evse.waiting:
            parts.authorizer.unanswered(evse.waiting.token)
        case Due.CONNECT:
            parts.desk.connect_due(evse)
        case Due.FORCE_UNLOCK:
            parts.locks.force_due(evse)
        case Due.OVERCURRENT | Due.OVERCURRENT_OVER | Due.IDLE_OUTLET:
            parts.currents.due(evse, timer.due)
        case Due.SAMPLE if evse.transaction:
            parts.sampling.sample_due(evse, evse.transaction)
        case Due.ENDED_SAMPLE if evse.transaction:
            parts.sampling.ended_sample_due(evse, evse.transaction)
        case Due.CHECKPOINT if evse.transaction:
            parts.sampling.checkpoint(evse, evse.transaction)
        case Due.WAKE:
            parts.waking.due(evse)
        case Due.PILOT:
            parts.mode3.due(evse)
        case Due.RESIDUAL:
            parts.residual.arm(evse)
        case Due.LINES:
            parts.line_changes.due(evse)
        case Due.DISPLAY:
            passing.over(parts.facts, evse)
        case Due.AUTO_STOP:
            parts.idling.stop(evse)
        case Due.EVSE_RESET:
            parts.restarts.rested(evse)
        case _:
            raise AssertionError(f"nobody planned {timer}")


def _aligned_due(parts: Parts, timer: Timer) -> None:
    at, told = parts.metering.grid_at(timer), timer == TOLD
    quiet = told and parts.metering.only_idle()
    for evse in () if quiet else parts.facts.evses.values():
        tx = evse.transaction
        if tx and told:
            clock = Trigger.METER_VALUE_CLOCK
            parts.sampling.tell(evse, tx, clock, Context.CLOCK, at)
        elif tx:
            parts.sampling.keep_aligned(evse, tx, at)
        elif told:
            parts.metering.idle(evse, Context.CLOCK, meter_rows.ALIGNED_MEASURANDS, at)
    # That one alone: the other may be due in this very turn, and would be put off.
    parts.metering.plan_next(timer)
