"""`laadpaal trust`: a root is put into the vault by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from laadpaal.cli.station import logger
from laadpaal.ports.vault import Use
from laadpaal.protocols.pki import PkiError, read_one
from laadpaal.runtime.assembly import VAULT
from laadpaal.runtime.config import Config
from laadpaal.storage.vault import FileVault


def trusted(file: Path, config: Config) -> str:
    """Keep the root, and return what to print.

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no root.
        VaultFailed: The root cannot be kept.
    """
    root = read_one(file.read_text(encoding="utf-8"))
    if not root.self_signed or not root.authority:
        raise PkiError(f"{root.subject} is no root: another has signed it, or it may sign nobody")
    vault = FileVault(Path(config.folder) / VAULT, logger(config.station.serial))
    vault.add_root(Use.CSMS_ROOT, root.pem)
    end = datetime.fromtimestamp(root.not_after, UTC)
    return f"{root.subject} is trusted from the next connection on, until {end:%Y-%m-%d}"
