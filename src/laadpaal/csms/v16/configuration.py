"""Configuration keys: each is a name of a row in the book, and a few are constant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import UNSET

from laadpaal.csms.dialect import Reply, Scene, Wish
from laadpaal.csms.transfer import PROTOCOLS
from laadpaal.properties.book import BOOK, BY_KEY
from laadpaal.properties.charging import MAX_INSTALLED
from laadpaal.properties.comms import PASSWORD
from laadpaal.properties.kinds import Secret, spelled
from laadpaal.properties.metering import SAMPLED_MEASURANDS
from laadpaal.properties.rows import Access, Key, Property, Reading
from laadpaal.properties.wiring import PHASE_ROTATION, PHASE_SWITCHING
from laadpaal.protocols.ocpp import v16
from laadpaal.station.answers import Accepted, AfterRestart, Answer, Reason, Refused
from laadpaal.station.choices import absent
from laadpaal.station.profile_rules import MAX_PERIODS, MAX_STACK_LEVEL
from laadpaal.station.requests import WriteSetting

PROFILES = "Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger"
MAX_KEYS = 100
"""What a CSMS may ask for at once; more is answered all the same."""
_LONGEST = 500
_KEY_DIGITS = re.compile(r"(?:[0-9A-Fa-f]{2}){16,20}")


def get(call: v16.GetConfiguration, scene: Scene) -> Reply:
    """Tell the keys that were asked for; all of them when none was named (5.8)."""
    asked = () if call.key is UNSET else call.key
    if not asked:
        return Reply(v16.GetConfigurationResponse(configurationKey=_all(scene)))
    found = {name: _find(name, scene) for name in asked}
    known = tuple({entry.key: entry for entry in found.values() if entry}.values())
    unknown = tuple(name for name, entry in found.items() if entry is None)
    return Reply(
        v16.GetConfigurationResponse(
            configurationKey=known or UNSET,
            unknownKey=unknown or UNSET,
        )
    )


def change(call: v16.ChangeConfiguration, scene: Scene) -> Reply | Wish:
    """Write the setting behind a key (5.3)."""
    named = _named(call.key, scene)
    if named is None:
        constant = call.key.lower() in _constants(scene)
        word = "Rejected" if constant else "NotSupported"
        return Reply(_changed_to(v16.ConfigurationStatus(word)))
    row, key = named
    read = _READ.get(row.id)
    text = read(call.value, scene) if read else call.value
    if text is None or _constant(row, key):
        return Reply(_changed_to(v16.ConfigurationStatus.Rejected))
    return Wish((WriteSetting(row.id, text),), _written)


def _password(digits: str, scene: Scene) -> str | None:  # noqa: ARG001  the shape of a reader
    """Return the password that an AuthorizationKey spells in hexadecimal, or None.

    32 to 40 digits are 16 to 20 bytes, which need not be text (security white paper).
    """
    return spelled(bytes.fromhex(digits)) if _KEY_DIGITS.fullmatch(digits) else None


def _rotation(text: str, scene: Scene) -> str | None:
    """Return the phase rotations, or None when one is of a connector that is not there."""
    try:
        rotations = PHASE_ROTATION.kind.parse(text)
    except ValueError:
        return None
    known = all(place <= len(scene.desk.layout.evses) for place, _ in rotations)
    return text if known else None


def _sampled(text: str, scene: Scene) -> str:  # noqa: ARG001  the shape of a reader
    """Return the measurands; none at all is the default, for a sample must hold something."""
    return text if text.strip() else SAMPLED_MEASURANDS.kind.show(SAMPLED_MEASURANDS.default)


_READ: Mapping[str, Callable[[str, Scene], str | None]] = MappingProxyType(
    {
        PASSWORD.id: _password,
        PHASE_ROTATION.id: _rotation,
        SAMPLED_MEASURANDS.id: _sampled,
    }
)
"""How 1.6 spells what a row holds, by id; None refuses it."""


def _written(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Accepted():
            word = v16.ConfigurationStatus.Accepted
        case AfterRestart():
            word = v16.ConfigurationStatus.RebootRequired
        case Refused(Reason.UNKNOWN_SETTING):
            word = v16.ConfigurationStatus.NotSupported
        case _:
            word = v16.ConfigurationStatus.Rejected
    return Reply(_changed_to(word))


def _changed_to(word: v16.ConfigurationStatus) -> v16.ChangeConfigurationResponse:
    return v16.ChangeConfigurationResponse(status=word)


def _all(scene: Scene) -> tuple[v16.KeyValue, ...]:
    """Return every key that can be read, by name."""
    shown = [row for row in BOOK if not _secret(row) and not absent(row.id, scene.desk.layout)]
    rows = [_entry(row, key, scene) for row in shown for key in row.keys]
    fixed = [entry for name, entry in _constants(scene).items() if name not in BY_KEY]
    return tuple(sorted(rows + fixed, key=lambda entry: entry.key))


def _find(name: str, scene: Scene) -> v16.KeyValue | None:
    """Return one key, whatever case it was asked in."""
    named = _named(name, scene)
    return _entry(*named, scene) if named else _constants(scene).get(name.lower())


def _named(name: str, scene: Scene) -> tuple[Property[Any], Key] | None:
    """Return the row behind a key, unless the station lacks what it is about."""
    named = BY_KEY.get(name.lower())
    return None if named is None or absent(named[0].id, scene.desk.layout) else named


def _entry(row: Property[Any], key: Key, scene: Scene) -> v16.KeyValue:
    return v16.KeyValue(
        key=key.name,
        readonly=_read_only(row, key, scene),
        value=UNSET if _secret(row) else _text(row, key, scene)[:_LONGEST],
    )


def _text(row: Property[Any], key: Key, scene: Scene) -> str:
    if key.of_high:
        return f"{row.kind.high or 0:.0f}"
    if isinstance(row, Reading):
        return scene.desk.read(row)
    if row is PHASE_ROTATION:
        return ",".join(_phase_rotations(scene))
    return row.kind.show(scene.desk.values[row])


def _constant(row: Property[Any], key: Key) -> bool:
    """Tell whether a key is not for writing, by anybody, ever."""
    return isinstance(row, Reading) or key.read_only or key.of_high


def _read_only(row: Property[Any], key: Key, scene: Scene) -> bool:
    if isinstance(row, Reading) or _constant(row, key):
        return True
    return row.access is Access.INSTALLER or scene.desk.values.fixed(row)


def _secret(row: Property[Any]) -> bool:
    return isinstance(row.kind, Secret) or (not isinstance(row, Reading) and row.secret)


def _constants(scene: Scene) -> dict[str, v16.KeyValue]:
    """Return the keys that this dialect answers itself, by name in lower case."""
    texts = {
        "ChargeProfileMaxStackLevel": str(MAX_STACK_LEVEL),
        "ChargingScheduleAllowedChargingRateUnit": "Current,Power",
        "ChargingScheduleMaxPeriods": str(MAX_PERIODS),
        "ConnectorPhaseRotationMaxLength": str(1 + len(scene.desk.layout.evses)),
        "ConnectorSwitch3to1PhaseSupported": str(_switches(scene)).lower(),
        "GetConfigurationMaxKeys": str(MAX_KEYS),
        "MaxChargingProfilesInstalled": str(MAX_INSTALLED),
        "NumberOfConnectors": str(len(scene.desk.layout.evses)),
        "SupportedFeatureProfiles": PROFILES,
        "SupportedFileTransferProtocols": ",".join(PROTOCOLS),
    }
    return {
        name.lower(): v16.KeyValue(key=name, readonly=True, value=text)
        for name, text in texts.items()
    }


def _switches(scene: Scene) -> bool:
    return scene.desk.layout.switches_phases and scene.desk.values[PHASE_SWITCHING]


def _phase_rotations(scene: Scene) -> list[str]:
    """Return how the lines of each connector are turned, as far as somebody has told.

    Where there is one line there is nothing to turn.
    """
    phases = [evse.phases for evse in scene.desk.layout.evses]
    rotations = scene.desk.values[PHASE_ROTATION]
    told = dict(rotations)
    wired = enumerate([max(phases), *phases])
    return [f"{n}.{told.get(n, 'NotApplicable' if p == 1 else 'Unknown')}" for n, p in wired]
