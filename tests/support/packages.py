"""Packages for tests, and the manufacturer who seals them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from laadpaal.protocols.firmware.package import packed
from laadpaal.protocols.firmware.seal import Signer
from tests.support.certificates import Made, root

PRODUCT = "laadpaal"
MAKER = root("maker")
SIGNER = MAKER.issue("signer")


def sealed(
    version: str,
    payload: bytes,
    by: Made | None = SIGNER,
    *,
    product: str = PRODUCT,
    least_previous: str = "",
) -> bytes:
    """Return a package with a seal, or without one when it is sealed by nobody."""
    signer = Signer(by.key, by.chain or by.pem) if by else None
    return packed(product, version, payload, least_previous=least_previous, signer=signer)


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a release as an archive of these files, each of which may be run."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o100755 << 16
            opened.writestr(entry, text)
    return made.getvalue()


def trust_maker(vault: Path, maker: Made = MAKER) -> None:
    """Put the manufacturer's root into the vault in that folder."""
    vault.mkdir(mode=0o700, parents=True, exist_ok=True)
    (vault / "manufacturer-root-0001.pem").write_text(maker.pem)
