"""What the station knows of a customer, told to the CSMS and forgotten (N09, N10)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Call, Reply, Scene, Wish
from laadpaal.csms.v201.authorization import token
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.ports.journal import Trace
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.answers import Answer, Recalled
from laadpaal.station.requests import RecallCustomer
from laadpaal.station.words import Verdict

LONGEST = 512
"""Characters of a report that one message carries."""
_STATUS = v201.CustomerInformationStatus


def inform(call: v201.CustomerInformation, scene: Scene) -> Reply | Wish:
    """Tell what is known of a customer, or forget it, or both.

    Nothing is ever kept under a certificate or an identifier of a customer, so of those who are
    named by one nothing is known.
    """
    names = (call.idToken, call.customerCertificate, call.customerIdentifier)
    if sum(name is not UNSET for name in names) != 1:
        return _refused(_STATUS.Invalid, status_info("InvalidValue"))
    who = None if call.idToken is UNSET else token(call.idToken)
    if who and not who.readable:
        return _refused(_STATUS.Invalid, status_info("InvalidIdToken"))
    if not (call.report or call.clear):
        return _refused(_STATUS.Rejected, status_info("InvalidValue"))
    # Read before any of it is forgotten.
    past = scene.journal.traces(who) if who and call.report else ()

    def reply(answers: tuple[Answer, ...]) -> Reply:
        (known,) = answers
        if not isinstance(known, Recalled):
            return _refused(_STATUS.Rejected, why(known))
        text = "\n".join(_sentences(known, past)) if call.report else ""
        return Reply(
            v201.CustomerInformationResponse(status=_STATUS.Accepted),
            then=tuple(_pieces(call.requestId, text, known.at)),
        )

    return Wish((RecallCustomer(who, call.clear),), reply)


def _refused(status: v201.CustomerInformationStatus, info: v201.StatusInfo | UnsetType) -> Reply:
    return Reply(v201.CustomerInformationResponse(status=status, statusInfo=info))


def _sentences(known: Recalled, past: tuple[Trace, ...]) -> Iterator[str]:
    for verdict in known.cached:
        yield f"The authorization cache says {_said(verdict)}."
    if known.listed:
        yield f"The local list says {_said(known.listed)}."
    for evse in known.evses:
        yield f"EVSE {evse} is in use."
    for id_ in known.running:
        yield f"Transaction {id_} runs."
    for number in known.profiles:
        yield f"Charging profile {number} is for what runs."
    for one in known.reserved:
        yield f"Reservation {one.id} lasts until {timestamp.render(one.until)}."
    for trace in past:
        if trace.transaction not in known.running:
            waits = "" if trace.told else ", which is still to be told"
            at = timestamp.render(trace.at)
            yield f"Transaction {trace.transaction} at EVSE {trace.evse} of {at}{waits}."


def _said(verdict: Verdict) -> str:
    group = f", group {verdict.group}" if verdict.group else ""
    until = f", until {timestamp.render(verdict.expires_at)}" if verdict.expires_at else ""
    return f"{verdict.status.value}{group}{until}"


def _pieces(request: int, text: str, at: float) -> Iterator[Call]:
    """Yield the messages of a report; one without data says that there is none."""
    for number, start in enumerate(range(0, max(len(text), 1), LONGEST)):
        message = v201.NotifyCustomerInformation(
            data=text[start : start + LONGEST],
            tbc=start + LONGEST < len(text),
            seqNo=number,
            generatedAt=timestamp.render(at),
            requestId=request,
        )
        yield Call("NotifyCustomerInformation", message)
