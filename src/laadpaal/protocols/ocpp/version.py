"""What differs between the OCPP versions on the wire, as data: error codes, who gets an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from laadpaal.protocols.ocpp.message import Message


class Fault(Enum):
    """The ways in which a peer can be wrong; each version has its own code for them."""

    UNREADABLE = auto()  # no JSON, or no frame
    TOO_LONG = auto()
    UNKNOWN_TYPE = auto()  # a message type number that is not 2, 3 or 4
    UNKNOWN_ACTION = auto()
    MALFORMED = auto()  # the payload is no object
    UNKNOWN_FIELD = auto()
    MISSING = auto()  # a required field is absent
    WRONG_COUNT = auto()  # too few or too many elements
    WRONG_TYPE = auto()
    WRONG_VALUE = auto()  # enum, length, range


@dataclass(frozen=True, slots=True)
class Version:
    """How one OCPP version answers a peer that is wrong.

    `unreadable_id` is the id a CALLERROR carries when the peer's cannot be read; None where the
    version has no such answer. `answers_unknown_type` tells whether a frame of an unknown type
    is answered or ignored.
    """

    subprotocol: str
    codes: Mapping[Fault, str]
    unreadable_id: str | None
    answers_unknown_type: bool
    null_is_empty: bool


@dataclass(frozen=True, slots=True)
class Action:
    """The two messages of one action.

    `whole_floats` says whether the schemas take `1.0` where a whole number is due: JSON schema
    draft 6 does, draft 4 does not.
    """

    call: type[Message]
    response: type[Message]
    whole_floats: bool


@dataclass(frozen=True, slots=True)
class Language:
    """One OCPP version: how it answers faults, and its messages by action."""

    version: Version
    actions: Mapping[str, Action]


# OCPP-J 1.6 section 4.2.3 calls an incomplete payload ProtocolError, and keeps
# OccurenceConstraintViolation (its own spelling) for fields that occur too rarely or too often.
V16 = Version(
    subprotocol="ocpp1.6",
    codes=MappingProxyType(
        {
            Fault.UNREADABLE: "FormationViolation",
            Fault.TOO_LONG: "FormationViolation",
            Fault.UNKNOWN_TYPE: "GenericError",
            Fault.UNKNOWN_ACTION: "NotImplemented",
            Fault.MALFORMED: "FormationViolation",
            Fault.UNKNOWN_FIELD: "FormationViolation",
            Fault.MISSING: "ProtocolError",
            Fault.WRONG_COUNT: "OccurenceConstraintViolation",
            Fault.WRONG_TYPE: "TypeConstraintViolation",
            Fault.WRONG_VALUE: "PropertyConstraintViolation",
        }
    ),
    unreadable_id=None,
    answers_unknown_type=False,
    null_is_empty=True,
)

# OCPP 2.0.1 part 4 table 9 counts a missing field as an occurrence; ProtocolError is left for a
# payload that is not the action's structure, which a field of no meaning is.
_SINCE_2 = MappingProxyType(
    {
        Fault.UNREADABLE: "RpcFrameworkError",
        Fault.TOO_LONG: "FormatViolation",
        Fault.UNKNOWN_TYPE: "MessageTypeNotSupported",
        Fault.UNKNOWN_ACTION: "NotImplemented",
        Fault.MALFORMED: "FormatViolation",
        Fault.UNKNOWN_FIELD: "ProtocolError",
        Fault.MISSING: "OccurrenceConstraintViolation",
        Fault.WRONG_COUNT: "OccurrenceConstraintViolation",
        Fault.WRONG_TYPE: "TypeConstraintViolation",
        Fault.WRONG_VALUE: "PropertyConstraintViolation",
    }
)

V201 = Version(
    subprotocol="ocpp2.0.1",
    codes=_SINCE_2,
    unreadable_id="-1",
    answers_unknown_type=True,
    null_is_empty=False,
)

# The frames of 2.1 that need no answer, or complain of one, are none of ours yet.
V21 = Version(
    subprotocol="ocpp2.1",
    codes=_SINCE_2,
    unreadable_id="-1",
    answers_unknown_type=True,
    null_is_empty=False,
)
