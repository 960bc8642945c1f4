"""The flight recorder: everything a life was told, so that it can be lived again."""

from __future__ import annotations

import errno
import logging
import mmap
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, get_args

import msgspec

from laadpaal.properties.book import setting
from laadpaal.properties.rows import Setting
from laadpaal.properties.values import Values
from laadpaal.runtime.secrets import Codes, mask_of, masked, masked_saved
from laadpaal.runtime.turns import Asked, Item, Woken
from laadpaal.station.events import Event
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.requests import Request
from laadpaal.station.saved import Saved
from laadpaal.station.station import Station

_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (*get_args(Event), *get_args(Request))}
MOST_BYTES = 20_000_000
"""A recording does not grow beyond this; with the older file it is twice as much."""


class FlightError(Exception):
    """A recording that cannot be replayed; the text names the line and the reason."""


class Head(msgspec.Struct, frozen=True, tag="life", tag_field="is"):
    """A life begins: what it was given.

    Args:
        settings: Those that were set, as (id, EVSE, text); secrets are masked.
        fixed: Those that the dialect holds fixed, as (id, text).
        saved: What storage kept, without the settings.
    """

    layout: Layout
    settings: tuple[tuple[str, int, str], ...]
    fixed: tuple[tuple[str, str], ...]
    saved: Saved

    def station(self, ids: Iterator[str]) -> Station:
        """Return a fresh core that was given the same; raises FlightError for a bad setting."""
        try:
            values = Values(
                {(id_, evse): _row(id_).kind.parse(text) for id_, evse, text in self.settings},
                {id_: _row(id_).kind.parse(text) for id_, text in self.fixed},
            )
        except ValueError as wrong:
            raise FlightError(f"a setting has no value: {wrong}") from wrong
        return Station(self.layout, values, ids, self.saved)


class Turn(msgspec.Struct, frozen=True, tag="turn", tag_field="is"):
    """An event or a request, or None for the agenda's alarm, and the moment of its turn."""

    at: Moment
    kind: str | None
    what: dict[str, Any] | None = None

    def item(self) -> Event | Request | None:
        """Return it as it was; raises FlightError for one that this release does not know."""
        if self.kind is None:
            return None
        if self.kind not in _KINDS:
            raise FlightError(f"there is no {self.kind} (any more)")
        try:
            thing: Event | Request = msgspec.convert(self.what, _KINDS[self.kind])
        except msgspec.ValidationError as wrong:
            raise FlightError(f"{self.kind}: {wrong}") from wrong
        return thing


class Drawn(msgspec.Struct, frozen=True, tag="id", tag_field="is"):
    """A transaction id that was drawn."""

    id: str


Line = Head | Turn | Drawn
LINES = msgspec.json.Decoder(Line)


def older(path: Path) -> Path:
    """Return where a recording goes that has grown too long."""
    return path.with_suffix(f".1{path.suffix}")


class Recorder:
    """Appends lines of JSON to a file; each line is out of our hands when its turn is taken.

    A station does not depend on it: when the file cannot be written, that is logged, and the rest
    of that life is not recorded.

    Args:
        most_bytes: A file that would grow beyond this becomes the one older file.
    """

    def __init__(self, path: Path, log: logging.Logger, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._log = log
        self._most_bytes = most_bytes
        self._file: IO[bytes] | None = None
        self._bytes = 0
        self._codes = Codes()

    def begin(self, layout: Layout, values: Values, saved: Saved) -> None:
        """Write what a new life starts from."""
        self.close()
        try:
            self._open()
        except OSError as wrong:
            self._stop(wrong)
        self._write(
            Head(
                layout,
                tuple(_texts(values)),
                tuple((id_, _row(id_).kind.show(value)) for id_, value in values.held()),
                # The settings stand above, without the secrets among them.
                masked_saved(saved),
            )
        )

    def watch(self, item: Item, at: Moment) -> None:
        """Write an item before its turn."""
        match item:
            case Woken():
                self._write(Turn(at, None))
            case Asked(request):
                self._write(Turn(at, type(request).__name__, _plain(masked(request))))
            case _:
                shown = self._codes.without_card(item)
                self._write(Turn(at, type(item).__name__, _plain(shown)))

    def ids(self, ids: Iterator[str]) -> Iterator[str]:
        """Yield the same ids, writing down each."""
        for id_ in ids:
            self._write(Drawn(id_))
            yield id_

    def close(self) -> None:
        """Let the file go."""
        if self._file:
            self._file.close()
            self._file = None

    def _open(self) -> None:
        # The cards of the cache are in it, so it is the owner's alone.
        number = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._file = os.fdopen(number, "ab", buffering=0)
        os.fchmod(number, 0o600)
        self._bytes = _whole_lines(number)
        self._file.truncate(self._bytes)

    def _write(self, line: Line) -> None:
        if self._file is None:
            return
        text = self._codes.hidden(msgspec.json.encode(line)) + b"\n"
        try:
            if 0 < self._bytes > self._most_bytes - len(text):
                self.close()
                self._path.replace(older(self._path))
                self._open()
            self._append(text)
        except OSError as wrong:
            self._stop(wrong)

    def _append(self, text: bytes) -> None:
        if self._file and self._file.write(text) < len(text):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._bytes += len(text)

    def _stop(self, wrong: OSError) -> None:
        self._log.error("The flight recorder has stopped: %s", wrong)
        self.close()


def _whole_lines(number: int) -> int:
    """Return how many bytes there are without a last line that a power cut left half written."""
    if not os.fstat(number).st_size:
        return 0
    with mmap.mmap(number, 0, access=mmap.ACCESS_READ) as view:
        return view.rfind(b"\n") + 1


def _plain(thing: object) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(thing)
    return plain


def _row(id_: str) -> Setting[Any]:
    row = setting(id_)
    if row is None:
        raise FlightError(f"{id_} is not a setting (any more)")
    return row


def _texts(values: Values) -> Iterator[tuple[str, int, str]]:
    for (id_, evse), value in values.items():
        row = _row(id_)
        yield id_, evse, mask_of(row) if row.secret else row.kind.show(value)
