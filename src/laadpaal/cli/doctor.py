"""`laadpaal doctor`: what was found on the way to the CSMS, for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from laadpaal.cli.station import logger
from laadpaal.runtime.clock import machine_clock
from laadpaal.runtime.config import Config
from laadpaal.runtime.doctor import examined as find
from laadpaal.runtime.findings import Finding


async def examined(config: Config, *, json: bool) -> tuple[str, bool]:
    """Return the text to print, and whether all is well."""
    clock = machine_clock(kept=config.clock == "kept")
    findings = await find(config, clock, logger(f"{config.station.serial}.doctor"))
    well = all(it.well for it in findings)
    if json:
        told = {"well": well, "findings": findings}
        return msgspec.json.format(msgspec.json.encode(told)).decode(), well
    return "\n".join(_lines(findings)), well


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    for it in findings:
        yield f"{'OK' if it.well else 'WRONG':6} {it.step:14} {it.detail}"
        if it.advice:
            yield f"{'':6} {'what to do':14} {it.advice}"
