"""FTP servers on loopback: one that others wrote, and one of a few lines for TLS."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

USER, PASSWORD = "anna", "p@ss/word"


@contextmanager
def ftp_server(folder: Path) -> Iterator[str]:
    """Run an FTP server over a folder; yield its host and port."""
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(folder), perm="elradfmw")
    authorizer.add_anonymous(str(folder))
    handler = type("Handler", (FTPHandler,), {"authorizer": authorizer, "auth_failed_timeout": 0})
    loop = IOLoop()
    server = FTPServer(("127.0.0.1", 0), handler, ioloop=loop)
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            server.serve_forever(timeout=0.02, blocking=False)
        server.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield "{}:{}".format(*server.socket.getsockname()[:2])
    finally:
        over.set()
        thread.join()


class SafeFtp:
    """Speaks just enough of RFC 959 and RFC 4217 for one client, and keeps what it is sent."""

    def __init__(self, tls: ssl.SSLContext, files: dict[str, bytes]) -> None:
        self._tls = tls
        self.files = files
        self.said: list[str] = []
        """Every command inside TLS."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._data: socket.socket | None = None
        self.address = "{}:{}".format(*self._listener.getsockname())

    def run(self) -> None:
        """Serve until the listener is closed."""
        with suppress(OSError):
            while True:
                one, _ = self._listener.accept()
                with one:
                    self._serve(one)

    def close(self) -> None:
        """End it."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self, one: socket.socket) -> None:
        one.sendall(b"220 hello\r\n")
        assert self._line(one) == "AUTH TLS"
        one.sendall(b"234 go on\r\n")
        with self._tls.wrap_socket(one, server_side=True) as safe:
            self._safely(safe)

    def _safely(self, one: ssl.SSLSocket) -> None:
        while line := self._line(one):
            word, _, rest = line.partition(" ")
            self.said.append(word)
            one.sendall(self._answer(word, rest).encode())
            if word in {"STOR", "RETR"}:
                self._carry(word, rest)
                one.sendall(b"226 done\r\n")

    def _line(self, one: socket.socket) -> str:
        text = b""
        while not text.endswith(b"\r\n"):
            byte = one.recv(1)
            if not byte:
                return ""
            text += byte
        return text.decode().strip()

    def _answer(self, word: str, rest: str) -> str:
        match word:
            case "PASV":
                self._data = socket.create_server(("127.0.0.1", 0))
                port = self._data.getsockname()[1]
                return f"227 Entering (127,0,0,1,{port >> 8},{port & 255})\r\n"
            case "CWD" | "SIZE":
                return "550 no\r\n"
            case "STOR" | "RETR":
                return "150 go\r\n"
            case "USER":
                return "331 and?\r\n"
            case _:
                return f"200 {rest}\r\n"

    def _carry(self, word: str, name: str) -> None:
        assert self._data
        raw, _ = self._data.accept()
        self._data.close()
        with self._tls.wrap_socket(raw, server_side=True) as data:
            if word == "RETR":
                data.sendall(self.files[name])
                data.unwrap()
                return
            pieces = b""
            while piece := data.recv(65536):
                pieces += piece
            self.files[name] = pieces
            with suppress(OSError):
                data.unwrap()


@contextmanager
def safe_ftp_server(tls: ssl.SSLContext, files: dict[str, bytes]) -> Iterator[SafeFtp]:
    """Run the small server in a thread."""
    server = SafeFtp(tls, files)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()
