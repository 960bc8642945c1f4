"""`laadpaal update`: packages are made, looked at and placed, and a running station is asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from laadpaal.local_api.replies import FirmwareReply, ProblemReply, ReleaseReply, UploadReply
from laadpaal.local_api.uploads.routes import PATH
from laadpaal.protocols.firmware.errors import PackageError
from laadpaal.protocols.firmware.head import Wanted
from laadpaal.protocols.firmware.package import packed
from laadpaal.protocols.firmware.seal import Key, Signer
from laadpaal.protocols.pki import PkiError, key_as_pem, read_chain
from laadpaal.runtime.firmware import PRODUCT
from laadpaal.simulation.authority import maker
from laadpaal.updates.judge import Bar
from laadpaal.updates.slots import NAMES, PROGRAM, Slots
from laadpaal.updates.updater import place as place_in

PATIENCE_S = 330.0
"""A large package is judged as a whole before it is answered."""
_ERRORS = 400
_NEWEST = "9" * 18
"""A version that any package may follow."""
R = TypeVar("R")


class UpdateError(Exception):
    """It cannot be done; the text says why."""


def keys(folder: Path) -> Iterator[str]:
    """Make a manufacturer for tests: a root, a signer below it, and the signer's key."""
    made = maker()
    files = {
        "root.pem": made.root,
        "signer.pem": made.chain,
        "signer.key.pem": key_as_pem(made.key),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            path = folder / name
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(text, encoding="ascii")
            yield str(path)
    except OSError as wrong:
        raise UpdateError(str(wrong)) from wrong


def make(
    folder: Path, version: str, target: Path, key: Path | None, chain: Path | None, least: str
) -> Iterator[str]:
    """Pack a folder with a release, and seal it when there is a key."""
    if not (folder / PROGRAM).is_file():
        raise UpdateError(f"{folder} is no release: it has no {PROGRAM}")
    signer = _signer(key, chain) if key and chain else None
    try:
        whole = packed(PRODUCT, version, _archive(folder), least_previous=least, signer=signer)
        target.write_bytes(whole)
    except (OSError, PackageError) as wrong:
        raise UpdateError(str(wrong)) from wrong
    yield f"{target}: version {version}, {len(whole)} bytes, {'sealed' if signer else 'not sealed'}"


def _archive(folder: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for path in sorted(it for it in folder.rglob("*") if it.is_file()):
            if "__pycache__" not in path.parts:
                # No dates and owners: the same files are the same release.
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                entry.external_attr = (0o100755 if path.stat().st_mode & 0o100 else 0o100644) << 16
                opened.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _signer(key: Path, chain: Path) -> Signer:
    try:
        text = chain.read_text(encoding="ascii")
        read_chain(text)
        return Signer(_key(key.read_bytes()), text)
    except (OSError, UnicodeDecodeError) as wrong:
        raise UpdateError(str(wrong)) from wrong
    except PkiError as wrong:
        raise UpdateError(f"{chain}: {wrong}") from wrong


def _key(pem: bytes) -> Key:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:
        # What the library says might repeat a part of the key.
        raise UpdateError("there is no private key in PEM, or it has a password") from wrong
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise UpdateError("the key is neither one on an elliptic curve nor one of RSA")
    return key


def inspect(file: Path, root: Path | None) -> Iterator[str]:
    """Tell what a package is, and whether a root vouches for its seal."""
    try:
        roots = read_chain(root.read_text(encoding="ascii")) if root else ()
        bar = Bar(Wanted(PRODUCT, _NEWEST), roots, None)
        package = bar.read(file)
        head = package.head
        yield f"product {head.product}, version {head.version}, {head.payload_bytes} bytes"
        yield f"follows {head.least_previous or 'any version'}"
        yield f"SHA-256 {head.digest.hex()}"
        if not roots:
            yield "sealed; give --root to have the seal judged" if package.seal else "not sealed"
            return
        bar.sealed(package)
        yield "sealed by whom the root vouches for"
    except (OSError, UnicodeDecodeError, PkiError, PackageError) as wrong:
        raise UpdateError(f"{file}: {wrong}") from wrong


def place(file: Path, folder: Path) -> Iterator[str]:
    """Put a package into the slots of a station that does not run, as the release to start."""
    slots = Slots(folder)
    slot = slots.other(slots.current() or NAMES[1])
    try:
        package = Bar(Wanted(PRODUCT, _NEWEST), (), None).read(file)
        place_in(slots, slot, file, package)
        slots.switch(slot)
    except (OSError, PackageError) as wrong:
        raise UpdateError(f"{file}: {wrong}") from wrong
    yield f"slot {slot} holds version {package.head.version}, and is the one that starts"


def install(file: Path, api: str) -> Iterator[str]:
    """Bring a file to a running station, which alone knows how large one may be."""
    try:
        size = file.stat().st_size
        if not size:
            raise UpdateError(f"{file} is empty")
        with file.open("rb") as content:
            version = _asked(api, "PUT", PATH, UploadReply, content, size).version
    except OSError as wrong:
        raise UpdateError(str(wrong)) from wrong
    yield f"version {version} is installed as soon as nobody charges"


def status(api: str) -> Iterator[str]:
    """Tell what runs there, and how far an update is."""
    release = _asked(api, "GET", f"{PATH}/release", ReleaseReply)
    told = _asked(api, "GET", PATH, FirmwareReply)
    yield f"version {release.version} runs{', on trial' if release.on_trial else ''}"
    if release.previous:
        yield f"version {release.previous} could run instead"
    of = f" of version {release.update.version}" if release.update else ""
    done = f", {told.percent} %" if told.percent else ""
    yield f"the last update{of}: {told.status} ({told.number}){done}"


def commit(api: str) -> Iterator[str]:
    """Have the version on trial kept."""
    _asked(api, "POST", f"{PATH}/commit", dict)
    yield "the version on trial is kept"


def rollback(api: str) -> Iterator[str]:
    """Have the version before this one run again."""
    _asked(api, "POST", f"{PATH}/rollback", dict)
    yield "the version before this one starts as soon as nobody charges"


def _asked(
    api: str, method: str, path: str, kind: type[R], content: BinaryIO | None = None, size: int = 0
) -> R:
    code, body = _exchanged(api, method, path, content, size)
    try:
        if code < _ERRORS:
            return msgspec.json.decode(body, type=kind)
        raise UpdateError(msgspec.json.decode(body, type=ProblemReply).detail)
    except msgspec.MsgspecError as wrong:
        raise UpdateError(f"{api} is no control API with firmware: {wrong}") from wrong


def _exchanged(
    api: str, method: str, path: str, content: BinaryIO | None, size: int
) -> tuple[int, bytes]:
    kind = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
    try:
        at = urlsplit(api)
        line = HTTPConnection(at.hostname or "", at.port, timeout=PATIENCE_S)
        with closing(line):
            with suppress(BrokenPipeError, ConnectionResetError):
                # Who has seen enough may answer before all is sent, and hang up.
                line.request(method, path, content, kind if content else {})
            answer = line.getresponse()
            return answer.status, answer.read()
    except (OSError, HTTPException, ValueError) as wrong:
        raise UpdateError(f"{api} does not answer: {wrong}") from wrong
