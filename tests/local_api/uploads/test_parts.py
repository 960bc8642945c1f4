"""A multipart body gives the same file however it is cut and laid out, or a clear refusal."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.local_api.uploads.errors import UploadError
from laadpaal.local_api.uploads.parts import (
    LARGEST_HEAD,
    MOST_BESIDE,
    MOST_PARTS,
    FileInParts,
)

MAGIC = b"LPFWPK02"
SQUASHFS = b"hsqs"
FILE = b'Content-Disposition: form-data; name="firmwarefile"; filename="f.bin"\r\n'
BOUNDARIES = st.text("abcXYZ019'()+_,-./:=?", min_size=1, max_size=70).map(str.encode)
PAYLOADS = st.one_of(
    st.binary(min_size=1, max_size=200),
    st.lists(
        st.sampled_from([b"\r", b"\n", b"\r\n", b"-", b"--", b"a", b"\r\n--", b"\r\n\r\n"]),
        min_size=1,
        max_size=40,
    ).map(b"".join),
)


def read(body: bytes, boundary: bytes = b"b", step: int = 7) -> tuple[bytes, FileInParts]:
    """Return the file in a body that comes in steps."""
    parts = FileInParts(boundary)
    file = b"".join(parts.feed(body[at : at + step]) for at in range(0, len(body), step))
    return file, parts


def laid_out(payload: bytes, boundary: bytes, head: bytes = FILE) -> bytes:
    """Return a body of one part."""
    return b"--%s\r\n%s\r\n%s\r\n--%s--\r\n" % (boundary, head, payload, boundary)


@given(PAYLOADS, BOUNDARIES, st.integers(1, 40))
def test_every_byte_arrives_whatever_is_at_the_ends(
    payload: bytes, boundary: bytes, step: int
) -> None:
    """With CR and LF at the ends, and with all of the boundary but what makes it one."""
    if b"\r\n--" + boundary in b"\r\n" + payload + b"\r\n":
        return
    file, parts = read(laid_out(payload, boundary), boundary, step)
    assert file == payload
    assert parts.ended


@given(PAYLOADS, st.integers(1, 30), st.integers(1, 64))
def test_many_parts_are_one_file(payload: bytes, size: int, step: int) -> None:
    """As one tool cuts it, in equal parts of one name; the last may have no byte at all."""
    if b"--b" in payload:
        return
    cuts = [payload[at : at + size] for at in range(0, len(payload), size)] + [b""]
    body = b"".join(b"--b\r\n%s\r\n%s\r\n" % (FILE, cut) for cut in cuts) + b"--b--"
    assert read(body, step=step)[0] == payload


@given(st.binary(max_size=300), st.integers(1, 20))
def test_no_body_ends_otherwise_than_with_a_clear_word(body: bytes, step: int) -> None:
    """Whatever comes, it is read or refused."""
    with suppress(UploadError):
        read(b"--b\r\n" + body, step=step)


PAYLOAD = b"\r\n" + MAGIC + b"--b not at the beginning of a line \r\n--bx\r\n"
HEADS = {
    "as tools write it": FILE,
    "no file name": b'Content-Disposition: form-data; name="x"\r\n'
    b"Content-Type: application/octet-stream\r\n",
    "a file name in a character set": b"Content-Disposition: form-data; name=x;"
    b" filename*=utf-8''a%20b\r\n",
    "unquoted": b"Content-Disposition: form-data; name=firmware; filename=a.bin\r\n",
    "odd case": b'CONTENT-disposition: FORM-DATA; NAME="x"; FileName="y"\r\n',
    "folded": b'Content-Disposition: form-data;\r\n name="x";\r\n\tfilename="y"\r\n',
    "a length of its own": FILE + b"Content-Length: 49\r\n",
    "binary": FILE + b"Content-Transfer-Encoding: BINARY\r\n",
    "8bit": FILE + b"content-transfer-encoding: 8bit\r\n",
    "only a type": b"Content-Type: application/x-firmware\r\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_a_part_may_say_of_itself_what_it_likes(head: bytes, step: int) -> None:
    """The file is the same."""
    assert read(laid_out(PAYLOAD, b"b", head), step=step)[0] == PAYLOAD


@pytest.mark.parametrize("head", [b"", b'Content-Disposition: form-data; name="file"\r\n'])
@pytest.mark.parametrize("first", [MAGIC, SQUASHFS])
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_a_part_that_says_nothing_is_known_by_its_first_bytes(
    head: bytes, first: bytes, step: int
) -> None:
    """And what follows it under the same name is more of it, however little."""
    body = b"--b\r\n%s\r\n%s\r\n--b\r\n%s\r\nend\r\n--b--" % (head, first + b"more", head)
    assert read(body, step=step)[0] == first + b"moreend"


FIELD = b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello firmware\r\n'
AROUND = {
    "a field before": FIELD + laid_out(PAYLOAD, b"b"),
    "a field after": laid_out(PAYLOAD, b"b").replace(b"--b--\r\n", FIELD + b"--b--\r\n"),
    "a preamble": b"This is a body in parts.\r\n--a\r\n" + laid_out(PAYLOAD, b"b"),
    "a line end before": b"\r\n" + laid_out(PAYLOAD, b"b"),
    "an epilogue": laid_out(PAYLOAD, b"b") + b"bye\r\n--b\r\nno part\r\n",
    "no last line end": laid_out(PAYLOAD, b"b")[:-2],
}


@pytest.mark.parametrize("body", AROUND.values(), ids=AROUND.keys())
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_what_is_beside_the_file_is_passed_over(body: bytes, step: int) -> None:
    """Before it and after it."""
    file, parts = read(body, step=step)
    assert file == PAYLOAD
    assert parts.ended


OTHER = FILE.replace(b"f.bin", b"g.bin")
WRONG = {
    "LF only": (laid_out(PAYLOAD, b"b").replace(b"\r\n", b"\n"), HTTPStatus.BAD_REQUEST),
    "nested": (
        laid_out(PAYLOAD, b"b", FILE + b"Content-Type: multipart/mixed; boundary=c\r\n"),
        HTTPStatus.BAD_REQUEST,
    ),
    "base64": (
        laid_out(PAYLOAD, b"b", FILE + b"Content-Transfer-Encoding: base64\r\n"),
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    ),
    "quoted-printable": (
        laid_out(PAYLOAD, b"b", FILE + b"Content-Transfer-Encoding: quoted-printable\r\n"),
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    ),
    "a long head": (
        laid_out(PAYLOAD, b"b", FILE + b"X: " + b"x" * LARGEST_HEAD + b"\r\n"),
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ),
    "an endless head": (
        b"--b\r\nX: " + b"x" * 2 * LARGEST_HEAD,
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ),
    "no header line": (laid_out(PAYLOAD, b"b", b"nothing\r\n"), HTTPStatus.BAD_REQUEST),
    "two files": (
        laid_out(PAYLOAD, b"b").replace(b"--b--\r\n", laid_out(PAYLOAD, b"b", OTHER)),
        HTTPStatus.BAD_REQUEST,
    ),
    "too many parts": (
        (b"--b\r\n%s\r\n\r\n" % FILE) * (MOST_PARTS + 1),
        HTTPStatus.BAD_REQUEST,
    ),
    "a long preamble": (b"x" * (MOST_BESIDE + 100), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    "a long epilogue": (
        laid_out(PAYLOAD, b"b") + b"x" * (MOST_BESIDE + 4096),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ),
    "a long field": (
        laid_out(b"x" * (MOST_BESIDE + 1), b"b", b'Content-Disposition: form-data; name="n"\r\n'),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ),
}


@pytest.mark.parametrize(("body", "status"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_has_its_status(body: bytes, status: HTTPStatus) -> None:
    """And says in words what it was."""
    with pytest.raises(UploadError) as wrong:
        read(body, step=4096)
    assert wrong.value.status is status
    assert wrong.value.why


@pytest.mark.parametrize("left", range(3, 60))
def test_a_body_that_is_torn_has_not_ended(left: int) -> None:
    """Wherever it was torn; a body without any part has ended, and has no file."""
    body = laid_out(PAYLOAD, b"b")
    assert not read(body[:-left], step=7)[1].ended
    empty = read(b"--b--\r\n")[1]
    assert (empty.ended, empty.found) == (True, False)
