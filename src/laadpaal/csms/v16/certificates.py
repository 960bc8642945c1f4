"""Certificates in the words of the security white paper (section 2.4 on)."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms import certificates
from laadpaal.csms.dialect import Call, Calls, Reply, Scene
from laadpaal.ports.vault import Use
from laadpaal.protocols.ocpp import v16
from laadpaal.protocols.pki import HashAlgorithm, HashData
from laadpaal.station.notices import CertificateWanted
from laadpaal.station.words import ShownTo

_USES = {
    v16.CertificateUse.CentralSystemRootCertificate: Use.CSMS_ROOT,
    v16.CertificateUse.ManufacturerRootCertificate: Use.MANUFACTURER_ROOT,
}


def install(call: v16.InstallCertificate, scene: Scene) -> Reply:
    """Trust one more root, when it is one (M05)."""
    came = certificates.install(call.certificate, _USES[call.certificateType], scene)
    status = v16.InstallCertificateStatus(came.word.value)
    return Reply(v16.InstallCertificateResponse(status=status), came.then)


def installed(call: v16.GetInstalledCertificateIds, scene: Scene) -> Reply:
    """Name the roots of one use; the station's own certificate is none (M03)."""
    use, vault = _USES[call.certificateType], scene.vault
    names = tuple(certificates.roots(use, vault).values()) if vault else ()
    return Reply(
        v16.GetInstalledCertificateIdsResponse(
            status=v16.GetInstalledCertificateStatus("Accepted" if names else "NotFound"),
            certificateHashData=tuple(map(_told, names)) or UNSET,
        )
    )


def _told(named: HashData) -> v16.CertificateHashData:
    return v16.CertificateHashData(
        hashAlgorithm=v16.HashAlgorithm(named.algorithm.value),
        issuerNameHash=named.issuer_name_hash,
        issuerKeyHash=named.issuer_key_hash,
        serialNumber=named.serial,
    )


def delete(call: v16.DeleteCertificate, scene: Scene) -> Reply:
    """Trust a root no more, unless the connection hangs on it (M04)."""
    wanted = call.certificateHashData
    named = HashData(
        HashAlgorithm(wanted.hashAlgorithm.value),
        wanted.issuerNameHash,
        wanted.issuerKeyHash,
        wanted.serialNumber,
    )
    came = certificates.delete(named, scene)
    status = v16.DeleteCertificateStatus(came.word.value)
    return Reply(v16.DeleteCertificateResponse(status=status), came.then)


def sign(scene: Scene) -> Calls:
    """Return the request for a new certificate, or nothing when there can be none (A02)."""
    request = certificates.request(scene)
    return (Call("SignCertificate", v16.SignCertificate(csr=request)),) if request else ()


def wanted(notice: CertificateWanted, scene: Scene) -> Calls:
    """Ask for a new certificate without having been asked to (A03); there is one kind only."""
    return sign(scene) if notice.to is ShownTo.CSMS else ()


def signed(call: v16.CertificateSigned, scene: Scene) -> Reply:
    """Take the certificate we have asked for, when it is good (A02)."""
    came = certificates.take(call.certificateChain, ShownTo.CSMS, scene)
    status = v16.CertificateSignedStatus(came.word.value)
    return Reply(v16.CertificateSignedResponse(status=status), came.then)
