"""TLS towards those who call us: the ordinary suites, and a certificate that can be replaced."""

from __future__ import annotations

import ssl

from laadpaal.ports.certificate import ServerCertificate

SUITES = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Of TLS 1.2; those of 1.3 are all good."""


class Shown:
    """What is shown in a handshake.

    Args:
        certificate: Read now, and again with `renew`.

    Raises:
        OSError: It cannot be used.
    """

    def __init__(self, certificate: ServerCertificate) -> None:
        self.certificate = certificate
        self._now = _context(certificate)
        self.context = _context(certificate)
        """For the server; each handshake goes on with the certificate of that moment."""
        self.context.sni_callback = self._swap

    def renew(self) -> None:
        """Show in every new connection what the certificate is now. Raises OSError."""
        self._now = _context(self.certificate)

    def _swap(self, handshake: ssl.SSLObject | ssl.SSLSocket, *_: object) -> None:
        handshake.context = self._now


def _context(certificate: ServerCertificate) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(SUITES)
    chain, key = certificate.files
    context.load_cert_chain(chain, key)
    return context
