"""A body in parts becomes the bytes of the one file in it, however it was cut (RFC 7578, 2046)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from laadpaal.local_api.uploads.errors import UploadError, broken
from laadpaal.protocols.firmware.beginnings import begins

MOST_PARTS = 20_000
LARGEST_HEAD = 8192
"""Bytes of all header lines of a part."""
MOST_BESIDE = 64 * 1024
"""Bytes of what is not the file: preamble, text fields, epilogue."""
_CRLF, _END = b"\r\n", b"\r\n\r\n"
_FOLDED = re.compile(rb"\r\n[ \t]+")
_PLAIN = frozenset({b"", b"7bit", b"8bit", b"binary"})
_MOST_LINES = 100

Owner = tuple[bytes, bytes]
"""Which file a part belongs to, by the names it gives."""


class FileInParts:
    """Reads a multipart body as it comes.

    A part is of the file when it gives a file name, a type that is no text, or begins as every
    firmware does; others are fields, and are passed over. Parts of one name follow each other as
    one file.
    """

    def __init__(self, boundary: bytes) -> None:
        self._opening = b"--" + boundary
        self._line = b"--" + boundary + b"\r\n"
        self._preamble: bytes | None = b""
        self._tail = b""
        self._head: bytes | None = None
        self._lines: dict[bytes, bytes] = {}
        self._name, self._value = b"", b""
        self._owner: Owner | None = None
        self._mine: Owner = (b"", b"")
        self._ours: bool | None = False
        """Whether the part is of the file; None while its first bytes have to tell."""
        self._doubtful = b""
        self._out: list[bytes] = []
        self._parts = self._beside = 0
        self.ended = False
        """Whether the closing boundary has come."""
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begins,
                "on_header_begin": self._header_begins,
                "on_header_field": self._field,
                "on_header_value": self._worth,
                "on_header_end": self._header_ends,
                "on_headers_finished": self._judge,
                "on_part_data": self._data,
                "on_part_end": self._part_ends,
                "on_end": self._closed,
            },
            max_header_count=_MOST_LINES,
            max_header_size=LARGEST_HEAD,
        )

    @property
    def found(self) -> bool:
        """Whether any part was of the file."""
        return self._owner is not None

    def feed(self, piece: bytes) -> bytes:
        """Return what of the file is in the next bytes of the body; raises UploadError."""
        try:
            for cut in self._cuts(self._after_preamble(piece)):
                self._write(cut)
        except FormParserError as wrong:
            raise broken(f"the parts cannot be read: {wrong}") from wrong
        out, self._out = self._out, []
        return b"".join(out)

    def _after_preamble(self, piece: bytes) -> bytes:
        """Return what begins with the first boundary, which begins a line."""
        if self._preamble is None:
            return piece
        seen = self._preamble + piece
        at = 0 if seen.startswith(self._opening) else seen.find(b"\r\n" + self._opening) + 2
        if at == 1:
            kept = len(self._opening) + 2
            if not self._opening.startswith(seen):
                self._pass_over(len(piece))
            # What may be the beginning of the boundary is looked at again.
            self._preamble = seen if len(seen) < kept else b"\n" + seen[-kept:]
            return b""
        self._preamble = None
        return seen[at:]

    def _cuts(self, piece: bytes) -> Iterator[bytes]:
        """Yield the same in pieces that end where the head of a part may begin."""
        while piece:
            if self._head is not None:
                piece = self._through_head(self._head + piece)
                continue
            seen = self._tail + piece
            at = seen.find(self._line)
            end = at + len(self._line) - len(self._tail) if at >= 0 else len(piece)
            cut, piece = piece[:end], piece[end:]
            self._tail = b"" if at >= 0 else (self._tail + cut)[-len(self._line) + 1 :]
            yield cut

    def _through_head(self, seen: bytes) -> bytes:
        """Take the header lines of a part, unfolded, and return what comes after them."""
        bare = seen.startswith(_CRLF)  # no header at all
        head, blank, rest = (b"", _CRLF, seen[len(_CRLF) :]) if bare else seen.partition(_END)
        if len(head) > LARGEST_HEAD:
            why = f"the head of a part has more than {LARGEST_HEAD} bytes"
            raise UploadError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, why)
        self._head = None if blank else seen
        if blank:
            self._write(_FOLDED.sub(b" ", head) + blank)
        return rest

    def _write(self, data: bytes) -> None:
        if self.ended:
            self._pass_over(len(data))
        else:
            self._parser.write(data)

    def _pass_over(self, size: int) -> None:
        self._beside += size
        if self._beside > MOST_BESIDE:
            why = f"there are more than {MOST_BESIDE} bytes beside the file"
            raise UploadError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, why)

    # --- what the parser tells ---

    def _part_begins(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise broken(f"there are more than {MOST_PARTS} parts")
        self._head, self._lines = b"", {}

    def _header_begins(self) -> None:
        self._name = self._value = b""

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _worth(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        self._lines[self._name.lower()] = self._value.strip()

    def _judge(self) -> None:
        """Decide what a part is, now that its head is known."""
        encoding = self._lines.get(b"content-transfer-encoding", b"").lower()
        if encoding not in _PLAIN:
            why = f"a part that is encoded ({encoding.decode('latin-1')}) is not decoded here"
            raise UploadError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, why)
        kind = self._lines.get(b"content-type", b"").lower()
        if kind.startswith(b"multipart/"):
            raise broken("a part has parts itself")
        disposition = self._lines.get(b"content-disposition", b"")
        _, options = parse_options_header(disposition)
        name, file = options.get(b"name", b""), options.get(b"filename")
        named = file is not None or b"filename*" in disposition.lower()
        said = named or bool(kind and not kind.startswith(b"text/"))
        self._doubtful, self._ours = b"", True if said else None
        self._mine = (name, file or b"")
        if said:
            self._own()

    def _own(self) -> None:
        if self._owner not in {None, self._mine}:
            raise broken("there are two files; one is brought at a time")
        self._owner = self._mine

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._ours:
            self._out.append(data[start:end])
        elif self._ours is None:
            self._doubt(data[start:end])
        else:
            self._pass_over(end - start)

    def _doubt(self, data: bytes) -> None:
        """Look whether the first bytes of a part are those of firmware."""
        seen = self._doubtful + data
        firmware = begins(seen)
        if firmware is None:
            self._doubtful = seen
            return
        self._doubtful = b""
        # More of a file that has begun says nothing of itself either.
        self._ours = firmware or self._owner == self._mine
        if self._ours:
            self._own()
            self._out.append(seen)
        else:
            self._pass_over(len(seen))

    def _part_ends(self) -> None:
        if self._ours is None and self._doubtful and self._owner == self._mine:
            self._out.append(self._doubtful)

    def _closed(self) -> None:
        self.ended = True
