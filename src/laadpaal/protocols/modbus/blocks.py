"""Which requests read a register map: few, and none longer than the meter allows."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.protocols.modbus.registers import RegisterMap


@dataclass(frozen=True, slots=True)
class Block:
    """Registers that are read in one request."""

    start: int
    count: int


def blocks(it: RegisterMap) -> tuple[Block, ...]:
    """Return the requests, by address; no number is torn between two of them."""
    spans = sorted(
        (place.address, place.address + place.kind.words) for place in it.registers.values()
    )
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start - found[-1][1] <= it.gap and end - found[-1][0] <= it.most:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(Block(start, end - start) for start, end in found)
