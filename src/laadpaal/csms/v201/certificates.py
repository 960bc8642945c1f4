"""Certificates: roots to trust, and the station's own for the CSMS and for vehicles (M, A02)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET, UnsetType

from laadpaal.csms import certificates
from laadpaal.csms.certificates import Outcome
from laadpaal.csms.dialect import Absorbed, Call, Calls, Reply, Scene
from laadpaal.csms.v201.refusals import status_info
from laadpaal.ports.vault import Use, Vault
from laadpaal.protocols.ocpp import v201
from laadpaal.protocols.pki import HashAlgorithm, HashData
from laadpaal.station.events import SigningAnswered, SigningOver
from laadpaal.station.notices import CertificateWanted
from laadpaal.station.words import ShownTo

MOST_CHILDREN = 4
"""That a chain may be listed with."""

_USES = {
    v201.InstallCertificateUse.CSMSRootCertificate: Use.CSMS_ROOT,
    v201.InstallCertificateUse.ManufacturerRootCertificate: Use.MANUFACTURER_ROOT,
    v201.InstallCertificateUse.V2GRootCertificate: Use.V2G_ROOT,
    v201.InstallCertificateUse.MORootCertificate: Use.MO_ROOT,
}
_OWN = {
    v201.CertificateSigningUse.ChargingStationCertificate: ShownTo.CSMS,
    v201.CertificateSigningUse.V2GCertificate: ShownTo.VEHICLES,
}
_SIGNED_AS = {to: word for word, to in _OWN.items()}
_Id = v201.GetCertificateIdUse
_Chain = v201.CertificateHashDataChain


def _info(came: Outcome) -> v201.StatusInfo | UnsetType:
    return status_info(came.why.value, came.detail) if came.why else UNSET


# --- roots ---


def install(call: v201.InstallCertificate, scene: Scene) -> Reply:
    """Trust one more root, when it is one (M05)."""
    came = certificates.install(call.certificate, _USES[call.certificateType], scene)
    status = v201.InstallCertificateStatus(came.word.value)
    told = v201.InstallCertificateResponse(status=status, statusInfo=_info(came))
    return Reply(told, came.then)


def installed(call: v201.GetInstalledCertificateIds, scene: Scene) -> Reply:
    """Name all that is there of some kinds; of our own only what vehicles are shown (M03)."""
    kinds = tuple(_Id) if call.certificateType is UNSET else call.certificateType
    vault = scene.vault
    found = tuple(one for kind in _Id if vault and kind in kinds for one in _listed(kind, vault))
    return Reply(
        v201.GetInstalledCertificateIdsResponse(
            status=v201.GetInstalledCertificateStatus("Accepted" if found else "NotFound"),
            certificateHashDataChain=found or UNSET,
        )
    )


def _listed(kind: v201.GetCertificateIdUse, vault: Vault) -> Iterator[_Chain]:
    if kind is _Id.V2GCertificateChain:
        for names in filter(None, certificates.chains(ShownTo.VEHICLES, vault).values()):
            yield _chain(kind, *names)
        return
    use = _USES[v201.InstallCertificateUse(kind.value)]
    for name in certificates.roots(use, vault).values():
        yield _chain(kind, name)


def _chain(kind: v201.GetCertificateIdUse, top: HashData, *children: HashData) -> _Chain:
    return _Chain(
        certificateType=kind,
        certificateHashData=_told(top),
        childCertificateHashData=tuple(map(_told, children[:MOST_CHILDREN])) or UNSET,
    )


def _told(named: HashData) -> v201.CertificateHashData:
    return v201.CertificateHashData(
        hashAlgorithm=v201.HashAlgorithm(named.algorithm.value),
        issuerNameHash=named.issuer_name_hash,
        issuerKeyHash=named.issuer_key_hash,
        serialNumber=named.serial,
    )


def delete(call: v201.DeleteCertificate, scene: Scene) -> Reply:
    """Forget what is named so, unless it is needed (M04)."""
    wanted = call.certificateHashData
    named = HashData(
        HashAlgorithm(wanted.hashAlgorithm.value),
        wanted.issuerNameHash,
        wanted.issuerKeyHash,
        wanted.serialNumber,
    )
    came = certificates.delete(named, scene)
    status = v201.DeleteCertificateStatus(came.word.value)
    return Reply(v201.DeleteCertificateResponse(status=status, statusInfo=_info(came)), came.then)


# --- the station's own certificates ---


def sign(to: ShownTo, scene: Scene) -> Calls:
    """Return the request for a new certificate, or nothing when there can be none (A02)."""
    return wanted(CertificateWanted(to), scene)


def wanted(notice: CertificateWanted, scene: Scene) -> Calls:
    """Ask for a certificate (A03); a repetition asks with the same key."""
    request = certificates.request(scene, notice.to, fresh=not notice.repeat)
    if not request:
        return ()
    asked = v201.SignCertificate(csr=request, certificateType=_SIGNED_AS[notice.to])
    return (Call("SignCertificate", asked, notice),)


def asked(call: Call, answer: v201.SignCertificateResponse, scene: Scene) -> Absorbed:  # noqa: ARG001  the shape of an absorber
    """Learn whether the certificate that was asked for will come."""
    accepted = answer.status is v201.GenericStatus.Accepted
    match call.about:
        case CertificateWanted(to, repeat):
            return Absorbed((SigningAnswered(to, accepted, repeat),))
        case _:
            raise AssertionError(f"{call.about} asks for no certificate")


def signed(call: v201.CertificateSigned, scene: Scene) -> Reply:
    """Take the certificate we have asked for, when it is good (A02).

    Without a type it is the one for the CSMS.
    """
    to = ShownTo.CSMS if call.certificateType is UNSET else _OWN[call.certificateType]
    came = certificates.take(call.certificateChain, to, scene)
    status = v201.CertificateSignedStatus(came.word.value)
    told = v201.CertificateSignedResponse(status=status, statusInfo=_info(came))
    return Reply(told, (SigningOver(to), *came.then))
