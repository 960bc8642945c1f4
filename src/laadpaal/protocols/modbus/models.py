"""The meters we know: facts of their makers, and none of ours."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from laadpaal.protocols.modbus.registers import (
    CURRENTS,
    POWERS,
    VOLTAGES,
    Kind,
    Model,
    Q,
    Quantity,
    Register,
    RegisterMap,
    WordOrder,
)

S16, U16, S32, U32, S64, U64, F32, F64 = Kind

Places = dict[Quantity, Register]


def _at(quantity: Quantity, kind: Kind, address: int, tens: int = 0) -> Places:
    return {quantity: Register(address, kind, tens)}


def _lines(
    quantities: Sequence[Quantity], kind: Kind, addresses: Sequence[int], tens: int = 0
) -> Places:
    """Return one quantity on L1, L2, L3; a meter of one line has one address."""
    pairs = zip(quantities, addresses, strict=False)
    return {quantity: Register(address, kind, tens) for quantity, address in pairs}


# Eastron: floats in W and kWh, never more than 40 of them in one request.

_EASTRON_ONE = (
    _lines(VOLTAGES, F32, (0x00,))
    | _lines(CURRENTS, F32, (0x06,))
    | _lines(POWERS, F32, (0x0C,))
    | _at(Q.REACTIVE_POWER, F32, 0x18)
    | _at(Q.POWER_FACTOR, F32, 0x1E)
    | _at(Q.FREQUENCY, F32, 0x46)
    | _at(Q.IMPORTED, F32, 0x48, 3)
    | _at(Q.EXPORTED, F32, 0x4A, 3)
)
_EASTRON_THREE = (
    _lines(VOLTAGES, F32, (0x00, 0x02, 0x04))
    | _lines(CURRENTS, F32, (0x06, 0x08, 0x0A))
    | _lines(POWERS, F32, (0x0C, 0x0E, 0x10))
    | _at(Q.POWER, F32, 0x34)
    | _at(Q.REACTIVE_POWER, F32, 0x3C)
    | _at(Q.POWER_FACTOR, F32, 0x3E)
    | _at(Q.FREQUENCY, F32, 0x46)
    | _at(Q.IMPORTED, F32, 0x48, 3)
    | _at(Q.EXPORTED, F32, 0x4A, 3)
)
_SDM_ONE = RegisterMap(4, _EASTRON_ONE, most=80)
_SDM_THREE = RegisterMap(4, _EASTRON_THREE, most=80, gap=34)

# ABB A and B series: integers, with a mark for what the meter cannot tell.

_ABB_ALL = (
    _at(Q.POWER, S32, 0x5B14, -2)
    | _at(Q.POWER_FACTOR, S16, 0x5B3A, -3)
    | _at(Q.FREQUENCY, U16, 0x5B2C, -2)
    | _at(Q.IMPORTED, U64, 0x5000, 1)
    | _at(Q.EXPORTED, U64, 0x5004, 1)
)
_ABB_ONE = RegisterMap(
    3,
    _lines(VOLTAGES, U32, (0x5B00,), -1)
    | _lines(CURRENTS, U32, (0x5B0C,), -2)
    | _lines(POWERS, S32, (0x5B16,), -2)
    | _ABB_ALL,
    marked=True,
)
_ABB_THREE = RegisterMap(
    3,
    _lines(VOLTAGES, U32, (0x5B00, 0x5B02, 0x5B04), -1)
    | _lines(CURRENTS, U32, (0x5B0C, 0x5B0E, 0x5B10), -2)
    | _lines(POWERS, S32, (0x5B16, 0x5B18, 0x5B1A), -2)
    | _ABB_ALL,
    marked=True,
)

# Carlo Gavazzi: signed integers, the low word first; some refuse more than 11 registers at once.

_GAVAZZI_ONE = RegisterMap(
    4,
    _lines(VOLTAGES, S32, (0x00,), -1)
    | _lines(CURRENTS, S32, (0x02,), -3)
    | _lines(POWERS, S32, (0x04,), -1)
    | _at(Q.POWER_FACTOR, S16, 0x0E, -3)
    | _at(Q.FREQUENCY, S16, 0x0F, -1)
    | _at(Q.IMPORTED, S32, 0x10, 2)
    | _at(Q.EXPORTED, S32, 0x20, 2),
    WordOrder.LOW_FIRST,
    most=11,
    marked=True,
)
_GAVAZZI_LINES = (
    _lines(VOLTAGES, S32, (0x00, 0x02, 0x04), -1)
    | _lines(CURRENTS, S32, (0x0C, 0x0E, 0x10), -3)
    | _lines(POWERS, S32, (0x12, 0x14, 0x16), -1)
    | _at(Q.POWER, S32, 0x28, -1)
)
_EM24 = RegisterMap(
    4,
    _GAVAZZI_LINES
    | _at(Q.POWER_FACTOR, S16, 0x35, -3)
    | _at(Q.FREQUENCY, S16, 0x37, -1)
    | _at(Q.IMPORTED, S32, 0x42, 2)
    | _at(Q.EXPORTED, S32, 0x5C, 2),
    WordOrder.LOW_FIRST,
    most=11,
    marked=True,
)
_GAVAZZI_THREE = RegisterMap(
    4,
    _GAVAZZI_LINES
    | _at(Q.POWER_FACTOR, S16, 0x31, -3)
    | _at(Q.FREQUENCY, S16, 0x33, -1)
    | _at(Q.IMPORTED, S32, 0x34, 2)
    | _at(Q.EXPORTED, S32, 0x4E, 2),
    WordOrder.LOW_FIRST,
    most=50,
    marked=True,
)

# Inepro, and those who sell its meters: floats in kW and kWh.

_INEPRO_ALL = (
    _at(Q.FREQUENCY, F32, 0x5008)
    | _at(Q.POWER, F32, 0x5012, 3)
    | _at(Q.REACTIVE_POWER, F32, 0x501A, 3)
    | _at(Q.POWER_FACTOR, F32, 0x502A)
    | _at(Q.IMPORTED, F32, 0x600C, 3)
    | _at(Q.EXPORTED, F32, 0x6018, 3)
)
_INEPRO_ONE = RegisterMap(
    3,
    _lines(VOLTAGES, F32, (0x5002,))
    | _lines(CURRENTS, F32, (0x500C,))
    | _lines(POWERS, F32, (0x5014,), 3)
    | _INEPRO_ALL,
)
_INEPRO_THREE = RegisterMap(
    3,
    _lines(VOLTAGES, F32, (0x5002, 0x5004, 0x5006))
    | _lines(CURRENTS, F32, (0x500C, 0x500E, 0x5010))
    | _lines(POWERS, F32, (0x5014, 0x5016, 0x5018), 3)
    | _INEPRO_ALL,
)

# Socomec Countis: one block for all of them; powers in tens of watts.

_SOCOMEC_ALL = (
    _at(Q.FREQUENCY, U32, 50526, -2)
    | _at(Q.POWER, S32, 50536, 1)
    | _at(Q.REACTIVE_POWER, S32, 50538, 1)
    | _at(Q.POWER_FACTOR, S32, 50542, -3)
    | _at(Q.IMPORTED, U32, 50946)
)
_COUNTIS_ONE = RegisterMap(
    3,
    _lines(VOLTAGES, U32, (50520,), -2)
    | _lines(CURRENTS, U32, (50528,), -3)
    | _lines(POWERS, S32, (50544,), 1)
    | _SOCOMEC_ALL,
)
_COUNTIS_THREE = RegisterMap(
    3,
    _lines(VOLTAGES, U32, (50520, 50522, 50524), -2)
    | _lines(CURRENTS, U32, (50528, 50530, 50532), -3)
    | _lines(POWERS, S32, (50544, 50546, 50548), 1)
    | _SOCOMEC_ALL
    | _at(Q.EXPORTED, U32, 50952),
)

# Others, each with a map of its own.

_IEM3000 = RegisterMap(
    3,
    _lines(VOLTAGES, F32, (0x0BD3, 0x0BD5, 0x0BD7))
    | _lines(CURRENTS, F32, (0x0BB7, 0x0BB9, 0x0BBB))
    | _lines(POWERS, F32, (0x0BED, 0x0BEF, 0x0BF1), 3)
    | _at(Q.POWER, F32, 0x0BF3, 3)
    | _at(Q.POWER_FACTOR, F32, 0x0C0B)
    | _at(Q.FREQUENCY, F32, 0x0C25)
    | _at(Q.IMPORTED, S64, 0x0C83)
    | _at(Q.EXPORTED, S64, 0x0C87),
)
_PAC2200 = RegisterMap(
    4,
    _lines(VOLTAGES, F32, (1, 3, 5))
    | _lines(CURRENTS, F32, (13, 15, 17))
    | _lines(POWERS, F32, (25, 27, 29))
    | _at(Q.POWER, F32, 65)
    | _at(Q.REACTIVE_POWER, F32, 67)
    | _at(Q.POWER_FACTOR, F32, 69)
    | _at(Q.IMPORTED, F64, 801)
    | _at(Q.EXPORTED, F64, 809),
)
_JANITZA_B23 = RegisterMap(
    3,
    _lines(VOLTAGES, F32, (0x4A38, 0x4A3A, 0x4A3C))
    | _lines(CURRENTS, F32, (0x4A44, 0x4A46, 0x4A48))
    | _lines(POWERS, F32, (0x4A4C, 0x4A4E, 0x4A50))
    | _at(Q.POWER, F32, 0x4A52)
    | _at(Q.FREQUENCY, F32, 0x4A6A)
    | _at(Q.IMPORTED, F32, 0x4A7C)
    | _at(Q.EXPORTED, F32, 0x4A84),
)
_DTSU666 = RegisterMap(
    3,
    _lines(VOLTAGES, F32, (0x2006, 0x2008, 0x200A), -1)
    | _lines(CURRENTS, F32, (0x200C, 0x200E, 0x2010), -3)
    | _lines(POWERS, F32, (0x2014, 0x2016, 0x2018), -1)
    | _at(Q.POWER, F32, 0x2012, -1)
    | _at(Q.POWER_FACTOR, F32, 0x202A, -3)
    | _at(Q.FREQUENCY, F32, 0x2044, -2)
    | _at(Q.IMPORTED, F32, 0x101E, 3)
    | _at(Q.EXPORTED, F32, 0x1028, 3),
)
_DVH4013 = RegisterMap(
    3,
    _at(Q.POWER, U32, 0x0000, -1)
    | _at(Q.POWER_BACK, U32, 0x0002, -1)
    | _lines(VOLTAGES, U32, (0x04, 0x06, 0x08), -2)
    | _lines(CURRENTS, U32, (0x0A, 0x0C, 0x0E), -3)
    | _at(Q.POWER_FACTOR, U32, 0x10, -3)
    | _at(Q.FREQUENCY, U32, 0x12, -3)
    | _at(Q.IMPORTED, U32, 0x4000)
    | _at(Q.EXPORTED, U32, 0x4100),
)
_SAIA = RegisterMap(
    3,
    _at(Q.IMPORTED, U32, 27, 1)
    | _at(Q.EXPORTED, U32, 31, 1)
    | _lines(VOLTAGES, U16, (35, 40, 45))
    | _lines(CURRENTS, U16, (36, 41, 46), -1)
    | _lines(POWERS, U16, (37, 42, 47), 1)
    | _at(Q.POWER, U16, 50, 1),
)
_ORNO_THREE = RegisterMap(
    3,
    _lines(VOLTAGES, F32, (0x0E, 0x10, 0x12))
    | _lines(CURRENTS, F32, (0x16, 0x18, 0x1A))
    | _lines(POWERS, F32, (0x1E, 0x20, 0x22), 3)
    | _at(Q.POWER, F32, 0x1C, 3)
    | _at(Q.POWER_FACTOR, F32, 0x34)
    | _at(Q.FREQUENCY, F32, 0x14)
    | _at(Q.IMPORTED, F32, 0x0108, 3)
    | _at(Q.EXPORTED, F32, 0x0110, 3),
)
_WS100_PLACES = (
    _lines(VOLTAGES, U32, (0x0100,), -3)
    | _lines(CURRENTS, S32, (0x0102,), -3)
    | _lines(POWERS, S32, (0x0104,))
    | _at(Q.FREQUENCY, U16, 0x010A, -1)
    | _at(Q.POWER_FACTOR, S16, 0x010B, -3)
    | _at(Q.IMPORTED, U32, 0x010E, 1)
    | _at(Q.EXPORTED, U32, 0x0118, 1)
)

_EASTRON, _ABB, _GAVAZZI = "Eastron", "ABB", "Carlo Gavazzi"
_SOCOMEC, _KLEFR, _INEPRO, _ORNO = "Socomec", "Klefr", "Inepro", "ORNO"

_ALL = (
    *(Model(name, _EASTRON, _SDM_ONE, 1, 2400) for name in ("SDM120", "SDM220", "SDM230")),
    *(Model(name, _EASTRON, _SDM_THREE) for name in ("SDM54", "SDM72-V2", "SDM630")),
    Model("ABB B21", _ABB, _ABB_ONE, 1, 19200, "E"),
    Model("ABB B23", _ABB, _ABB_THREE, 3, 19200, "E"),
    Model("ABB B24", _ABB, _ABB_THREE, 3, 19200, "E"),
    *(Model(name, _GAVAZZI, _GAVAZZI_ONE, 1) for name in ("EM110", "EM111", "EM112", "ET112")),
    *(
        Model(name, _GAVAZZI, _GAVAZZI_THREE)
        for name in ("EM330", "EM340", "EM530", "EM540", "ET330", "ET340", "EM24-E1")
    ),
    Model("EM24", _GAVAZZI, _EM24),
    Model("Countis E03", _SOCOMEC, _COUNTIS_ONE, 1, 38400, unit=5),
    *(
        Model(name, _SOCOMEC, _COUNTIS_THREE, 3, 38400, unit=5)
        for name in ("Countis E23", "Countis E24", "Countis E27", "Countis E28")
    ),
    Model("Klefr 6924", _KLEFR, _INEPRO_ONE, 1, parity="E"),
    Model("Klefr 6934", _KLEFR, _INEPRO_THREE, parity="E"),
    Model("PRO1", _INEPRO, _INEPRO_ONE, 1, parity="E"),
    Model("PRO380", _INEPRO, _INEPRO_THREE, parity="E"),
    Model("iEM3000", "Schneider", _IEM3000, 3, 19200, "E"),
    Model("PAC2200", "Siemens", _PAC2200, 3, 19200),
    Model("Janitza B23", "Janitza", _JANITZA_B23, 3, 19200, "E"),
    Model("DTSU666", "Chint", _DTSU666),
    Model("DVH4013", "DZG", _DVH4013, parity="E"),
    Model("ALE3", "Saia", _SAIA, 3, 19200, "E"),
    Model("AWD3", "Saia", _SAIA, 3, 19200, "E"),
    Model("WE516", _ORNO, _ORNO_THREE, parity="E"),
    Model("WE517", _ORNO, _ORNO_THREE, parity="E"),
    Model("WE525", _ORNO, RegisterMap(4, _WS100_PLACES), 1, parity="E"),
    Model("WE526", _ORNO, RegisterMap(4, _WS100_PLACES), 1, parity="E"),
    Model("WS100", "B+G e-tech", RegisterMap(3, _WS100_PLACES), 1, parity="E"),
)

MODELS = MappingProxyType({model.name: model for model in _ALL})
"""By name, as a configuration has it."""
SDM630 = MODELS["SDM630"]
