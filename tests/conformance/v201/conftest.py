"""A stage for each layout, in a loop that skips the waiting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conformance.stage import staged
from tests.conformance.v201.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Have two sockets with a lock."""
    async with staged(Stage, tmp_path, monkeypatch, ocpp="2.0.1") as stage:
        yield stage


@pytest.fixture
async def cable_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Have a fixed cable at EVSE 1, and a socket at EVSE 2."""
    async with staged(Stage, tmp_path, monkeypatch, fixed=(1,), ocpp="2.0.1") as stage:
        yield stage


@pytest.fixture
async def equipped_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Have two sockets with a lock, a sensor in each parking bay, and meters that sign."""
    async with staged(Stage, tmp_path, monkeypatch, ocpp="2.0.1", equipped=True) as stage:
        yield stage
