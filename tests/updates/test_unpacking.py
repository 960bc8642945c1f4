"""A release is unpacked into its folder, and nothing of it gets anywhere else."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.updates.slots import PROGRAM
from laadpaal.updates.unpacking import Bounds, Part, unpack
from tests.support.packages import archive

USUAL = Bounds()
GOOD = {PROGRAM: b"#!/bin/sh\n", "lib/deep/er/x.py": b"x = 1\n", "empty": b""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a release, in one where nothing else may come to be."""
    (tmp_path / "around" / "release").mkdir(parents=True)
    return tmp_path / "around" / "release"


def refused(text: bytes, folder: Path, bounds: Bounds = USUAL) -> str:
    """Return why an archive is not unpacked; nothing is written outside its folder."""
    with pytest.raises(PackageError) as caught:
        unpack(io.BytesIO(text), folder, bounds)
    assert caught.value.fault is Fault.CONTENT
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert [path.name for path in folder.parent.parent.iterdir()] == [folder.parent.name]
    return str(caught.value)


def entry(
    name: str, mode: int = 0o100644, content: bytes = b"x", *, also: bool = True, flags: int = 0
) -> bytes:
    """Return an archive with such an entry, beside a program that is good."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        info = zipfile.ZipInfo("placeholder")
        info.filename = info.orig_filename = name
        info.external_attr = mode << 16
        info.flag_bits = flags
        opened.writestr(info, content)
        if also:
            opened.writestr(_program(), b"#!/bin/sh\n")
    return made.getvalue()


def _program() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(PROGRAM)
    info.external_attr = 0o100755 << 16
    return info


def test_a_release_is_unpacked(folder: Path) -> None:
    """With its folders, and what may be run may be run."""
    unpack(io.BytesIO(archive(GOOD)), folder)

    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    assert {name: path.read_bytes() for name, path in found.items()} == GOOD
    assert found[PROGRAM].stat().st_mode & stat.S_IXUSR


def test_what_is_not_meant_to_run_does_not(folder: Path) -> None:
    """And a folder that is listed is no file."""
    unpack(io.BytesIO(entry("data/", 0o40755, b"")), folder)
    unpack(io.BytesIO(entry("data/plain")), folder.parent / "other")

    assert not (folder.parent / "other" / "data" / "plain").stat().st_mode & stat.S_IXUSR
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../outside",
        "../../outside",
        "lib/../../outside",
        "lib/..",
        "..",
        ".",
        "",
        "./here",
        "a//b",
        "C:\\outside",
        "C:outside",
        "lib\\..\\..\\outside",
        "//host/share",
        "good\0/../../outside",
    ],
)
def test_a_name_that_leads_elsewhere_is_none(folder: Path, name: str) -> None:
    """Absolute, upwards, of another system, or written in a way that hides it."""
    assert "is no name" in refused(entry(name), folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "kind",
    [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK],
    ids=["link", "character device", "block device", "pipe", "socket"],
)
def test_what_is_no_plain_file_is_refused(folder: Path, kind: int) -> None:
    """A link could lead anywhere, and a device do anything."""
    assert "is no plain file" in refused(entry("odd", kind | 0o777, b"/etc"), folder)
    assert list(folder.iterdir()) == []


def test_an_encrypted_file_is_refused(folder: Path) -> None:
    """There is nobody to ask for the password."""
    text = entry("secret")
    # Both heads of the entry carry the flag; the library writes none.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = text.index(mark) + at
        text = text[:place] + b"\x01" + text[place + 1 :]

    assert "is no plain file" in refused(text, folder)


def test_two_files_of_one_name_are_refused(folder: Path) -> None:
    """Nobody can tell which is meant."""
    with pytest.warns(UserWarning, match="Duplicate"):
        text = entry(PROGRAM)

    assert "two files of one name" in refused(text, folder)


@pytest.mark.parametrize("bounds", [Bounds(files=2), Bounds(whole_bytes=15)])
def test_a_bomb_is_not_unpacked(folder: Path, bounds: Bounds) -> None:
    """Neither too many files nor too many bytes; nothing is written before that is known."""
    assert "too much" in refused(archive(GOOD), folder, bounds)
    assert list(folder.iterdir()) == []


def test_a_release_without_a_program_is_none(folder: Path) -> None:
    """There would be nothing to start."""
    assert "no program bin/laadpaal" in refused(entry("x", also=False), folder)
    assert "no program" in refused(entry(PROGRAM, 0o100644, also=False), folder.parent / "release")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"no archive",
        archive(GOOD)[:-5],
        archive(GOOD)[30:],
        archive(GOOD).replace(b"x = 1", b"x = 2", 1),
    ],
    ids=["empty", "none", "cut", "beheaded", "changed"],
)
def test_what_is_no_archive_is_refused(folder: Path, text: bytes) -> None:
    """Or one that is damaged."""
    assert refused(text, folder)


def test_a_part_of_a_file_reads_like_a_file(folder: Path) -> None:
    """What is before and after it is not there."""
    part = Part(io.BytesIO(b"before" + archive(GOOD) + b"after"), 6, len(archive(GOOD)))
    assert (part.readable(), part.seekable()) == (True, True)
    unpack(part, folder)

    assert part.seek(-3, io.SEEK_END) == len(archive(GOOD)) - 3
    assert len(part.read(100)) == 3
    assert part.seek(-10_000, io.SEEK_CUR) == 0
    assert part.read() == archive(GOOD)
