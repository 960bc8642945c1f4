"""Messages for people on the display: set, told and cleared (block O)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Call, Reply, Scene, Wish
from laadpaal.csms.v201.authorization import utc
from laadpaal.csms.v201.pages import pages
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.csms.v201.tariff import FORMATS
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.requests import ClearMessage, ShowMessage
from laadpaal.station.shown import DisplayMessage, MessageState, Priority

_DISPLAY = "display"
_STATUS = v201.DisplayMessageStatus


def set_message(call: v201.SetDisplayMessage, scene: Scene) -> Reply | Wish:  # noqa: ARG001  the shape of a hearer
    """Keep a message and show it in its time (O01, O02, O06)."""
    info = call.message
    if info.message.format not in FORMATS:
        return Reply(v201.SetDisplayMessageResponse(status=_STATUS.NotSupportedMessageFormat))
    wrong = _wrong(info)
    if wrong:
        return Reply(
            v201.SetDisplayMessageResponse(
                status=_STATUS.Rejected, statusInfo=status_info("InvalidValue", wrong)
            )
        )
    return Wish((ShowMessage(_message(info)),), _set)


def _wrong(info: v201.MessageInfo) -> str:
    """Return what is wrong with a message that the core could not know, or ""."""
    instants = {"startDateTime": info.startDateTime, "endDateTime": info.endDateTime}
    for name, text in instants.items():
        if text is not UNSET and utc(text) is None:
            return f"{name} is no instant"
    if info.message.format is v201.MessageFormat.ASCII and not info.message.content.isascii():
        return "the content is not ASCII"
    if info.display is not UNSET and info.display.name.lower() != _DISPLAY:
        return f"there is no {info.display.name} to show it on"
    return ""


def _message(info: v201.MessageInfo) -> DisplayMessage:
    place = UNSET if info.display is UNSET else info.display.evse
    return DisplayMessage(
        info.id,
        Priority(info.priority.value),
        info.message.content,
        ascii=info.message.format is v201.MessageFormat.ASCII,
        language=info.message.language or "",
        state=None if info.state is UNSET else MessageState(info.state.value),
        starts_at=None if info.startDateTime is UNSET else utc(info.startDateTime),
        ends_at=None if info.endDateTime is UNSET else utc(info.endDateTime),
        transaction=None if info.transactionId is UNSET else info.transactionId,
        evse=0 if place is UNSET else place.id,
    )


def _set(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Accepted():
            status = _STATUS.Accepted
        case Refused(Reason.UNKNOWN_TRANSACTION):
            status = _STATUS.UnknownTransaction
        case _:
            status = _STATUS.Rejected
    return Reply(v201.SetDisplayMessageResponse(status=status, statusInfo=why(answers[0])))


def get(call: v201.GetDisplayMessages, scene: Scene) -> Reply:
    """Tell the messages that fit all that is given (O03, O04)."""
    found = [m for m in scene.desk.view().messages if _fits(m, call)]
    status = v201.GetDisplayMessagesStatus
    return Reply(
        v201.GetDisplayMessagesResponse(status=status.Accepted if found else status.Unknown),
        then=tuple(_told(call.requestId, found)),
    )


def _fits(message: DisplayMessage, call: v201.GetDisplayMessages) -> bool:
    state = UNSET if message.state is None else v201.MessageState(message.state.value)
    return (
        (call.id is UNSET or message.id in call.id)
        and (call.priority is UNSET or message.priority.value == call.priority.value)
        and (call.state is UNSET or state is call.state)
    )


def _told(request: int, messages: Iterable[DisplayMessage]) -> Iterator[Call]:
    found = pages(map(_info, messages))
    for number, page in enumerate(found, 1):
        message = v201.NotifyDisplayMessages(
            requestId=request, messageInfo=page, tbc=number < len(found)
        )
        yield Call("NotifyDisplayMessages", message)


def _info(message: DisplayMessage) -> v201.MessageInfo:
    place = v201.EVSE(id=message.evse) if message.evse else UNSET
    return v201.MessageInfo(
        id=message.id,
        priority=v201.MessagePriority(message.priority.value),
        message=v201.MessageContent(
            format=v201.MessageFormat.ASCII if message.ascii else v201.MessageFormat.UTF8,
            content=message.text,
            language=message.language or UNSET,
        ),
        display=v201.Component(name="Display", evse=place) if message.evse else UNSET,
        state=UNSET if message.state is None else v201.MessageState(message.state.value),
        startDateTime=_instant(message.starts_at),
        endDateTime=_instant(message.ends_at),
        transactionId=UNSET if message.transaction is None else message.transaction,
    )


def _instant(utc_s: float | None) -> str | UnsetType:
    return UNSET if utc_s is None else timestamp.render(utc_s)


def clear(call: v201.ClearDisplayMessage, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Show a message no more (O05)."""
    return Wish((ClearMessage(call.id),), _cleared)


def _cleared(answers: tuple[Answer, ...]) -> Reply:
    status = v201.ClearMessageStatus
    done = isinstance(answers[0], Accepted)
    return Reply(
        v201.ClearDisplayMessageResponse(
            status=status.Accepted if done else status.Unknown, statusInfo=why(answers[0])
        )
    )
