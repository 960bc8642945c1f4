"""Network profiles: ways to a CSMS that the CSMS itself puts in (B09)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import UNSET

from laadpaal.csms.dialect import Reply, Scene, Wish
from laadpaal.csms.v201.refusals import why
from laadpaal.protocols.ocpp import v201
from laadpaal.station.answers import Answer, Reason, Refused
from laadpaal.station.network_profile import Apn, Generation, NetworkProfile, Vpn
from laadpaal.station.requests import StoreNetwork

GENERATIONS: Mapping[v201.OCPPVersion, Generation] = MappingProxyType(
    {
        v201.OCPPVersion.OCPP16: Generation.FIRST,
        v201.OCPPVersion.OCPP20: Generation.SECOND,
    }
)
"""The versions that we speak; by their word for it, OCPP20 is this one."""


def store(call: v201.SetNetworkProfile, scene: Scene) -> Wish | Reply:  # noqa: ARG001  the shape of a hearer
    """Keep a profile in a slot; the station judges it, and goes on as it is connected."""
    data = call.connectionData
    generation = GENERATIONS.get(data.ocppVersion)
    if generation is None:
        return _stored((_no(f"{data.ocppVersion.value} is not spoken here"),))
    if data.ocppTransport is not v201.OCPPTransport.JSON:
        return _stored((_no(f"{data.ocppTransport.value} is not spoken here"),))
    profile = NetworkProfile(
        generation,
        data.ocppCsmsUrl,
        data.securityProfile,
        data.messageTimeout,
        data.ocppInterface.value,
        _apn(data),
        _vpn(data),
    )
    return Wish((StoreNetwork(call.configurationSlot, profile),), _stored)


def _no(detail: str) -> Refused:
    return Refused(Reason.BAD_NETWORK, detail)


def _apn(data: v201.NetworkConnectionProfile) -> Apn | None:
    if data.apn is UNSET:
        return None
    apn = data.apn
    return Apn(
        apn.apn,
        apn.apnAuthentication.value,
        apn.apnUserName or "",
        apn.apnPassword or "",
        "" if apn.simPin is UNSET else str(apn.simPin),
        apn.preferredNetwork or "",
        apn.useOnlyPreferredNetwork or False,
    )


def _vpn(data: v201.NetworkConnectionProfile) -> Vpn | None:
    if data.vpn is UNSET:
        return None
    vpn = data.vpn
    return Vpn(vpn.type.value, vpn.server, vpn.user, vpn.password, vpn.key, vpn.group or "")


def _stored(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    refused = isinstance(answer, Refused)
    status = v201.SetNetworkProfileStatus
    return Reply(
        v201.SetNetworkProfileResponse(
            status=status.Rejected if refused else status.Accepted, statusInfo=why(answer)
        )
    )
