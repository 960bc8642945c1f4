"""Certificates (X.509): read, judged and asked for; no file, no clock and no net."""

from laadpaal.protocols.pki.certificate import Certificate, read_chain, read_der, read_one
from laadpaal.protocols.pki.chain import Flaw, Reason, Role, flaw_of
from laadpaal.protocols.pki.errors import KeyFlawed, PkiError
from laadpaal.protocols.pki.identifiers import HashAlgorithm, HashData, hash_data
from laadpaal.protocols.pki.keys import (
    PrivateKey,
    fits,
    key_as_pem,
    new_key,
    read_key,
    signing_request,
)
from laadpaal.protocols.pki.showing import Names, self_signed, showable

__all__ = [
    "Certificate",
    "Flaw",
    "HashAlgorithm",
    "HashData",
    "KeyFlawed",
    "Names",
    "PkiError",
    "PrivateKey",
    "Reason",
    "Role",
    "fits",
    "flaw_of",
    "hash_data",
    "key_as_pem",
    "new_key",
    "read_chain",
    "read_der",
    "read_key",
    "read_one",
    "self_signed",
    "showable",
    "signing_request",
]
