"""TLS towards those who call us: the ordinary suites, and a certificate that can be replaced."""

from __future__ import annotations

import ssl
from pathlib import Path
from tempfile import TemporaryDirectory

from laadpaal.ports.certificate import ServerCertificate
from laadpaal.protocols.pki import showable

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

    def replace(self, chain: str, key: str, utc: float) -> None:
        """Show another chain from that UTC second on, in every new connection; takes a moment.

        Raises:
            PkiError: It cannot be shown, and the text says why.
            VaultFailed: It could not be kept.
            OSError: TLS does not take it, or what was kept cannot be read.
        """
        whole = "".join(one.pem for one in showable(chain, key, utc))
        _try(f"{whole}{key}")
        self.certificate.keep(chain, key, utc)
        self.renew()

    def renew(self) -> None:
        """Show in every new connection what the certificate is now. Raises OSError."""
        self._now = _context(self.certificate)

    def _swap(self, handshake: ssl.SSLObject | ssl.SSLSocket, *_: object) -> None:
        handshake.context = self._now


def _context(certificate: ServerCertificate) -> ssl.SSLContext:
    context = _bare()
    context.load_cert_chain(*certificate.files)
    return context


def _try(pem: str) -> None:
    """Raise OSError when TLS does not take it: once it were kept, the station could not start."""
    with TemporaryDirectory() as folder:  # nobody else can read it
        file = Path(folder) / "tried.pem"
        file.write_text(pem, encoding="utf-8")
        _bare().load_cert_chain(file)


def _bare() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(SUITES)
    return context
