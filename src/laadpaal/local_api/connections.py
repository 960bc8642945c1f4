"""One connection of a client: how long it may take, how much it may say, and when it is gone."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from laadpaal.local_api.manners import early

LONGEST_HEAD = 16 * 1024
"""Bytes of a request's first line and headers."""
REQUEST_S = 10.0
"""How long a client may take for the head of a request, from the first byte on."""
SILENCE_S = 30.0
"""How long a client may neither send what it has announced nor read what it is sent."""
IDLE_S = 300
"""How long a connection is kept for the next request: as long as a session without any."""
MOST = 128
"""Connections at once that are served; all above are told to come again (503)."""
MOST_REFUSED = 2 * MOST
"""Connections at once; those above are not even told."""
LINGER_S = 2.0
"""How long we hear a client out that goes on sending what nobody wants, until it reads why."""


class Peer:
    """A connection as everybody behind it knows it: who asks next over it is the same program."""

    def __init__(self, *, crowded: bool) -> None:
        self.crowded = crowded
        """Whether there were too many when it came."""
        self.gone = asyncio.Event()
        """Set once the connection is lost."""


class Lingering:
    """A transport that closes only when a client has had the time to read what it was told."""

    def __init__(self, inner: asyncio.Transport, busy: Callable[[], bool]) -> None:
        self._inner, self._busy = inner, busy
        self.lingers = False
        """Whether what comes in is thrown away."""

    def close(self) -> None:
        """Close it, at once or soon."""
        if self.lingers or not self._busy():
            self._inner.close()
            return
        self.lingers = True
        self._inner.resume_reading()
        asyncio.get_running_loop().call_later(LINGER_S, self._inner.close)

    def is_closing(self) -> bool:
        """Tell whether nothing more goes out."""
        return self.lingers or self._inner.is_closing()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever a transport has
        return getattr(self._inner, name)


class Connection(H11Protocol):
    """What the server speaks over one connection; the framework wants it derived."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._peer = Peer(crowded=len(self.connections) >= MOST)
        self.app_state = {**app_state, "peer": self._peer}
        self._patience: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # so is the framework's
        """Begin; one too many ends at once."""
        lingering = Lingering(transport, self._is_told_more)
        super().connection_made(lingering)  # type: ignore[arg-type]  # it has all that is used of one
        if len(self.connections) > MOST_REFUSED:
            transport.abort()
        self._wait(REQUEST_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and tell so."""
        self.transport.lingers = True  # type: ignore[attr-defined]  # and it has lingered long enough
        super().connection_lost(exc)
        self._wait(None)
        self.resume_writing()
        self._peer.gone.set()

    def data_received(self, data: bytes) -> None:
        """Take what the client says."""
        if self.transport.lingers:  # type: ignore[attr-defined]  # it is ours
            return
        fresh = self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]
        super().data_received(data)
        match self.conn.their_state:
            case h11.IDLE:
                # The clock of a head that comes in drops is not wound again by each.
                if fresh and self.conn.trailing_data[0]:
                    self._wait(REQUEST_S)
            case h11.SEND_BODY:
                self._wait(SILENCE_S)
            case _:
                self._wait(None)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._wait(None)
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Have the client read, in its time."""
        super().pause_writing()
        self._stalled = self.loop.call_later(SILENCE_S, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on, for it has read."""
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  the framework's words
        """Tell a client in one shape that it speaks no HTTP, or says too much at once."""
        wrong = sys.exception()
        status, detail = HTTPStatus.BAD_REQUEST, "that is no request of HTTP/1.1"
        if isinstance(wrong, h11.RemoteProtocolError):
            status = HTTPStatus(wrong.error_status_hint)
        if status is HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            detail = f"the head of a request has at most {LONGEST_HEAD} bytes"
            if b"\r\n" not in self.conn.trailing_data[0]:
                status, detail = HTTPStatus.REQUEST_URI_TOO_LONG, "the URL is too long"
        self._tell(status, detail)

    def _tell(self, status: HTTPStatus, detail: str) -> None:
        if self.conn.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            self.transport.abort()  # it has been answered already
            return
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        path = self.conn.trailing_data[0].partition(b" ")[2].decode("ascii", "replace")
        told = early(path, status, detail)
        reason = status.phrase.encode()
        head = h11.Response(status_code=status, headers=told.raw_headers, reason=reason)
        for event in (head, h11.Data(data=bytes(told.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _is_told_more(self) -> bool:
        """Whether the client may still be sending what nobody wants."""
        return self.conn.their_state in {h11.SEND_BODY, h11.ERROR}

    def _wait(self, seconds: float | None) -> None:
        """Hang up in so many seconds; None is never."""
        if self._patience:
            self._patience.cancel()
            self._patience = None
        if seconds is not None:
            self._patience = self.loop.call_later(seconds, self._hang_up)

    def _hang_up(self) -> None:
        if self.flow.read_paused:
            self._wait(SILENCE_S)  # it is us who do not listen
        elif self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            self._tell(HTTPStatus.REQUEST_TIMEOUT, "the head of the request takes too long")
        else:
            self.transport.abort()
