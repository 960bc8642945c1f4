"""Every vault keeps the promises of its port."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from laadpaal.storage.vault import FileVault
from tests.contracts.vault import CHECKS, Open

LOG = logging.getLogger("laadpaal.test.vault")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_contract(check: Callable[[Open], None], tmp_path: Path) -> None:
    """It keeps and removes, asks and is answered, as long as it is open."""
    vault = FileVault(tmp_path / "vault", LOG)

    check(lambda: vault)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_contract_across_restarts(check: Callable[[Open], None], tmp_path: Path) -> None:
    """It does so too when it is opened anew each time."""
    check(lambda: FileVault(tmp_path / "vault", LOG))
