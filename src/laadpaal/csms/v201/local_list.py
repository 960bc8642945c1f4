"""The local authorization list: tokens that may be judged without asking (block D)."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Refusal, Reply, Scene, Wish
from laadpaal.csms.v201.authorization import token, utc, verdict
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.properties.authorization import LOCAL_LIST_ENABLED, LONGEST_LIST, LONGEST_LIST_B
from laadpaal.protocols.ocpp import codec, v201
from laadpaal.station.answers import Answer, Reason, Refused
from laadpaal.station.requests import WriteLocalList
from laadpaal.station.words import Verdict

_STATUS = v201.SendLocalListStatus


def send(call: v201.SendLocalList, scene: Scene) -> Reply | Wish:  # noqa: ARG001  the shape of a hearer
    """Write the list, all of it or nothing (D01).

    An expiry that is no instant spoils the list: without it the entry would hold for ever.
    """
    _limit(call)
    listed = () if call.localAuthorizationList is UNSET else call.localAuthorizationList
    if not all(_dated(entry) for entry in listed):
        info = status_info(Reason.BAD_VALUE.value, "an expiry is no instant")
        return Reply(v201.SendLocalListResponse(status=_STATUS.Failed, statusInfo=info))
    wish = WriteLocalList(
        call.versionNumber,
        call.updateType is v201.Update.Full,
        tuple((token(entry.idToken), _verdict(entry)) for entry in listed),
    )
    return Wish((wish,), _written)


def _limit(call: v201.SendLocalList) -> None:
    """Refuse more than ItemsPerMessage, or BytesPerMessage written as short as it can be."""
    items = 0 if call.localAuthorizationList is UNSET else len(call.localAuthorizationList)
    if items > LONGEST_LIST:
        detail = f"{items} entries are more than {LONGEST_LIST}"
        raise Refusal("OccurrenceConstraintViolation", detail)
    size_b = len(bytes(codec.encode(call)))
    if size_b > LONGEST_LIST_B:
        raise Refusal("FormatViolation", f"{size_b} bytes are more than {LONGEST_LIST_B}")


def _dated(entry: v201.AuthorizationData) -> bool:
    expiry = UNSET if entry.idTokenInfo is UNSET else entry.idTokenInfo.cacheExpiryDateTime
    return expiry is UNSET or utc(expiry) is not None


def _verdict(entry: v201.AuthorizationData) -> Verdict | None:
    return None if entry.idTokenInfo is UNSET else verdict(entry.idTokenInfo)


def _written(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    match answer:
        case Refused(Reason.OLD_VERSION):
            status = _STATUS.VersionMismatch
        case Refused():
            status = _STATUS.Failed
        case _:
            status = _STATUS.Accepted
    return Reply(v201.SendLocalListResponse(status=status, statusInfo=why(answer)))


def version(call: v201.GetLocalListVersion, scene: Scene) -> Reply:  # noqa: ARG001  the shape of a hearer
    """Tell the version of the list; 0 says that there is none, or that it is off (D02)."""
    enabled = scene.desk.values[LOCAL_LIST_ENABLED]
    number = scene.desk.view().local_list.version if enabled else 0
    return Reply(v201.GetLocalListVersionResponse(versionNumber=number))
