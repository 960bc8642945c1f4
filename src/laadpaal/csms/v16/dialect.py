"""OCPP 1.6 in four tables: what we tell and report, what we hear, what answers mean."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from laadpaal.csms.dialect import (
    Absorbed,
    Absorber,
    BootAnswer,
    Call,
    Calls,
    Hearer,
    Reply,
    Reporter,
    Scene,
    Tables,
    Teller,
    Wish,
    nothing,
)
from laadpaal.csms.v16 import (
    authorization,
    availability,
    certificates,
    charging,
    configuration,
    data_transfer,
    diagnostics,
    firmware,
    local_list,
    metering,
    provisioning,
    remote,
    reservation,
    security,
    transactions,
)
from laadpaal.ports.journal import Entry
from laadpaal.properties.certificates import WILDCARDS
from laadpaal.properties.charging import OWN_DEFAULT_FIRST, PROFILES_GIVE_WAY
from laadpaal.properties.metering import ENDED_AS_TOLD
from laadpaal.properties.transactions import ENERGY_BEFORE_STOP, START_POINT, STOP_POINT
from laadpaal.protocols.ocpp import v16
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station import notices as n
from laadpaal.station.payment_words import PaymentChanged, PaymentSettled
from laadpaal.station.set_points import SetPointChanged
from laadpaal.station.words import BootReason

N = TypeVar("N", bound=n.Notice)
D = TypeVar("D", bound=n.DurableNotice)
M = TypeVar("M", bound=Message)


def _tells(kind: type[N], how: Callable[[N, Scene], Calls]) -> tuple[type[Any], Teller]:
    return kind, how


def _reports(
    kind: type[D], how: Callable[[D, Entry, Scene], Call | None]
) -> tuple[type[Any], Reporter]:
    def report(entry: Entry, scene: Scene) -> Call | None:
        notice: Any = entry.notice  # of the row's kind: that is how the row was found
        return how(notice, entry, scene)

    return kind, report


def _hears(kind: type[M], how: Callable[[M, Scene], Reply | Wish]) -> tuple[str, Hearer]:
    return kind.__name__, how


def _absorbs(kind: type[M], how: Callable[[Call, M, Scene], Absorbed]) -> tuple[str, Absorber]:
    return kind.__name__.removesuffix("Response"), how


_TELLS = (
    _tells(n.AuthorizationNeeded, authorization.needed),
    _tells(n.MeterSampled, metering.idle),
    _tells(n.StatusChanged, availability.status),
    _tells(n.TokenRefused, nothing),
    _tells(n.LimitChanged, nothing),
    _tells(n.ExternalLimitSet, nothing),
    _tells(n.ExternalLimitCleared, nothing),
    _tells(SetPointChanged, nothing),
    _tells(n.SettingChanged, nothing),
    _tells(n.SettingReverted, nothing),
    _tells(n.SettingMended, nothing),
    _tells(n.PhasesDetected, nothing),
    _tells(n.LinesUsed, nothing),
    _tells(n.MaximumLooksDifferent, nothing),
    _tells(n.MeterSilent, nothing),
    _tells(n.DisplaySilent, nothing),
    _tells(n.GridSilent, nothing),
    _tells(n.LockSettled, nothing),
    _tells(n.UnlockForced, nothing),
    _tells(n.CacheCleared, nothing),
    _tells(n.ReservationEnded, nothing),
    _tells(n.LinkChanged, nothing),
    _tells(n.Restarting, nothing),
    _tells(n.SecurityEvent, security.happened),
    _tells(n.CredentialsChanged, nothing),
    _tells(n.CredentialsProven, nothing),
    _tells(n.CertificateWanted, certificates.wanted),
    _tells(n.NetworkChanged, nothing),
    _tells(n.MobileChanged, nothing),
    _tells(n.SignalChanged, nothing),
    _tells(n.FirmwareStatusChanged, firmware.status),
    _tells(n.UploadStatusChanged, diagnostics.status),
    _tells(n.MonitorsFired, nothing),
    _tells(PaymentChanged, nothing),
    _tells(PaymentSettled, nothing),
)

_HEARS = (
    _hears(v16.CertificateSigned, certificates.signed),
    _hears(v16.CancelReservation, reservation.cancel),
    _hears(v16.ChangeAvailability, availability.change),
    _hears(v16.ChangeConfiguration, configuration.change),
    _hears(v16.ClearCache, authorization.clear_cache),
    _hears(v16.ClearChargingProfile, charging.clear),
    _hears(v16.DataTransfer, data_transfer.receive),
    _hears(v16.DeleteCertificate, certificates.delete),
    _hears(v16.ExtendedTriggerMessage, remote.trigger_extended),
    _hears(v16.GetCompositeSchedule, charging.compose),
    _hears(v16.GetConfiguration, configuration.get),
    _hears(v16.GetInstalledCertificateIds, certificates.installed),
    _hears(v16.InstallCertificate, certificates.install),
    _hears(v16.GetLocalListVersion, local_list.version),
    _hears(v16.GetDiagnostics, diagnostics.get),
    _hears(v16.GetLog, diagnostics.get_log),
    _hears(v16.RemoteStartTransaction, remote.start),
    _hears(v16.RemoteStopTransaction, remote.stop),
    _hears(v16.ReserveNow, reservation.reserve),
    _hears(v16.Reset, availability.reset),
    _hears(v16.SendLocalList, local_list.send),
    _hears(v16.SetChargingProfile, charging.install),
    _hears(v16.SignedUpdateFirmware, firmware.update_signed),
    _hears(v16.TriggerMessage, remote.trigger),
    _hears(v16.UnlockConnector, availability.unlock),
    _hears(v16.UpdateFirmware, firmware.update),
)

_ABSORBS = (
    _absorbs(v16.AuthorizeResponse, authorization.answered),
    _absorbs(v16.DiagnosticsStatusNotificationResponse, diagnostics.told),
    _absorbs(v16.FirmwareStatusNotificationResponse, firmware.told),
    _absorbs(v16.LogStatusNotificationResponse, diagnostics.told),
    _absorbs(v16.SignedFirmwareStatusNotificationResponse, firmware.told),
    _absorbs(v16.StartTransactionResponse, transactions.start_answered),
    _absorbs(v16.StopTransactionResponse, transactions.stop_answered),
)


def _tables(numbered: transactions.Numbered) -> Tables:
    reports = (
        _reports(n.TransactionStarted, transactions.started),
        _reports(n.TransactionUpdated, transactions.updated),
        _reports(n.TransactionSampled, numbered.sampled),
        _reports(n.TransactionEnded, numbered.ended),
    )
    return Tables(dict(_TELLS), dict(reports), dict(_HEARS), dict(_ABSORBS))


def _never(scene: Scene) -> None:
    """Return None: only statuses that changed are told again, however long it was offline."""


class V16:
    """Speaks OCPP 1.6 over JSON.

    Args:
        log: Of this station; an ERROR there means that the journal is out of order.
    """

    language = v16.LANGUAGE
    fixed: Mapping[str, object] = {
        START_POINT.id: ("PowerPathClosed",),
        STOP_POINT.id: ("Authorized",),
        ENDED_AS_TOLD.id: True,
        WILDCARDS.id: True,  # the white paper does not forbid them
        ENERGY_BEFORE_STOP.id: True,
        OWN_DEFAULT_FIRST.id: True,
        PROFILES_GIVE_WAY.id: True,
    }
    silent_when_rejected = True

    def __init__(self, log: logging.Logger) -> None:
        self.tables = _tables(transactions.Numbered(log))
        self.all_after_s: Callable[[Scene], float | None] = _never

    def boot(self, reason: BootReason, scene: Scene) -> Call:  # noqa: ARG002  1.6 does not ask why
        """Return the boot notification."""
        return provisioning.boot(scene)

    def booted(self, answer: v16.BootNotificationResponse) -> BootAnswer:
        """Read the answer to the boot notification."""
        return provisioning.booted(answer)

    def heartbeat(self) -> Call:
        """Return the heartbeat."""
        return provisioning.heartbeat()

    def beaten(self, answer: v16.HeartbeatResponse) -> float | None:
        """Read the CSMS's clock from the answer to a heartbeat, in UTC seconds."""
        return provisioning.beaten(answer)

    def authorization(self, identity: str, scene: Scene) -> str | None:
        """Return the text of the HTTP Authorization header, or None without a password."""
        return provisioning.authorization(identity, scene)
