"""Certificates that are made as they are needed."""

from __future__ import annotations

from cryptography import x509

from laadpaal.protocols.firmware.head import HEAD_BYTES
from laadpaal.protocols.firmware.package import packed
from laadpaal.protocols.firmware.seal import Signer, flaw
from laadpaal.protocols.pki import read_one
from laadpaal.simulation.authority import maker


def test_a_maker_seals_packages() -> None:
    """A station that has the root believes them, and one with another maker's does not."""
    made, other = maker(), maker()
    whole = packed("laadpaal", "2.0", b"x", signer=Signer(made.key, made.chain))
    head, seal = whole[:HEAD_BYTES], whole[HEAD_BYTES + 1 :]

    assert flaw(head, seal, [read_one(made.root)], None) == ""
    assert flaw(head, seal, [read_one(other.root)], None)


def test_a_signer_of_firmware_may_do_nothing_else() -> None:
    """It signs no certificates, and is no server."""
    leaf = read_one(maker().chain)
    usage = leaf.x509.extensions.get_extension_for_class(x509.KeyUsage).value

    assert not leaf.authority
    assert (usage.digital_signature, usage.key_cert_sign, usage.crl_sign) == (True, False, False)
