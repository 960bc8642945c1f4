"""The local authorization list: idTags that may be judged without asking (5.10, 5.15)."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Reply, Scene, Wish
from laadpaal.csms.v16.authorization import verdict
from laadpaal.csms.v16.provisioning import instant
from laadpaal.properties.authorization import LOCAL_LIST_ENABLED
from laadpaal.protocols.ocpp import v16
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.requests import WriteLocalList
from laadpaal.station.words import Token, Verdict

NO_LIST = -1
"""The version that says there is no local list; 0 would say that it is empty."""

_WORDS = {
    Reason.LIST_OFF: v16.UpdateStatus.NotSupported,
    Reason.OLD_VERSION: v16.UpdateStatus.VersionMismatch,
}
"""What a refusal reads as; every other one is Failed."""


def send(call: v16.SendLocalList, scene: Scene) -> Reply | Wish:  # noqa: ARG001  a hearer
    """Write the list; an idTag tells no kind, so an entry is for every kind of token.

    An expiry that is no instant spoils the list: without it the entry would hold for ever.
    """
    listed = () if call.localAuthorizationList is UNSET else call.localAuthorizationList
    if not all(_dated(entry) for entry in listed):
        return Reply(v16.SendLocalListResponse(status=v16.UpdateStatus.Failed))
    wish = WriteLocalList(
        call.listVersion,
        call.updateType is v16.UpdateType.Full,
        tuple((Token(entry.idTag, kind=None), _verdict(entry)) for entry in listed),
    )
    return Wish((wish,), _written)


def _dated(entry: v16.AuthorizationData) -> bool:
    expiry = UNSET if entry.idTagInfo is UNSET else entry.idTagInfo.expiryDate
    return expiry is UNSET or instant(expiry) is not None


def _verdict(entry: v16.AuthorizationData) -> Verdict | None:
    return None if entry.idTagInfo is UNSET else verdict(entry.idTagInfo)


def _written(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Accepted():
            word = v16.UpdateStatus.Accepted
        case Refused(reason):
            word = _WORDS.get(reason, v16.UpdateStatus.Failed)
        case _:
            word = v16.UpdateStatus.Failed
    return Reply(v16.SendLocalListResponse(status=word))


def version(call: v16.GetLocalListVersion, scene: Scene) -> Reply:  # noqa: ARG001  a hearer
    """Tell the version of the list, and that there is none while it is switched off."""
    enabled = scene.desk.values[LOCAL_LIST_ENABLED]
    number = scene.desk.view().local_list.version if enabled else NO_LIST
    return Reply(v16.GetLocalListVersionResponse(listVersion=number))
