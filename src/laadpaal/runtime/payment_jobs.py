"""What the payment provider is asked for: one task for each job, whose end is an event."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from laadpaal.ports.payments import PaymentProvider
from laadpaal.station.actions import Action
from laadpaal.station.payment_words import PaymentEvent, PaymentJob


class PaymentJobs:
    """Hands each job to the provider at once, and tells what came of it."""

    def __init__(self, provider: PaymentProvider, happened: Callable[[PaymentEvent], None]) -> None:
        self._provider = provider
        self._happened = happened
        self._inbox: asyncio.Queue[PaymentJob] = asyncio.Queue()

    def do(self, action: Action) -> None:
        """Hand an action over; never waits."""
        if isinstance(action, PaymentJob):
            self._inbox.put_nowait(action)

    async def run(self) -> None:
        """Do jobs until cancelled, which gives up all of them."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                tasks.create_task(self._one(await self._inbox.get()))

    async def _one(self, job: PaymentJob) -> None:
        self._happened(await self._provider.do(job))
