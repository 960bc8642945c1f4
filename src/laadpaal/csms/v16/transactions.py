"""Transactions: a start, meter values and a stop, tied together by a number the CSMS gives."""

from __future__ import annotations

import logging

from msgspec import UNSET

from laadpaal.csms.dialect import Absorbed, Call, Scene
from laadpaal.csms.v16.authorization import id_tag, verdict
from laadpaal.csms.v16.metering import meter_values
from laadpaal.ports.journal import Entry
from laadpaal.protocols.ocpp import timestamp, v16
from laadpaal.station.events import TransactionJudged
from laadpaal.station.notices import (
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import StopReason

NO_NUMBER = -1
"""The transactionId of a transaction whose start the CSMS never took (errata; S28)."""

_REASONS = {reason.value: reason for reason in v16.Reason}


def started(notice: TransactionStarted, entry: Entry, scene: Scene) -> Call:  # noqa: ARG001  a reporter
    """Tell a start; the values of its beginning go with the stop."""
    return Call(
        "StartTransaction",
        v16.StartTransaction(
            connectorId=notice.evse,
            idTag=id_tag(notice.token),
            meterStart=int(notice.meter_wh),
            timestamp=timestamp.render(notice.at),
            reservationId=UNSET if notice.reservation is None else notice.reservation,
        ),
        notice,
    )


def updated(notice: TransactionUpdated, entry: Entry, scene: Scene) -> None:
    """Say nothing: 1.6 tells states by status notifications only."""


class Numbered:
    """Reports what follows a start, under the number the CSMS gave to it."""

    __slots__ = ("_log",)

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def sampled(self, notice: TransactionSampled, entry: Entry, scene: Scene) -> Call | None:
        """Tell a sample of a running transaction."""
        values = meter_values((notice.sample,))
        if not values:
            return None
        payload = v16.MeterValues(
            connectorId=notice.evse,
            meterValue=values,
            transactionId=self._number(entry, scene),
        )
        return Call("MeterValues", payload, notice)

    def ended(self, notice: TransactionEnded, entry: Entry, scene: Scene) -> Call:
        """Tell a stop, with the samples that were kept for it."""
        payload = v16.StopTransaction(
            transactionId=self._number(entry, scene),
            meterStop=int(notice.meter_wh),
            timestamp=timestamp.render(notice.at),
            idTag=id_tag(notice.token) if notice.token else UNSET,
            reason=_reason(notice.reason),
            transactionData=meter_values(notice.samples) or UNSET,
        )
        return Call("StopTransaction", payload, notice)

    def _number(self, entry: Entry, scene: Scene) -> int:
        """Return the number by the order of the journal, never by time (S24 to S26, S28)."""
        notice = entry.notice
        start = scene.journal.start_before(notice.evse, entry.seq)
        if start is None or start.transaction != notice.transaction or not start.settled:
            self._log.error(
                "journal entry %d of transaction %s at EVSE %d follows %s, so its number is %d",
                entry.seq,
                notice.transaction,
                notice.evse,
                f"the start of {start.transaction}" if start else "no start",
                NO_NUMBER,
            )
            return NO_NUMBER
        return NO_NUMBER if start.csms_id is None else start.csms_id


def _reason(reason: StopReason) -> v16.Reason:
    """Return 1.6's word, which is Other for the reasons that only 2.0.1 tells apart."""
    return _REASONS.get(reason.value, v16.Reason.Other)


def start_answered(call: Call, answer: v16.StartTransactionResponse, scene: Scene) -> Absorbed:  # noqa: ARG001  an absorber
    """Keep the CSMS's number, and tell the station what it thinks of the token."""
    notice = call.about
    if not isinstance(notice, TransactionStarted):
        return Absorbed(csms_id=answer.transactionId)
    judged = TransactionJudged(notice.transaction, notice.token, verdict(answer.idTagInfo))
    return Absorbed((judged,), answer.transactionId)


def stop_answered(call: Call, answer: v16.StopTransactionResponse, scene: Scene) -> Absorbed:  # noqa: ARG001  an absorber
    """Tell the station what the CSMS thinks of the token that stopped, when it says so."""
    notice = call.about
    if answer.idTagInfo is UNSET or not isinstance(notice, TransactionEnded):
        return Absorbed()
    return Absorbed(
        (TransactionJudged(notice.transaction, notice.token, verdict(answer.idTagInfo)),)
    )
