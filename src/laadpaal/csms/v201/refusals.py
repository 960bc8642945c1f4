"""How this version says no: reason codes, and the actions this station does not offer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Hearer, Refusal, Reply, Scene
from laadpaal.protocols.ocpp import v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.answers import Answer, Reason, Refused

_DETAIL_LENGTH = 512
_UNSUPPORTED = v201.StatusInfo(reasonCode="UnsupportedRequest")

# The other reasons are spelled as the standard's own list of reason codes spells them.
_CODES = {
    Reason.CACHE_OFF: "NotEnabled",
    Reason.EXTERNAL_LIMITS_OFF: "NotEnabled",
    Reason.PROFILES_OFF: "NotEnabled",
    Reason.UNKNOWN_LIMIT: "NotFound",
    Reason.LIST_OFF: "NotEnabled",
    Reason.LOCK_STUCK: "InternalError",
    Reason.PHASES_FIXED: "UnsupportedRequest",
    Reason.NOT_ON_TRIAL: "NotFound",
    Reason.NO_RESERVATIONS: "NotEnabled",
    Reason.OLD_VERSION: "InvalidValue",
    Reason.RESERVED: "InvalidIdToken",
    Reason.UNKNOWN_RESERVATION: "NotFound",
    Reason.MESSAGES_OFF: "NotEnabled",
    Reason.UNKNOWN_MESSAGE: "NotFound",
    Reason.UNKNOWN_SETTING: "NotFound",
    Reason.UNKNOWN_PROFILE: "NotFound",
    Reason.UNKNOWN_MONITOR: "NotFound",
    Reason.OTHER_MONITOR: "InvalidValue",
    Reason.HARD_WIRED: "ReadOnly",
    Reason.DUPLICATE_MONITOR: "InvalidValue",
    Reason.BAD_MONITOR: "UnsupportedRequest",
}


def status_info(reason: str, detail: str = "") -> v201.StatusInfo:
    """Return the reason of a refusal; a detail that is too long is cut."""
    return v201.StatusInfo(
        reasonCode=reason, additionalInfo=detail[:_DETAIL_LENGTH] if detail else UNSET
    )


def why(answer: Answer) -> v201.StatusInfo | UnsetType:
    """Return the reason the station gave, and nothing when it did not refuse."""
    if isinstance(answer, Refused):
        return status_info(code(answer.reason), answer.detail)
    return UNSET


def code(reason: Reason) -> str:
    """Return the standard's reason code for one of ours."""
    return _CODES.get(reason, reason.value)


def not_supported(call: Message, scene: Scene) -> Reply:  # noqa: ARG001  the shape of a hearer
    """Refuse an action whose response could not say so."""
    raise Refusal("NotSupported", f"{type(call).__name__} is not offered by this station")


UNSUPPORTED: Mapping[str, Hearer] = MappingProxyType(
    {
        "PublishFirmware": not_supported,
        "UnpublishFirmware": not_supported,
    }
)
