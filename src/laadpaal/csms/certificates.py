"""Certificates as both versions mean them: roots to trust, and the station's own (M, A02)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from laadpaal.csms.dialect import Scene, Then
from laadpaal.csms.holdings import holdings
from laadpaal.csms.roots import follows, succeed
from laadpaal.ports.errors import VaultFailed, VaultFull
from laadpaal.ports.vault import Use, Vault
from laadpaal.properties.certificates import CPO_NAME, MAX_CHAIN, MAX_ROOTS, SIGNED_ROOTS
from laadpaal.properties.comms import SECURITY_PROFILE
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
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import ShownTo

_BAD_ROOT = {
    Use.CSMS_ROOT: SecurityKind.BAD_CSMS_CERTIFICATE,
    Use.MANUFACTURER_ROOT: SecurityKind.BAD_FIRMWARE_CERTIFICATE,
}
"""The others have no security event."""
_VOUCHING = {ShownTo.CSMS: Use.CSMS_ROOT, ShownTo.VEHICLES: Use.V2G_ROOT}
"""Which roots our own certificates must lead to."""
_WITH_TLS = 2


class Word(Enum):
    """How a call fared, spelled as in both versions."""

    ACCEPTED = "Accepted"
    REJECTED = "Rejected"
    FAILED = "Failed"
    NOT_FOUND = "NotFound"


class Why(Enum):
    """Why it was refused, spelled as a reasonCode of OCPP 2.0.1."""

    BAD = "InvalidCertificate"
    NO_ROOM = "OutOfStorage"
    NO_VAULT = "NotEnabled"
    DISK = "InternalError"
    NEEDED = "UnsupportedRequest"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call about certificates fared.

    Args:
        detail: One sentence for people about a refusal.
        then: What follows once the answer has been sent.
    """

    word: Word
    why: Why | None = None
    detail: str = ""
    then: tuple[Then, ...] = ()


_NO_VAULT = Outcome(Word.REJECTED, Why.NO_VAULT, "this station keeps no certificates")
_NO_ROOM = Outcome(Word.REJECTED, Why.NO_ROOM, "there is no room for another root")


def _broken(word: Word, failed: VaultFailed) -> Outcome:
    return Outcome(word, Why.DISK, str(failed))


# --- roots ---


def install(pem: str, use: Use, scene: Scene) -> Outcome:
    """Trust one more root, when it is one (M05)."""
    vault = scene.vault
    if vault is None:
        return _NO_VAULT
    if _full(pem, use, vault, scene):
        return _NO_ROOM
    wrong = _root_flaw(pem, use, vault, scene)
    if wrong:
        kind = _BAD_ROOT.get(use)
        then = (SecurityIncident(kind, wrong),) if kind else ()
        return Outcome(Word.REJECTED, Why.BAD, wrong, then)
    try:
        if _strict(use, scene):
            succeed(vault, pem)
        else:
            vault.add_root(use, pem)
    except VaultFull:
        return _NO_ROOM
    except VaultFailed as failed:
        return _broken(Word.FAILED, failed)
    return Outcome(Word.ACCEPTED, then=(holdings(vault),))


def _full(pem: str, use: Use, vault: Vault, scene: Scene) -> bool:
    """Tell whether there is no room; one that is there already needs none."""
    count = sum(len(vault.roots(each)) for each in Use)
    if count < scene.desk.values[MAX_ROOTS]:
        return False
    try:
        return read_one(pem).pem not in vault.roots(use)
    except PkiError:
        return False  # what is wrong with it says more


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


# --- lists, and what is on them ---


def roots(
    use: Use, vault: Vault, algorithm: HashAlgorithm = HashAlgorithm.SHA256
) -> dict[str, HashData]:
    """Return the name of each root of one use, by its PEM (M03)."""
    return {pem: _root_name(pem, use, vault, algorithm) for pem in vault.roots(use)}


def _root_name(pem: str, use: Use, vault: Vault, algorithm: HashAlgorithm) -> HashData:
    signer = vault.signer(use, pem)
    return hash_data(read_one(pem), read_one(signer) if signer else None, algorithm)


def chains(
    to: ShownTo, vault: Vault, algorithm: HashAlgorithm = HashAlgorithm.SHA256
) -> dict[str, tuple[HashData, ...]]:
    """Return the names in each chain of our own by its fingerprint, leaf first, without a root."""
    above = _read(vault.roots(_VOUCHING[to]))
    return {
        own.fingerprint: tuple(_names(read_chain(own.chain), above, algorithm))
        for own in vault.identities(to)
    }


def _names(
    chain: Sequence[Certificate], above: Sequence[Certificate], algorithm: HashAlgorithm
) -> Iterator[HashData]:
    """Yield names from the leaf up, as far as each issuer is known."""
    for it in chain:
        issuers = [other for other in (*chain, *above) if it.signed_by(other)]
        if not issuers or it.self_signed:
            return
        yield hash_data(it, issuers[0], algorithm)


def delete(named: HashData, scene: Scene) -> Outcome:
    """Forget a root, unless the connection hangs on it, or what vehicles are shown (M04)."""
    vault, wanted = scene.vault, _spelled(named)
    if vault is None:
        return Outcome(Word.NOT_FOUND)
    for use in Use:
        for pem, name in roots(use, vault, wanted.algorithm).items():
            if name == wanted:
                return _delete_root(use, pem, vault, scene)
    for to in ShownTo:
        for fingerprint, names in chains(to, vault, wanted.algorithm).items():
            if wanted in names:
                whole = wanted == names[0]
                return _delete_own(to, fingerprint, vault, whole=whole)
    return Outcome(Word.NOT_FOUND)


def _spelled(named: HashData) -> HashData:
    """Return it as we spell it; case and leading zeros play no part."""
    return HashData(
        named.algorithm,
        named.issuer_name_hash.lower(),
        named.issuer_key_hash.lower(),
        named.serial.lower().lstrip("0"),
    )


def _delete_root(use: Use, pem: str, vault: Vault, scene: Scene) -> Outcome:
    if use is Use.CSMS_ROOT and _needed(pem, vault, scene):
        return Outcome(Word.FAILED, Why.NEEDED, "the connection to the CSMS hangs on it")
    try:
        vault.remove_root(use, pem)
    except VaultFailed as failed:
        return _broken(Word.FAILED, failed)
    return Outcome(Word.ACCEPTED, then=(holdings(vault),))


def _needed(pem: str, vault: Vault, scene: Scene) -> bool:
    """Tell whether the CSMS could not be reached any more, or only by luck."""
    last = len(vault.roots(Use.CSMS_ROOT)) == 1
    with_tls = scene.desk.values[SECURITY_PROFILE] >= _WITH_TLS
    return with_tls and (last or pem == scene.anchor.pem)


def _delete_own(to: ShownTo, fingerprint: str, vault: Vault, *, whole: bool) -> Outcome:
    """Forget a whole chain that vehicles are shown; the one for the CSMS stays."""
    if to is ShownTo.CSMS or not whole:
        return Outcome(Word.FAILED, Why.NEEDED, "it is part of a certificate of the station itself")
    try:
        vault.remove_identity(to, fingerprint)
    except VaultFailed as failed:
        return _broken(Word.FAILED, failed)
    return Outcome(Word.ACCEPTED, then=(holdings(vault),))


# --- the station's own certificates ---


def request(scene: Scene, to: ShownTo = ShownTo.CSMS, *, fresh: bool = True) -> str:
    """Return the request for a certificate in PEM, or "" when there can be none (A02).

    It is made with a new key when `fresh`, and else with that of the request which is open.
    """
    organisation = scene.desk.values[CPO_NAME]
    if scene.vault is None or not organisation:
        return ""
    try:
        return scene.vault.begin_request(scene.desk.layout.serial, organisation, to, fresh=fresh)
    except VaultFailed:
        return ""


def take(chain: str, to: ShownTo, scene: Scene) -> Outcome:
    """Take the certificate we have asked for, when it is good (A02)."""
    vault = scene.vault
    if vault is None:
        return _NO_VAULT
    wrong = _chain_flaw(chain, to, vault, scene)
    try:
        if not wrong and not vault.complete_request(chain, to):
            wrong = "it was issued for no key that we have asked with"
    except VaultFailed as failed:
        return _broken(Word.REJECTED, failed)
    if wrong:
        incident = SecurityIncident(SecurityKind.BAD_STATION_CERTIFICATE, wrong)
        return Outcome(Word.REJECTED, Why.BAD, wrong, (incident,))
    return Outcome(Word.ACCEPTED, then=(holdings(vault),))


def _chain_flaw(pem: str, to: ShownTo, vault: Vault, scene: Scene) -> str:
    """Return what is wrong with a chain for us, or ""."""
    values = scene.desk.values
    if len(pem) > values[MAX_CHAIN]:
        return f"{len(pem)} characters are more than {values[MAX_CHAIN]}"
    try:
        chain = read_chain(pem)
    except PkiError as wrong:
        return str(wrong)
    partial = _strict(_VOUCHING[to], scene)
    flaw = flaw_of(chain, _read(vault.roots(_VOUCHING[to])), scene.utc(), partial=partial)
    return str(flaw) if flaw else _name_flaw(chain[0], scene)


def _name_flaw(leaf: Certificate, scene: Scene) -> str:
    """Return what is wrong with the names in it; an authority may leave the operator out."""
    serial, operator = scene.desk.layout.serial, scene.desk.values[CPO_NAME]
    if leaf.common_name != serial:
        return f"it was issued for {leaf.subject}, and this is {serial}"
    if leaf.organisation not in {"", operator}:
        return f"it was issued for {leaf.subject}, and the operator is {operator}"
    return ""
