"""Files over FTP, in passive mode, and inside TLS for ftps (RFC 959, RFC 4217)."""

from __future__ import annotations

import ftplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from laadpaal.protocols.location import Location
from laadpaal.transfers.line import Line
from laadpaal.transfers.outcome import Done, Outcome
from laadpaal.transfers.sink import PIECE, Sink


@contextmanager
def _connected(location: Location, line: Line, tls: ssl.SSLContext) -> Iterator[ftplib.FTP]:
    ftp = ftplib.FTP_TLS(context=tls) if location.safe else ftplib.FTP()  # noqa: S321  as was asked
    try:
        _begin(ftp, location, line)
        ftp.login(location.user or "anonymous", location.password)
        if isinstance(ftp, ftplib.FTP_TLS):
            ftp.prot_p()
        ftp.voidcmd("TYPE I")
        yield ftp
    finally:
        ftp.close()


def _begin(ftp: ftplib.FTP, location: Location, line: Line) -> None:
    """Do what `FTP.connect` does, over a socket that can be shut while it is being opened."""
    ftp.host, ftp.port, ftp.timeout = location.host, location.port, line.idle_s
    ftp.sock = line.connect(location)
    ftp.af = ftp.sock.family
    ftp.file = ftp.sock.makefile("r", encoding=ftp.encoding)
    ftp.welcome = ftp.getresp()
    if isinstance(ftp, ftplib.FTP_TLS):
        ftp.auth()
        line.hold(ftp.sock)


def fetch(location: Location, sink: Sink, line: Line, tls: ssl.SSLContext) -> Outcome:
    """Receive a file."""
    with _connected(location, line, tls) as ftp:
        size = None
        with suppress(ftplib.error_perm):  # not every server tells sizes, and RETR says the rest
            size = ftp.size(location.plain_path)
        sink.announce(size)
        with ftp.transfercmd(f"RETR {location.plain_path}") as data:
            line.hold(data)
            while piece := data.recv(min(PIECE, sink.wants)):
                sink.take(piece)
            _end(data)
        ftp.voidresp()
    sink.finish()
    return Done(sink.size)


def send(location: Location, path: Path, line: Line, tls: ssl.SSLContext) -> Outcome:
    """Send a file; where the URL names a folder of the server, it keeps its own name there."""
    with path.open("rb") as file, _connected(location, line, tls) as ftp:
        name, size = location.plain_path, 0
        with suppress(ftplib.error_perm):
            ftp.cwd(name)
            name = path.name
        with ftp.transfercmd(f"STOR {name}") as data:
            line.hold(data)
            while piece := file.read(PIECE):
                data.sendall(piece)
                size += len(piece)
            _end(data)
        ftp.voidresp()
    return Done(size)


def _end(data: socket.socket) -> None:
    """Say good-bye to TLS, so that the other side knows that this is the whole file."""
    if isinstance(data, ssl.SSLSocket):
        data.unwrap()
