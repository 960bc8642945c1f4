"""Looks at the modem before anybody goes that way: its line, its SIM and its network."""

from __future__ import annotations

from laadpaal.ports.modem import Access, Looked, Modem, ModemFailed, SimRefused
from laadpaal.runtime.findings import Finding

_NO_ANSWER = (
    "see whether modem.device names its line, whether it has power and a SIM, and whether a"
    " station that runs holds it"
)


async def modem_found(modem: Modem, access: Access) -> Finding:
    """Return how the modem stands; no PIN is entered, so that none is used up."""
    try:
        return _finding(await modem.look(access), access)
    except SimRefused as refused:
        return _wrong(str(refused), "open the SIM in a telephone, or put another one in")
    except ModemFailed as failed:
        return _wrong(str(failed), _NO_ANSWER)
    finally:
        await modem.release()


def _finding(looked: Looked, access: Access) -> Finding:
    if looked.locked:
        return _locked(looked, access)
    if looked.outside:
        return _wrong(
            f"{_name(looked)}: {looked.outside}, {_strength(looked)}",
            "see to the antenna, and ask the operator of the network about the SIM",
        )
    where = looked.operator or "a network"
    return Finding("modem", well=True, detail=f"{_name(looked)} in {where}, {_strength(looked)}")


def _locked(looked: Looked, access: Access) -> Finding:
    if not access.pin:
        return _wrong(f"{_name(looked)}: the SIM wants its PIN, and none is set", "set modem.pin")
    if access.spent:
        return _wrong(
            f"{_name(looked)}: the SIM has refused the PIN that is set", "set another modem.pin"
        )
    detail = f"{_name(looked)}: the SIM wants the PIN that is set, which was not tried"
    return Finding("modem", well=True, detail=detail)


def _wrong(detail: str, advice: str) -> Finding:
    return Finding("modem", well=False, detail=detail, advice=advice)


def _name(looked: Looked) -> str:
    return looked.model or "a modem"


def _strength(looked: Looked) -> str:
    return "the signal is unknown" if looked.dbm is None else f"{looked.dbm} dBm"
