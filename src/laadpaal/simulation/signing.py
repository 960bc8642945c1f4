"""A meter that signs what it says, as calibration law asks for."""

from __future__ import annotations

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import EnergyMeter
from laadpaal.protocols import ocmf
from laadpaal.station.measurement import Measurement, SignedData


class Signer:
    """The key in a meter, which never leaves it, and the count of what it has signed."""

    def __init__(self, serial: str = "SIM00001") -> None:
        self._serial = serial
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._number = 0
        self.public_key = ocmf.public_key(self._key)

    def sign(self, energy_wh: float, at: float, *, synchronised: bool) -> SignedData:
        """Return a register of now, signed."""
        self._number += 1
        record = ocmf.Record(self._serial, self._number, at, energy_wh, synchronised)
        text = ocmf.written(record, self._key)
        return SignedData(text, ocmf.METHOD, ocmf.ENCODING, self.public_key)


class SigningMeter:
    """Is an `EnergyMeter`: another one, with a signer beside it."""

    def __init__(self, meter: EnergyMeter, signer: Signer, clock: Clock) -> None:
        self._meter, self._signer, self._clock = meter, signer, clock

    async def read(self) -> Measurement:
        """Return one complete measurement, signed; raises DeviceLost as the meter does."""
        said = await self._meter.read()
        now = self._clock.now()
        signed = self._signer.sign(said.energy_wh, now.utc, synchronised=now.trusted)
        return replace(said, signed=signed)

    async def close(self) -> None:
        """Let the line go."""
        await self._meter.close()
