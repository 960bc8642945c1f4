"""Honest refusals for what this station does not do: each in the words its answer has for it."""

from __future__ import annotations

from laadpaal.csms.dialect import Hearer, Refusal, Reply, Scene
from laadpaal.protocols.ocpp import v16

_ANSWERS = (
    v16.CertificateSignedResponse(status=v16.CertificateSignedStatus.Rejected),
    v16.DeleteCertificateResponse(status=v16.DeleteCertificateStatus.NotFound),
    v16.GetDiagnosticsResponse(),
    v16.GetInstalledCertificateIdsResponse(status=v16.GetInstalledCertificateStatus.NotFound),
    v16.GetLogResponse(status=v16.LogStatus.Rejected),
    v16.InstallCertificateResponse(status=v16.InstallCertificateStatus.Rejected),
    v16.SignedUpdateFirmwareResponse(status=v16.UpdateFirmwareStatus.Rejected),
)


def _always(reply: Reply) -> Hearer:
    def hear(call: object, scene: Scene) -> Reply:  # noqa: ARG001  a hearer
        return reply

    return hear


def _update_firmware(call: v16.UpdateFirmware, scene: Scene) -> Reply:  # noqa: ARG001  a hearer
    raise Refusal("NotSupported", "the firmware cannot be updated from afar")


HEARS: dict[str, Hearer] = {
    type(answer).__name__.removesuffix("Response"): _always(Reply(answer)) for answer in _ANSWERS
} | {"UpdateFirmware": _update_firmware}  # its answer has no field to refuse in
