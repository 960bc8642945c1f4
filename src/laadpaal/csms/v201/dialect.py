"""OCPP 2.0.1: which notice is told how, which action is heard how, which answer means what."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from types import MappingProxyType

from laadpaal.csms.dialect import (
    Absorber,
    BootAnswer,
    Call,
    Hearer,
    Reporter,
    Scene,
    Tables,
    Teller,
    nothing,
)
from laadpaal.csms.v201 import (
    authorization,
    availability,
    certificates,
    charging,
    customers,
    data_transfer,
    diagnostics,
    display,
    firmware,
    local_list,
    metering,
    monitoring,
    networks,
    provisioning,
    remote,
    reservation,
    security,
    tariff,
    transactions,
)
from laadpaal.csms.v201.device_model import DeviceModel
from laadpaal.csms.v201.limits import MOST_BYTES
from laadpaal.csms.v201.refusals import UNSUPPORTED
from laadpaal.csms.v201.reports import Reports
from laadpaal.ports.clock import Clock
from laadpaal.properties.comms import OFFLINE_THRESHOLD, PASSWORD
from laadpaal.protocols.ocpp import v201
from laadpaal.station import notices as n
from laadpaal.station.payment_words import PaymentChanged, PaymentSettled
from laadpaal.station.set_points import SetPointChanged
from laadpaal.station.words import BootReason

OWN_CERTIFICATE = 3
"""The security profile in which TLS says who we are."""

TELLS: Mapping[type[n.Notice], Teller] = MappingProxyType(
    {
        n.StatusChanged: availability.status,
        n.MeterSampled: metering.sampled,
        n.AuthorizationNeeded: authorization.needed,
        n.TokenRefused: nothing,
        n.LimitChanged: nothing,
        n.ExternalLimitSet: charging.limited,
        n.ExternalLimitCleared: charging.released,
        n.SettingChanged: nothing,
        n.SettingReverted: nothing,
        n.SettingMended: nothing,
        n.PhasesDetected: nothing,
        n.LinesUsed: nothing,
        SetPointChanged: nothing,
        n.MaximumLooksDifferent: nothing,
        n.MeterSilent: nothing,
        n.DisplaySilent: nothing,
        n.GridSilent: nothing,
        n.LockSettled: nothing,
        n.UnlockForced: nothing,
        n.CacheCleared: nothing,
        n.ReservationEnded: reservation.ended,
        n.LinkChanged: nothing,
        n.Restarting: nothing,
        n.SecurityEvent: security.happened,
        n.CredentialsChanged: nothing,
        n.CredentialsProven: nothing,
        n.NetworkChanged: nothing,  # whoever is at its end hears a boot notification
        n.MobileChanged: nothing,
        n.SignalChanged: nothing,  # a monitor of its strength tells
        n.FirmwareStatusChanged: firmware.status,
        n.UploadStatusChanged: diagnostics.status,
        n.CertificateWanted: certificates.wanted,
        n.MonitorsFired: monitoring.fired,
        PaymentChanged: nothing,
        PaymentSettled: nothing,
    }
)

REPORTS: Mapping[type[n.DurableNotice], Reporter] = MappingProxyType(
    {
        n.TransactionStarted: transactions.report,
        n.TransactionUpdated: transactions.report,
        n.TransactionSampled: transactions.report,
        n.TransactionEnded: transactions.report,
    }
)

ABSORBS: Mapping[str, Absorber] = MappingProxyType(
    {
        "Authorize": authorization.judged,
        "FirmwareStatusNotification": firmware.told,
        "LogStatusNotification": diagnostics.told,
        "SignCertificate": certificates.asked,
        "TransactionEvent": transactions.judged,
    }
)


def hears(clock: Clock) -> Mapping[str, Hearer]:
    """Return what each action of the CSMS asks for; reports carry the time of `clock`."""
    model, reports = DeviceModel(clock), Reports(clock)
    monitors = monitoring.Monitors(clock)
    return MappingProxyType(
        {
            "CancelReservation": reservation.cancel,
            "CertificateSigned": certificates.signed,
            "ClearDisplayMessage": display.clear,
            "CostUpdated": tariff.updated,
            "GetDisplayMessages": display.get,
            "SetDisplayMessage": display.set_message,
            "ChangeAvailability": availability.change,
            "ClearCache": authorization.clear_cache,
            "ClearVariableMonitoring": monitoring.clear,
            "ClearChargingProfile": charging.offered(charging.clear),
            "CustomerInformation": customers.inform,
            "DataTransfer": data_transfer.received,
            "DeleteCertificate": certificates.delete,
            "GetBaseReport": reports.base,
            "GetReport": reports.chosen,
            "GetLog": diagnostics.get_log,
            "GetInstalledCertificateIds": certificates.installed,
            "GetLocalListVersion": local_list.version,
            "GetMonitoringReport": monitors.report,
            "GetChargingProfiles": charging.offered(charging.report),
            "GetCompositeSchedule": charging.offered(charging.compose),
            "GetTransactionStatus": transactions.status,
            "GetVariables": model.get,
            "InstallCertificate": certificates.install,
            "RequestStartTransaction": remote.start,
            "RequestStopTransaction": remote.stop,
            "ReserveNow": reservation.reserve,
            "Reset": provisioning.reset,
            "SendLocalList": local_list.send,
            "SetMonitoringBase": monitoring.base,
            "SetMonitoringLevel": monitoring.level,
            "SetVariableMonitoring": monitors.set,
            "SetChargingProfile": charging.offered(charging.install),
            "SetNetworkProfile": networks.store,
            "SetVariables": model.set,
            "TriggerMessage": remote.trigger,
            "UnlockConnector": remote.unlock,
            "UpdateFirmware": firmware.update,
            **UNSUPPORTED,
        }
    )


def all_after_s(scene: Scene) -> float | None:
    """Return after how long offline every status is told again (B04)."""
    return float(scene.desk.values[OFFLINE_THRESHOLD])


class V201:
    """The dialect of OCPP 2.0.1.

    Args:
        clock: Tells the time of reports.
    """

    language = v201.LANGUAGE
    silent_when_rejected = False

    def __init__(self, clock: Clock) -> None:
        self.tables = Tables(TELLS, REPORTS, hears(clock), ABSORBS, MOST_BYTES)
        self.fixed: Mapping[str, object] = MappingProxyType({})
        self.all_after_s: Callable[[Scene], float | None] = all_after_s

    def boot(self, reason: BootReason, scene: Scene) -> Call:
        """Return the boot notification."""
        return provisioning.boot(reason, scene)

    def booted(self, answer: v201.BootNotificationResponse) -> BootAnswer:
        """Read the answer to the boot notification."""
        return provisioning.booted(answer)

    def heartbeat(self) -> Call:
        """Return the heartbeat."""
        return provisioning.heartbeat()

    def beaten(self, answer: v201.HeartbeatResponse) -> float | None:
        """Read the CSMS's clock from the answer to a heartbeat."""
        return provisioning.beaten(answer)

    def authorization(self, identity: str, scene: Scene) -> str | None:
        """Return the basic authentication of `identity`; the password is used as it is (A01)."""
        password = scene.desk.values[PASSWORD].raw()
        if not password or scene.desk.view().network.route.security == OWN_CERTIFICATE:
            return None
        return "Basic " + b64encode(identity.encode() + b":" + password).decode()
