"""What can go wrong between two OCPP peers: the room's errors.

ProtocolError
├── RemoteProtocolError   the peer broke the protocol; answer it when `message_id` is given
└── LocalProtocolError    we would break it; a bug on our side
"""

from __future__ import annotations


class ProtocolError(Exception):
    """The base of every error of this room."""


class RemoteProtocolError(ProtocolError):
    """The peer sent what the protocol forbids.

    `code` is the CALLERROR code in the spelling of the peer's OCPP version, `detail` a sentence of
    at most 255 characters, `path` the JSON path of the culprit (`$` is the whole payload), and
    `message_id` the id to answer with; None means that nothing may be answered.
    """

    def __init__(
        self, code: str, detail: str, message_id: str | None = None, path: str = "$"
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail[:255]
        self.message_id = message_id
        self.path = path


class LocalProtocolError(ProtocolError, ValueError):
    """We were about to break the protocol: a wrong value, or a second open call.

    It is a ValueError too, because the checks of a message also run while one is decoded, and
    msgspec turns only ValueError into its own error with a path.
    """
