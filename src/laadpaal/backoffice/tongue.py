"""The OCPP versions that the back office speaks: how it answers, and how it commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from laadpaal.backoffice.v16 import answers as answers_v16
from laadpaal.backoffice.v16 import commands as commands_v16
from laadpaal.backoffice.v201 import answers as answers_v201
from laadpaal.backoffice.v201 import commands as commands_v201
from laadpaal.backoffice.visit import Visit
from laadpaal.protocols.ocpp import v16, v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.protocols.ocpp.version import Language
from laadpaal.station.words import ResetKind, Token


class Commands(Protocol):
    """The calls of one version, and what their answers come down to; ValueError when it has none.

    In OCPP 1.6 an EVSE is a connector, and 0 is the station.
    """

    def remote_start(self, evse: int | None, token: Token, number: int, /) -> Message:
        """Return the call that starts charging at an EVSE, or at any."""
        ...

    def remote_stop(self, transaction: str, /) -> Message:
        """Return the call that stops a transaction."""
        ...

    def unlock(self, evse: int, connector: int, /) -> Message:
        """Return the call that unlocks a connector."""
        ...

    def reset(self, kind: ResetKind, /) -> Message:
        """Return the call that restarts the station."""
        ...

    def availability(self, evse: int, connector: int | None, /, *, operative: bool) -> Message:
        """Return the call that puts an EVSE or the station in or out of service."""
        ...

    def get_config(self, name: str, /) -> Message:
        """Return the call that asks for one value."""
        ...

    def set_config(self, name: str, value: str, /) -> Message:
        """Return the call that changes one value."""
        ...

    def trigger(self, message: str, evse: int | None, /) -> Message:
        """Return the call that asks for a message."""
        ...

    def clear_cache(self) -> Message:
        """Return the call that empties the authorization cache."""
        ...

    def status_of(self, answer: Message, /) -> str:
        """Return the status word of the answer to a command."""
        ...

    def value_of(self, answer: Message, /) -> str | None:
        """Return the value in the answer to `get_config`."""
        ...

    def asks_for(self, call: Message, /) -> str | None:
        """Return the action that the station may call because of this call, if any."""
        ...


@dataclass(frozen=True, slots=True)
class Tongue:
    """One OCPP version."""

    language: Language
    answer: Callable[[Message, Visit], Message]
    commands: Commands

    @property
    def subprotocol(self) -> str:
        """Its name in the handshake."""
        return self.language.version.subprotocol


TONGUES: Mapping[str, Tongue] = MappingProxyType(
    {
        v16.LANGUAGE.version.subprotocol: Tongue(v16.LANGUAGE, answers_v16.answer, commands_v16),
        v201.LANGUAGE.version.subprotocol: Tongue(
            v201.LANGUAGE, answers_v201.answer, commands_v201
        ),
    }
)
"""By subprotocol."""
