"""Certificates: roots to trust, and the station's own (security white paper, section 2.4 on)."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Calls, Reply, Scene, Then
from laadpaal.csms.holdings import holdings
from laadpaal.csms.roots import follows, succeed
from laadpaal.ports.errors import VaultFailed, VaultFull
from laadpaal.ports.vault import Use, Vault
from laadpaal.properties.certificates import CPO_NAME, MAX_CHAIN, MAX_ROOTS, SIGNED_ROOTS
from laadpaal.properties.comms import SECURITY_PROFILE
from laadpaal.protocols.ocpp import v16
from laadpaal.protocols.pki import (
    Certificate,
    HashAlgorithm,
    HashData,
    PkiError,
    flaw_of,
    hash_data,
    read_chain,
    read_one,
)
from laadpaal.station.events import SecurityIncident
from laadpaal.station.notices import RenewalDue
from laadpaal.station.security import SecurityKind

_USES = {
    v16.CertificateUse.CentralSystemRootCertificate: Use.CSMS_ROOT,
    v16.CertificateUse.ManufacturerRootCertificate: Use.MANUFACTURER_ROOT,
}
_BAD_ROOT = {
    Use.CSMS_ROOT: SecurityKind.BAD_CSMS_CERTIFICATE,
    Use.MANUFACTURER_ROOT: SecurityKind.BAD_FIRMWARE_CERTIFICATE,
}
_WITH_TLS = 2
_Installed = v16.InstallCertificateStatus
_Deleted = v16.DeleteCertificateStatus
_Signed = v16.CertificateSignedStatus


# --- roots ---


def install(call: v16.InstallCertificate, scene: Scene) -> Reply:
    """Trust one more root, when it is one (M05)."""
    vault, use = scene.vault, _USES[call.certificateType]
    if vault is None or _count(vault) >= scene.desk.values[MAX_ROOTS]:
        return _installed(_Installed.Rejected)
    wrong = _root_flaw(call.certificate, use, vault, scene)
    if wrong:
        return _installed(_Installed.Rejected, SecurityIncident(_BAD_ROOT[use], wrong))
    try:
        if _strict(use, scene):
            succeed(vault, call.certificate)
        else:
            vault.add_root(use, call.certificate)
    except VaultFull:
        return _installed(_Installed.Rejected)
    except VaultFailed:
        return _installed(_Installed.Failed)
    return _installed(_Installed.Accepted, holdings(vault))


def _installed(status: v16.InstallCertificateStatus, *then: Then) -> Reply:
    return Reply(v16.InstallCertificateResponse(status=status), then)


def _count(vault: Vault) -> int:
    return sum(len(vault.roots(use)) for use in Use)


def _strict(use: Use, scene: Scene) -> bool:
    """Tell whether a new root must be signed by the present one, and takes its place."""
    return use is Use.CSMS_ROOT and scene.desk.values[SIGNED_ROOTS]


def _root_flaw(pem: str, use: Use, vault: Vault, scene: Scene) -> str:
    """Return what is wrong with a root, or "" when it can be trusted."""
    try:
        root = read_one(pem)
    except PkiError as wrong:
        return str(wrong)
    known, strict = _read(vault.roots(use)), _strict(use, scene)
    # One that another has signed cannot vouch for itself.
    itself = (root,) if root.self_signed else ()
    flaw = flaw_of((root,), (*itself, *known), scene.utc(), partial=strict)
    if flaw:
        return str(flaw)
    if not root.authority:
        return f"{root.subject} may not sign others"
    if strict and known and not follows(root, known[-1]):
        return f"{root.subject} is not signed by the root that is installed"
    return ""


def _read(pems: tuple[str, ...]) -> tuple[Certificate, ...]:
    return tuple(read_one(pem) for pem in pems)


def installed(call: v16.GetInstalledCertificateIds, scene: Scene) -> Reply:
    """Name the roots of one use; the station's own certificate is none (M03)."""
    roots = _read(scene.vault.roots(_USES[call.certificateType])) if scene.vault else ()
    word = "Accepted" if roots else "NotFound"
    ids = tuple(_told(_id(root, roots, HashAlgorithm.SHA256)) for root in roots)
    return Reply(
        v16.GetInstalledCertificateIdsResponse(
            status=v16.GetInstalledCertificateStatus(word), certificateHashData=ids or UNSET
        )
    )


def _id(root: Certificate, roots: tuple[Certificate, ...], algorithm: HashAlgorithm) -> HashData:
    issuers = [it for it in roots if root.signed_by(it)]
    return hash_data(root, issuers[0] if issuers else None, algorithm)


def _told(named: HashData) -> v16.CertificateHashData:
    return v16.CertificateHashData(
        hashAlgorithm=v16.HashAlgorithm(named.algorithm.value),
        issuerNameHash=named.issuer_name_hash,
        issuerKeyHash=named.issuer_key_hash,
        serialNumber=named.serial,
    )


def delete(call: v16.DeleteCertificate, scene: Scene) -> Reply:
    """Trust a root no more, unless the connection hangs on it (M04)."""
    found = _find(call.certificateHashData, scene.vault) if scene.vault else None
    if scene.vault is None or found is None:
        return _deleted(_Deleted.NotFound)
    use, pem = found
    if use is Use.CSMS_ROOT and _needed(pem, scene.vault, scene):
        return _deleted(_Deleted.Failed)
    try:
        scene.vault.remove_root(use, pem)
    except VaultFailed:
        return _deleted(_Deleted.Failed)
    return _deleted(_Deleted.Accepted, holdings(scene.vault))


def _deleted(status: v16.DeleteCertificateStatus, *then: Then) -> Reply:
    return Reply(v16.DeleteCertificateResponse(status=status), then)


def _find(wanted: v16.CertificateHashData, vault: Vault) -> tuple[Use, str] | None:
    """Return the root that is meant; case and leading zeros play no part."""
    algorithm = HashAlgorithm(wanted.hashAlgorithm.value)
    named = HashData(
        algorithm,
        wanted.issuerNameHash.lower(),
        wanted.issuerKeyHash.lower(),
        wanted.serialNumber.lower().lstrip("0"),
    )
    for use in Use:
        pems = vault.roots(use)
        roots = _read(pems)
        for pem, root in zip(pems, roots, strict=True):
            if _id(root, roots, algorithm) == named:
                return use, pem
    return None


def _needed(pem: str, vault: Vault, scene: Scene) -> bool:
    """Tell whether the CSMS could not be reached any more, or only by luck."""
    last = len(vault.roots(Use.CSMS_ROOT)) == 1
    with_tls = scene.desk.values[SECURITY_PROFILE] >= _WITH_TLS
    return with_tls and (last or pem == scene.anchor.pem)


# --- the station's own certificate ---


def sign(scene: Scene) -> Calls:
    """Return the request for a new certificate, or nothing when there can be none (A02)."""
    organisation = scene.desk.values[CPO_NAME]
    if scene.vault is None or not organisation:
        return ()
    try:
        request = scene.vault.begin_request(scene.desk.layout.serial, organisation)
    except VaultFailed:
        return ()
    return (Call("SignCertificate", v16.SignCertificate(csr=request)),)


def renewal_due(notice: RenewalDue, scene: Scene) -> Calls:  # noqa: ARG001  a teller
    """Ask for a new certificate without having been asked to (A03)."""
    return sign(scene)


def signed(call: v16.CertificateSigned, scene: Scene) -> Reply:
    """Take the certificate we have asked for, when it is good (A02)."""
    vault = scene.vault
    if vault is None:
        return _taken(_Signed.Rejected)
    wrong = _chain_flaw(call.certificateChain, vault, scene)
    try:
        if not wrong and not vault.complete_request(call.certificateChain):
            wrong = "it was issued for no key that we have asked with"
    except VaultFailed:
        return _taken(_Signed.Rejected)
    if wrong:
        kind = SecurityKind.BAD_STATION_CERTIFICATE
        return _taken(_Signed.Rejected, SecurityIncident(kind, wrong))
    return _taken(_Signed.Accepted, holdings(vault))


def _taken(status: v16.CertificateSignedStatus, *then: Then) -> Reply:
    return Reply(v16.CertificateSignedResponse(status=status), then)


def _chain_flaw(pem: str, vault: Vault, scene: Scene) -> str:
    """Return what is wrong with a chain for us, or ""."""
    if len(pem) > scene.desk.values[MAX_CHAIN]:
        return f"{len(pem)} characters are more than {scene.desk.values[MAX_CHAIN]}"
    try:
        chain = read_chain(pem)
    except PkiError as wrong:
        return str(wrong)
    roots = _read(vault.roots(Use.CSMS_ROOT))
    flaw = flaw_of(chain, roots, scene.utc(), partial=scene.desk.values[SIGNED_ROOTS])
    if flaw:
        return str(flaw)
    serial = scene.desk.layout.serial
    if chain[0].common_name != serial:
        return f"it was issued for {chain[0].subject}, and this is {serial}"
    return ""
