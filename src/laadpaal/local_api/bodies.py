"""What may be sent in the body of a request; unknown members are refused."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

import msgspec
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
)
from pydantic.dataclasses import dataclass

from laadpaal.local_api.passwords import LONGEST_H
from laadpaal.ports.pace import QUICKEST, SLOWEST
from laadpaal.properties.kinds import DataType
from laadpaal.station.cards import Rank
from laadpaal.station.charging_profiles import Unit
from laadpaal.station.faults import FAULTS
from laadpaal.station.words import ResetKind, TokenKind

STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)

Identifier = Annotated[StrictStr, Field(min_length=1, max_length=36, pattern=r"^[!-~]+$")]
"""A token's text (OCPP 2.0.1 IdTokenType)."""
HIGHEST_CABLE_A = 80.0
"""The most a control pilot can offer."""


def _sayable(wishes: dict[str, object]) -> dict[str, object]:
    """Return them; raises ValueError for half a character, which no reply could repeat."""
    try:
        msgspec.json.encode(wishes)
    except UnicodeEncodeError as wrong:
        raise ValueError(f"a member cannot be told: {wrong}") from wrong
    return wishes


Wishes = Annotated[dict[str, object], AfterValidator(_sayable)]
"""Traits by name, whatever they are: whoever has them looks at them."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Start:
    """Who starts; without a token somebody at the station's own button does."""

    token: Identifier = "LOCAL"  # noqa: S105  everybody may know it
    kind: TokenKind = TokenKind.LOCAL


@dataclass(frozen=True, slots=True, config=STRICT)
class Unlock:
    """Which connector; `stops` ends a running transaction first, else it forbids unlocking."""

    connector: StrictInt = 1
    stops: StrictBool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class PhaseWish:
    """How many phases to use; `source` is who wishes it, as people call them."""

    phases: Literal[1, 3]
    source: Annotated[StrictStr, Field(min_length=1, max_length=40)] = "control API"


@dataclass(frozen=True, slots=True, config=STRICT)
class CardRank:
    """What a card of the white list may do."""

    rank: Rank = Rank.ACTIVE


@dataclass(frozen=True, slots=True, config=STRICT)
class Teaching:
    """Whether each card that is held to a reader is added or removed."""

    on: StrictBool


@dataclass(frozen=True, slots=True, config=STRICT)
class ResetWish:
    """How urgent the reset is."""

    kind: ResetKind = ResetKind.SOFT


@dataclass(frozen=True, slots=True, config=STRICT)
class Limit:
    """How much may be taken: ampere on each line, or watts on all together.

    `duration_s` is for how long; null is until it is released.
    """

    limit: StrictFloat
    unit: Unit = Unit.AMPERE
    duration_s: StrictInt | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class NewValue:
    """A setting's new value, as text or as what the text spells."""

    value: StrictBool | StrictInt | StrictFloat | StrictStr

    def spelled(self, type_: DataType) -> str:
        """Return the value as a setting of that type reads it; 30.0 is a whole number in JSON."""
        match self.value:
            case bool():
                return "true" if self.value else "false"
            case float() if type_ is DataType.INTEGER and self.value.is_integer():
                return str(int(self.value))
            case _:
                return str(self.value)


@dataclass(frozen=True, slots=True, config=STRICT)
class LoginWish:
    """Who wants to be let in."""

    password: StrictStr
    user: StrictStr = "admin"


@dataclass(frozen=True, slots=True, config=STRICT)
class PasswordWish:
    """The password that is to hold from now on; `old` is the one until now."""

    password: StrictStr
    old: StrictStr | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class AccountWish:
    """The password or PIN that lets a user in; `hours` is for how long a temporary one does."""

    password: StrictStr
    hours: Annotated[StrictInt | None, Field(ge=1, le=LONGEST_H)] = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Showing:
    """What to show from now on: a chain in PEM, the station's own first, and its private key."""

    chain: StrictStr
    key: StrictStr


@dataclass(frozen=True, slots=True, config=STRICT)
class SpeedWish:
    """How many station seconds shall pass in one real second."""

    speed: Annotated[StrictFloat, Field(ge=SLOWEST, le=QUICKEST)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Bay:
    """Whether a vehicle stands in the parking bay."""

    occupied: StrictBool = True


@dataclass(frozen=True, slots=True, config=STRICT)
class Plug:
    """The current the cable is made for."""

    cable_a: Annotated[StrictFloat, Field(gt=0, le=HIGHEST_CABLE_A)] = 32.0


@dataclass(frozen=True, slots=True, config=STRICT)
class Unplug:
    """Whether the plug is pulled at the vehicle rather than at the station."""

    vehicle_side: StrictBool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class Appliance:
    """What the appliance in a domestic outlet takes; without it the plug is pulled."""

    current_a: Annotated[StrictFloat | None, Field(ge=0, le=32)] = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Card:
    """A card, 1 to 10 bytes as hexadecimal digits, and its reader; reader 0 serves all EVSEs."""

    uid: Annotated[StrictStr, Field(pattern=r"^([0-9A-Fa-f]{2}){1,10}$")]
    reader: StrictInt = 0


@dataclass(frozen=True, slots=True, config=STRICT)
class PaymentCard:
    """A payment card, by any text that tells it from others, and its reader."""

    card: Annotated[StrictStr, Field(min_length=1, max_length=36, pattern=r"^[!-~]+$")]
    reader: StrictInt = 0


@dataclass(frozen=True, slots=True, config=STRICT)
class Presented:
    """Any token: a card, a code that is keyed in, or with NoAuthorization the start button."""

    kind: TokenKind
    token: Annotated[StrictStr, Field(max_length=36, pattern=r"^[!-~]*$")] = ""
    reader: StrictInt = 0


@dataclass(frozen=True, slots=True, config=STRICT)
class RowFault:
    """A row of the error table, and whether it holds."""

    evse: StrictInt
    code: Annotated[StrictInt, Field(json_schema_extra={"enum": sorted(FAULTS)})]
    active: StrictBool = True


@dataclass(frozen=True, slots=True, config=STRICT)
class TroubleWish:
    """A trouble by name, and whether it is on; parameters that are not given are as listed."""

    trouble: StrictStr
    evse: StrictInt = 0
    on: StrictBool = True
    parameters: dict[str, StrictFloat | StrictInt | StrictStr] = field(default_factory=dict)
