"""When the station, or one EVSE, starts anew: it was asked to, or nobody answers any more."""

from __future__ import annotations

from laadpaal.station.actions import Restart
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Scheduled
from laadpaal.station.authorization import Authorizer
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import CONTACTOR_FAULT, LOCK_FAULT, LOCK_MOTOR_FAULT
from laadpaal.station.log_upload import LogUploads
from laadpaal.station.notices import Restarting
from laadpaal.station.records import RestartPlanned
from laadpaal.station.requests import Reset
from laadpaal.station.security import SecurityKind
from laadpaal.station.security_log import SecurityLog
from laadpaal.station.supply import Supply
from laadpaal.station.words import BootReason, ResetKind, StopReason, Trigger

MOST_PATIENCE_S = 86_400.0
"""How long a restart for want of a CSMS waits for the last transaction (S34)."""
REST_S = 5.0
"""How long an EVSE that is reset is at rest; a vehicle takes that for a new beginning."""


class Restarts:
    """Owns the wish to start anew."""

    def __init__(
        self,
        facts: Facts,
        authorizer: Authorizer,
        security: SecurityLog,
        supply: Supply,
        uploads: LogUploads,
    ) -> None:
        self._facts = facts
        self._authorizer = authorizer
        self._security = security
        self._supply = supply
        self._uploads = uploads
        self._coming: Restart | None = None
        """The restart that is decided on, until nothing is opened under load by it."""

    def reset(self, wish: Reset) -> Answer:
        """Start anew, now or when the station is idle (2.0.1 B11, B12)."""
        if wish.evse:
            return self._reset_evse(wish)
        if wish.kind is ResetKind.ON_IDLE and not self._idle():
            self._facts.restart_wanted = BootReason.SCHEDULED_RESET
            return Scheduled()
        soft = wish.kind is ResetKind.SOFT
        self._end_all(StopReason.SOFT_RESET if soft else StopReason.HARD_RESET)
        self.restart(BootReason.REMOTE_RESET, orderly=soft)
        return Accepted()

    def _reset_evse(self, wish: Reset) -> Answer:
        evse = self._facts.evses.get(wish.evse)
        if evse is None:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {wish.evse}")
        if wish.kind is ResetKind.ON_IDLE and evse.transaction:
            evse.reset_wanted = True
            return Scheduled()
        if evse.authorization or evse.transaction:
            self._authorizer.end(evse, Trigger.RESET_COMMAND, StopReason.HARD_RESET)
        evse.resetting = evse.reset_wanted = True
        return Accepted()

    def _rest(self, evse: Evse) -> None:
        """Bring the EVSE to rest, and forget what had failed to move."""
        evse.resetting, evse.reset_wanted = True, False
        evse.held = None
        evse.faults -= {CONTACTOR_FAULT, LOCK_FAULT, LOCK_MOTOR_FAULT}
        evse.bad_plugs = 0
        self._supply.release(evse)
        self._facts.agenda.set(Timer(Due.EVSE_RESET, evse.number), self._facts.now.mono + REST_S)

    def rested(self, evse: Evse) -> None:
        """Let the EVSE be used again."""
        evse.resetting = False

    def restart(self, reason: BootReason, *, orderly: bool) -> None:
        """Let the station start anew after this turn, or as soon as every transaction has ended."""
        self._facts.restarting, self._facts.restart_wanted = True, None
        self._facts.restart_failed = False
        self._facts.keep(RestartPlanned(reason))
        self._security.saw(SecurityKind.RESTARTED, f"The reason is {reason.value}.")
        self._facts.tell(Restarting(reason))
        self._coming = Restart(reason, orderly)

    def failed(self) -> None:
        """Go on as before, and say so: what was ended for the restart stays ended."""
        self._facts.restarting, self._facts.restart_failed = False, True
        self._facts.keep(RestartPlanned(None))

    def settle(self) -> None:
        """Start anew what has waited for it long enough.

        For want of a CSMS that must not fail, and there is nobody to tell first.
        """
        for evse in self._facts.evses.values():
            if evse.reset_wanted and not evse.transaction:
                self._rest(evse)
        wanted = self._facts.restart_wanted
        scheduled = wanted is BootReason.SCHEDULED_RESET
        if wanted and (self._idle() if scheduled else not self._charging()):
            self.restart(wanted, orderly=wanted is not BootReason.WATCHDOG)
        if self._coming and not self._charging():
            self._facts.step.actions.append(self._coming)
            self._coming = None

    def csms_silent(self) -> None:
        """Start anew for want of a CSMS, once nobody charges, or a day later all the same (S34)."""
        if self._facts.restarting or self._facts.restart_wanted:
            return
        self._facts.restart_wanted = BootReason.WATCHDOG
        at = self._facts.now.mono + MOST_PATIENCE_S
        self._facts.agenda.set(Timer(Due.RESTART), at)

    def csms_back(self) -> None:
        """Give that up: the CSMS is there again."""
        self._facts.agenda.cancel(Timer(Due.RESTART))
        if self._facts.restart_wanted is BootReason.WATCHDOG:
            self._facts.restart_wanted = None

    def waited_enough(self) -> None:
        """Start anew although somebody charges."""
        if self._facts.restart_wanted is BootReason.WATCHDOG:
            self._end_all(StopReason.REBOOT)
            self.restart(BootReason.WATCHDOG, orderly=False)

    def _charging(self) -> bool:
        return any(evse.transaction for evse in self._facts.evses.values())

    def _idle(self) -> bool:
        """Tell whether nobody charges or is about to, no plug is held, nothing is kept or sent."""
        evses = self._facts.evses.values()
        wanted = any(evse.waiting or evse.authorization or evse.held for evse in evses)
        kept = self._facts.reservations or self._uploads.busy
        return not (self._charging() or wanted or kept)

    def _end_all(self, reason: StopReason) -> None:
        for evse in self._facts.evses.values():
            if evse.transaction:
                self._authorizer.end(evse, Trigger.RESET_COMMAND, reason)
