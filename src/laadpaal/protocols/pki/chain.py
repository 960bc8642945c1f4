"""Whether a chain of certificates leads to a root, and if not, which certificate is to blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from itertools import islice

from laadpaal.protocols.pki.certificate import Certificate

LONGEST, MOST = 10, 32
"""Certificates of one way up, and ways; whoever makes more of them wants to keep us busy."""


class Role(Enum):
    """Where a certificate stands in its chain."""

    LEAF = "leaf"
    INTERMEDIATE = "intermediate"
    ROOT = "root"


class Reason(Enum):
    """What is wrong with a certificate."""

    EXPIRED = "has expired"
    NOT_YET_VALID = "is not valid yet"
    UNKNOWN_ISSUER = "is signed by nobody we know"
    NO_AUTHORITY = "may not sign others"
    WEAK_KEY = "has a key that is too weak"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a chain.

    Args:
        subject: The name of the certificate that is to blame.
        at: The date that is wrong, in UTC seconds, where it is a date.
    """

    role: Role
    subject: str
    reason: Reason
    at: float | None = None

    def __str__(self) -> str:
        date = "" if self.at is None else f" ({datetime.fromtimestamp(self.at, UTC):%Y-%m-%d})"
        return f"{self.role.value} certificate {self.subject} {self.reason.value}{date}"


def flaw_of(
    chain: Sequence[Certificate],
    roots: Sequence[Certificate],
    at: float | None,
    *,
    partial: bool = False,
) -> Flaw | None:
    """Return what is wrong with a chain, or None when it leads to one of the roots.

    Of several ways to a root, one without a flaw is enough; else the first flaw of the way that
    gets furthest is told. A root that another has signed is no end, for its signer's date would
    go unnoticed.

    Args:
        chain: Leaf first; the order of the others is irrelevant.
        roots: Those we trust.
        at: The instant in UTC seconds; None judges no dates.
        partial: Whether a root that another has signed is an end all the same; whoever wants
            that vouches for it without its signer.
    """
    pool = (*roots, *chain[1:LONGEST])
    ends = [root for root in roots if partial or root.self_signed]
    paths = sorted(islice(_paths((chain[0],), pool, ends), MOST), key=len, reverse=True)
    flaws = [_first_flaw(path, ends, at) for path in paths]
    if None in flaws:
        return None
    # A way that ends at a root says more than one that ends nowhere.
    known = [flaw for flaw in flaws if flaw and flaw.reason is not Reason.UNKNOWN_ISSUER]
    return (*known, *flaws)[0]


def _paths(
    path: tuple[Certificate, ...], pool: Sequence[Certificate], ends: Sequence[Certificate]
) -> Iterator[tuple[Certificate, ...]]:
    """Yield every way up, each as far as it goes."""
    last = path[-1]
    over = last.self_signed or _among(last, ends)
    above = [] if over else [it for it in pool if _may_follow(path, it)]
    if not above or len(path) == LONGEST:
        yield path
        return
    for issuer in above:
        yield from _paths((*path, issuer), pool, ends)


def _may_follow(path: Sequence[Certificate], issuer: Certificate) -> bool:
    return not _among(issuer, path) and path[-1].signed_by(issuer)


def _among(it: Certificate, others: Sequence[Certificate]) -> bool:
    return any(it.x509 == other.x509 for other in others)


def _first_flaw(
    path: Sequence[Certificate], ends: Sequence[Certificate], at: float | None
) -> Flaw | None:
    if not _among(path[-1], ends):
        return _flaw(path, len(path) - 1, Reason.UNKNOWN_ISSUER, anchored=False)
    for place, it in enumerate(path):
        reason = _reason(it, place, at)
        if reason:
            return _flaw(path, place, reason, anchored=True)
    return None


def _reason(it: Certificate, place: int, at: float | None) -> Reason | None:
    if at is not None and at > it.not_after:
        return Reason.EXPIRED
    if at is not None and at < it.not_before:
        return Reason.NOT_YET_VALID
    below = place - 1  # intermediates between this one and the leaf
    limit = it.path_length
    if place and (not it.authority or (limit is not None and below > limit)):
        return Reason.NO_AUTHORITY
    return None if it.strong else Reason.WEAK_KEY


def _flaw(path: Sequence[Certificate], place: int, reason: Reason, *, anchored: bool) -> Flaw:
    it = path[place]
    dates = {Reason.EXPIRED: it.not_after, Reason.NOT_YET_VALID: it.not_before}
    role = Role.INTERMEDIATE if place else Role.LEAF
    if anchored and place and place == len(path) - 1:
        role = Role.ROOT
    return Flaw(role, it.subject, reason, dates.get(reason))
