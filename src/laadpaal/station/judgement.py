"""What the CSMS says of a running transaction's token, and what follows when it is not good."""

from __future__ import annotations

from laadpaal.properties import transactions as rows
from laadpaal.station.authorization import Authorizer
from laadpaal.station.events import TransactionJudged
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.local_list import LocalList
from laadpaal.station.words import StopReason, Trigger, Verdict


class Judgement:
    """Lets a transaction go on, run out, or end, as its token is judged."""

    def __init__(self, facts: Facts, authorizer: Authorizer, local_list: LocalList) -> None:
        self._facts = facts
        self._authorizer = authorizer
        self._list = local_list

    def judged(self, event: TransactionJudged) -> None:
        """Take the CSMS's word on the token of a transaction."""
        if event.token:
            self._list.compare(event.token, event.verdict)
            self._authorizer.judged(event.token, event.verdict)
        for evse in self._facts.evses.values():
            tx = evse.transaction
            if tx is None or tx.id != event.transaction:
                continue
            if evse.paying and evse.paying.payment.transaction == tx.id:
                continue  # the payment provider vouches for who pays here
            if event.verdict.good:
                self._confirm(evse, tx, event.verdict)
            elif not self._allow(evse, tx):
                self._disown(evse, tx)

    def _confirm(self, evse: Evse, tx: Transaction, verdict: Verdict) -> None:
        group = verdict.group or tx.group
        tx.unsaved = tx.unsaved or group != tx.group or tx.allowed_wh is not None
        tx.group, tx.allowed_wh = group, None
        if evse.authorization:
            evse.authorization.group = tx.group

    def _allow(self, evse: Evse, tx: Transaction) -> bool:
        """Let some energy flow all the same, if that is set; tell whether it may (still) flow."""
        if evse.authorization is None or tx.blocked:
            return False
        if tx.allowed_wh is None and self._allows():
            tx.allowed_wh = evse.energy_wh + self._facts.values[rows.ENERGY_ON_INVALID]
            tx.unsaved = True
        return tx.allowed_wh is not None

    def _allows(self) -> bool:
        """Tell whether there is energy for it; in 2.0.1 only where the transaction goes on."""
        values = self._facts.values
        goes_on = values[rows.ENERGY_BEFORE_STOP] or not values[rows.STOP_ON_INVALID]
        return goes_on and values[rows.ENERGY_ON_INVALID] > 0

    def metered(self, evse: Evse) -> None:
        """End what was allowed to a token that is not good, once the meter says it is used up."""
        tx = evse.transaction
        if tx and tx.allowed_wh is not None and evse.energy_wh >= tx.allowed_wh:
            tx.allowed_wh, tx.unsaved = None, True
            self._disown(evse, tx)

    def _disown(self, evse: Evse, tx: Transaction) -> None:
        """End the authorization, or leave it without energy (1.6 section 4.3, 2.0.1 E05)."""
        tx.blocked = True
        if self._facts.values[rows.STOP_ON_INVALID]:
            self._authorizer.end(evse, Trigger.DEAUTHORIZED, StopReason.DEAUTHORIZED)
