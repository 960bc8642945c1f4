"""What TLS goes by on the way to the CSMS: which suites, whom we trust, and who we are."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from laadpaal.ports.vault import Identity, Use, Vault
from laadpaal.protocols.pki import Certificate, Flaw, PkiError, flaw_of, read_chain, read_der
from laadpaal.station.moment import Moment


class TlsPolicy(Enum):
    """Which suites and versions we offer; neither has a suite with SHA-1 (S4)."""

    MODERN = "modern"
    RELEASE_412 = "4.12"
    """Exactly what the release notes name, and nothing newer than TLS 1.2."""


_WITH_FORWARD_SECRECY = (
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
)
_OF_RELEASE_412 = ("AES256-GCM-SHA384", "AES128-GCM-SHA256", "AES256-SHA256")
SUITES = {
    TlsPolicy.MODERN: _WITH_FORWARD_SECRECY + _OF_RELEASE_412,
    TlsPolicy.RELEASE_412: _OF_RELEASE_412,
}
"""Those of TLS 1.2, the best first; a list of what is allowed, so that nothing else slips in."""

# Level 2 refuses keys and hashes that the white paper calls weak; level 3 would drop the suites
# of the release notes.
_LEVEL = "@SECLEVEL=2"
_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME, which the `ssl` module has no name for."""
_NO_WILDCARDS = 0x2 | 0x4
"""X509_CHECK_FLAG_NO_WILDCARDS, and the library's own NO_PARTIAL_WILDCARDS."""
PARTIAL_CHAIN = getattr(ssl, "VERIFY_X509_PARTIAL_CHAIN", 0x80000)
CLOCKS_AGREE_S = 60.0
Now = Callable[[], Moment]


class ChainFlawed(ssl.SSLCertVerificationError):
    """The TLS library was content with a chain, and we are not."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(str(flaw))
        self.flaw = flaw


class _Handshake(ssl.SSLObject):
    """Ends with a judgement of the chain, before anything can be said."""

    def do_handshake(self) -> None:
        """Raise ChainFlawed when a certificate is not valid by the station's clock."""
        super().do_handshake()
        judge(self)


class StationContext(ssl.SSLContext):
    """The TLS library's own hook: it makes the object whose handshake we judge.

    Without `now` there is no time, and no dates are judged but by the library itself.
    """

    sslobject_class = _Handshake
    now: Now | None = None

    @property
    def partial(self) -> bool:
        """Whether a root that another has signed ends a chain."""
        return bool(self.verify_flags & PARTIAL_CHAIN)

    @property
    def at(self) -> float | None:
        """The instant to judge dates by, in UTC seconds; None without a clock to trust."""
        moment = self.now() if self.now else None
        return moment.utc if moment and moment.trusted else None


@dataclass(frozen=True, slots=True)
class Trust:
    """Everything a TLS connection to the CSMS goes by.

    Args:
        ca_file: PEM file of roots that are trusted besides those of the vault; without any
            root at all, those of the operating system are.
        crl_file: PEM file of lists of revoked certificates; then each leaf must be on none.
        signed_roots: Whether each root of ours ends a chain, also one that the root before it
            has signed: that is there no longer one day.
        wildcards: Whether a certificate may name every host of a domain at once.
    """

    policy: TlsPolicy = TlsPolicy.MODERN
    ca_file: str = ""
    crl_file: str = ""
    vault: Vault | None = None
    signed_roots: bool = False
    wildcards: bool = True

    def context(self, now: Now, *, own: bool = False, spurned: str = "") -> StationContext:
        """Return a fresh context, so that new roots and a corrected clock count at once.

        `own` shows the station's certificate, if it has one (profile 3); `spurned` is the
        fingerprint of one that it does not show.

        Raises:
            OSError: A file, or the policy, cannot be used.
        """
        made = offering(self.policy)
        made.now = now
        if not _clocks_agree(now()):
            made.verify_flags |= _NO_CHECK_TIME
        if not self.wildcards:
            setattr(made, "_host_flags", _NO_WILDCARDS)  # noqa: B010  a name that mypy does not know
        self._load(made)
        identity = self.identity(now(), spurned) if own else None
        if identity:
            made.load_cert_chain(identity.chain_file, identity.key_file)
        return made

    def _load(self, made: StationContext) -> None:
        roots = self.vault.roots(Use.CSMS_ROOT) if self.vault else ()
        if roots:
            made.load_verify_locations(cadata="".join(roots))
        if self.ca_file:
            made.load_verify_locations(self.ca_file)
        if not roots and not self.ca_file:
            made.load_default_certs()
        elif self.signed_roots:
            made.verify_flags |= PARTIAL_CHAIN
        if self.crl_file:
            made.load_verify_locations(self.crl_file)
            made.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF

    def identity(self, moment: Moment, spurned: str = "") -> Identity | None:
        """Return the newest certificate of the station whose time has come, for profile 3."""
        kept = self.vault.identities() if self.vault else ()
        ours = [it for it in kept if it.fingerprint != spurned]
        for it in ours:
            if not moment.trusted or read_chain(it.chain)[0].not_before <= moment.utc:
                return it
        return ours[-1] if ours else None


def offering(policy: TlsPolicy) -> StationContext:
    """Return a context that offers what the policy allows, and trusts nobody; raises OSError."""
    made = StationContext(ssl.PROTOCOL_TLS_CLIENT)
    # A trusted intermediate would be the end of the chain, and the root's date unseen (S13).
    made.verify_flags &= ~PARTIAL_CHAIN
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if policy is TlsPolicy.RELEASE_412:
        # A list of suites is one for TLS 1.2, and would not keep 1.3 away.
        made.maximum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers(":".join((*SUITES[policy], _LEVEL)))
    return made


def missing(policy: TlsPolicy) -> tuple[str, ...]:
    """Return the suites of a policy that this machine's TLS library does not have."""
    try:
        held = {str(it["name"]) for it in offering(policy).get_ciphers()}
    except ssl.SSLError:
        held = set()
    return tuple(name for name in SUITES[policy] if name not in held)


def judge(tls: ssl.SSLObject) -> None:
    """Judge the peer's chain by the station's clock; without a trusted one, say nothing.

    The TLS library goes by the machine's clock, which need not be right where the CSMS has
    corrected ours.

    Raises:
        ChainFlawed: A certificate is not valid.
        SSLCertVerificationError: A certificate cannot even be read.
    """
    context = tls.context
    if not isinstance(context, StationContext) or context.verify_mode is ssl.CERT_NONE:
        return
    at = context.at
    if at is None:
        return
    try:
        sent, verified = peer_chain(tls), _chain(tls, "get_verified_chain")
    except PkiError as wrong:
        raise ssl.SSLCertVerificationError(str(wrong)) from wrong
    # A root of the system that was needed is known to be one by its place.
    roots = (*roots_of(context), *verified[-1:])
    flaw = flaw_of(sent, roots, at, partial=context.partial)
    if flaw:
        raise ChainFlawed(flaw)


def peer_chain(tls: ssl.SSLObject) -> tuple[Certificate, ...]:
    """Return what the peer sent, leaf first; raises PkiError."""
    return _chain(tls, "get_unverified_chain")


def root_of(tls: ssl.SSLObject) -> str:
    """Return the root that the peer's certificate leads to, in PEM, or ""."""
    try:
        verified = _chain(tls, "get_verified_chain")
    except PkiError:
        return ""
    return verified[-1].pem if verified else ""


def roots_of(context: ssl.SSLContext) -> tuple[Certificate, ...]:
    """Return whom a context trusts; what cannot be read cannot be trusted either."""
    found = []
    for der in context.get_ca_certs(binary_form=True):
        try:
            found.append(read_der(der))
        except PkiError:
            continue
    return tuple(found)


def _chain(tls: ssl.SSLObject, way: str) -> tuple[Certificate, ...]:
    public: Any = getattr(tls, way, None)
    if public:
        return tuple(read_der(der) for der in public())
    # Before Python 3.13 only the object beneath knows the chain.
    private: Any = getattr(tls, "_sslobj")  # noqa: B009  a name that mypy does not know
    held = getattr(private, way)() or ()
    return tuple(read_chain(it.public_bytes())[0] for it in held)


def _clocks_agree(moment: Moment) -> bool:
    return moment.trusted and abs(moment.utc - time.time()) <= CLOCKS_AGREE_S
