"""Which chains lead to a root, and which certificate is to blame when one does not."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from laadpaal.protocols.pki import Certificate, Flaw, Reason, Role, flaw_of, read_chain, read_one
from tests.support.certificates import EXPIRED, FUTURE, VALID, Life, Made, ec_key, root, rsa_key

NOW = 1_790_000_000.0
LIVES = (VALID, EXPIRED, FUTURE)


def of(*made: Made) -> tuple[Certificate, ...]:
    return tuple(read_one(it.pem) for it in made)


def judged(leaf: Made, *roots: Made, at: float | None = NOW) -> Flaw | None:
    """Judge what a server sends."""
    return flaw_of(read_chain(leaf.chain), of(*roots), at)


@pytest.mark.parametrize(("top", "middle", "leaf"), list(product(LIVES, LIVES, LIVES)))
def test_every_date_counts(top: Life, middle: Life, leaf: Life) -> None:
    """The leaf's first, then those above it up to the root; without a time, none."""
    authority = root("top", top)
    made = authority.issue("middle", middle, authority=True).issue("leaf", leaf)
    found = judged(made, authority)
    roles = [(Role.LEAF, leaf), (Role.INTERMEDIATE, middle), (Role.ROOT, top)]
    wrong = [(role, life) for role, life in roles if life is not VALID]

    assert judged(made, authority, at=None) is None
    if not wrong:
        assert found is None
        return
    role, life = wrong[0]
    assert found is not None
    assert found.role is role
    assert found.reason is (Reason.EXPIRED if life is EXPIRED else Reason.NOT_YET_VALID)
    assert found.at == (EXPIRED.after if life is EXPIRED else FUTURE.before)


def test_a_flaw_is_told_in_one_sentence() -> None:
    """Which certificate, what is wrong, and the date where it is one."""
    top = root("top")

    assert str(judged(top.issue("leaf", EXPIRED), top)) == (
        "leaf certificate CN=leaf has expired (2021-01-01)"
    )
    assert str(judged(root("other").issue("leaf"), top)) == (
        "leaf certificate CN=leaf is signed by nobody we know"
    )


def test_first_and_last_second_are_within() -> None:
    """Both ends of a life belong to it."""
    top = root("top")
    leaf = top.issue("leaf")
    found = [judged(leaf, top, at=at) for at in (VALID.before, VALID.after)]
    outside = [judged(leaf, top, at=at) for at in (VALID.before - 1, VALID.after + 1)]

    assert found == [None, None]
    assert None not in outside


def test_the_order_above_the_leaf_is_irrelevant() -> None:
    """Servers send intermediates as they like, and some that nobody needs."""
    top = root("top")
    upper = top.issue("upper", authority=True)
    lower = upper.issue("lower", authority=True)
    leaf = lower.issue("leaf")
    for others in permutations((upper, lower, root("other"), top)):
        assert flaw_of(of(leaf, *others), of(top), NOW) is None


def test_a_missing_intermediate_leads_nowhere() -> None:
    """What is signed by somebody who was not sent proves nothing."""
    top = root("top")
    leaf = top.issue("middle", authority=True).issue("leaf")
    found = flaw_of(of(leaf), of(top), NOW)

    assert found == Flaw(Role.LEAF, "CN=leaf", Reason.UNKNOWN_ISSUER)


def test_a_root_that_is_only_sent_is_not_trusted() -> None:
    """Neither alone, nor beside one of the same name that is."""
    top, twin = root("top"), root("top")
    leaf = twin.issue("leaf")
    found = flaw_of(of(leaf, twin), of(top), NOW)

    assert found == Flaw(Role.INTERMEDIATE, "CN=top", Reason.UNKNOWN_ISSUER)


def test_a_renewed_root_is_enough() -> None:
    """Of two with one key, it does not matter which is older or comes first."""
    key = ec_key()
    old, new = root("top", EXPIRED, key=key), root("top", key=key)
    leaf = old.issue("leaf")

    assert judged(leaf, old, new) is None
    assert judged(leaf, new, old) is None
    found = judged(leaf, old)
    assert found is not None
    assert found.role is Role.ROOT


def test_a_cross_signed_root_has_two_ways_up() -> None:
    """One way that is good is enough; where none is, the one that leads to a root is told."""
    key = ec_key()
    old, new = root("old", EXPIRED), root("new", key=key)
    across = old.issue("new", authority=True, key=key)
    leaf = new.issue("leaf")
    both = flaw_of(of(leaf, across), of(old, new), NOW)
    only_old = flaw_of(of(leaf, across), of(old), NOW)

    assert both is None
    assert only_old == Flaw(Role.ROOT, "CN=old", Reason.EXPIRED, EXPIRED.after)


def test_a_trusted_intermediate_is_no_end() -> None:
    """Its signer's date would go unnoticed; without its signer, it leads nowhere."""
    top = root("top", EXPIRED)
    middle = top.issue("middle", authority=True)
    leaf = middle.issue("leaf")
    with_root, alone = judged(leaf, middle, top), judged(leaf, middle)

    assert with_root is not None
    assert (with_root.role, with_root.reason) == (Role.ROOT, Reason.EXPIRED)
    assert alone == Flaw(Role.INTERMEDIATE, "CN=middle", Reason.UNKNOWN_ISSUER)


@pytest.mark.parametrize("sends", ["leaf", "chain"])
@pytest.mark.parametrize("life", LIVES)
def test_a_signed_root_can_be_an_end(life: Life, sends: str) -> None:
    """Where that is wanted: its own dates count, and its signer is not asked."""
    old = root("old", EXPIRED)
    new = old.issue("new", life, authority=True)
    leaf = new.issue("leaf")
    sent = of(leaf) if sends == "leaf" else read_chain(leaf.chain)
    alone = flaw_of(sent, of(new), NOW, partial=True)
    beside = flaw_of(sent, of(old, new), NOW, partial=True)

    assert alone == beside
    if life is VALID:
        assert alone is None
    else:
        assert alone is not None
        assert (alone.role, alone.subject) == (Role.ROOT, "CN=new")
    assert flaw_of(sent, of(new), NOW) is not None


def test_only_roots_are_ends() -> None:
    """Neither what is only sent, nor whom a root that signs itself does not vouch for."""
    top = root("top")
    middle = top.issue("middle", authority=True)
    leaf = middle.issue("leaf")
    sent = read_chain(leaf.chain)

    assert flaw_of(sent, of(top), NOW, partial=True) is None
    assert flaw_of(sent, of(root("top")), NOW, partial=True) == Flaw(
        Role.INTERMEDIATE, "CN=middle", Reason.UNKNOWN_ISSUER
    )
    assert flaw_of(of(leaf), of(root("middle")), NOW, partial=True) == Flaw(
        Role.LEAF, "CN=leaf", Reason.UNKNOWN_ISSUER
    )


def test_only_authorities_sign() -> None:
    """A server's certificate signs no other, whoever has its key."""
    top = root("top")
    middle = top.issue("middle")
    bad_root = root("plain", authority=False)

    assert judged(middle.issue("leaf"), top) == Flaw(
        Role.INTERMEDIATE, "CN=middle", Reason.NO_AUTHORITY
    )
    assert judged(bad_root.issue("leaf"), bad_root) == Flaw(
        Role.ROOT, "CN=plain", Reason.NO_AUTHORITY
    )


def test_an_authority_may_limit_those_below() -> None:
    """With path length 0 it signs leaves, and no authority that signs others."""
    top = root("top")
    upper = top.issue("upper", authority=True, path_length=0)
    lower = upper.issue("lower", authority=True)

    assert judged(upper.issue("leaf"), top) is None
    assert judged(lower.issue("leaf"), top) == Flaw(
        Role.INTERMEDIATE, "CN=upper", Reason.NO_AUTHORITY
    )


def test_a_weak_key_is_a_flaw() -> None:
    """Wherever it stands."""
    weak = root("top", key=rsa_key(1024))

    assert judged(weak.issue("leaf"), weak) == Flaw(Role.ROOT, "CN=top", Reason.WEAK_KEY)


def test_a_leaf_that_is_a_root_itself_is_trusted() -> None:
    """A server whose own certificate is known needs nobody above it."""
    alone = root("csms", authority=False)

    assert judged(alone, alone) is None
    assert flaw_of(of(alone), of(root("csms")), NOW) == Flaw(
        Role.LEAF, "CN=csms", Reason.UNKNOWN_ISSUER
    )


def test_whoever_sends_too_much_is_not_listened_to_for_ever() -> None:
    """Authorities that sign each other in circles, and chains without end, come to an end."""
    keys = [ec_key() for _ in range(8)]
    roots = [root(f"{number}", key=key) for number, key in enumerate(keys)]
    circle = [
        one.issue(f"{number}", authority=True, key=key)
        for one in roots
        for number, key in enumerate(keys)
    ]
    leaf = roots[0].issue("leaf")
    in_circles = flaw_of(of(leaf, *circle), of(root("top")), NOW)
    last = root("bottom")
    long = last
    for number in range(20):
        long = long.issue(f"{number}", authority=True)
    endless = judged(long, last)

    assert in_circles is not None
    assert in_circles.reason is Reason.UNKNOWN_ISSUER
    assert endless is not None
    assert endless.reason is Reason.UNKNOWN_ISSUER
