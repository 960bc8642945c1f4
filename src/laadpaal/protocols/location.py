"""Where a file is fetched from or sent to: a URL that may hold credentials, which nobody shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

PORTS = {"ftp": 21, "ftps": 21, "http": 80, "https": 443}
"""Every scheme that is served; ftps is FTP that begins TLS after it has connected (RFC 4217)."""
SAFE = frozenset({"ftps", "https"})
LONGEST = 2000
"""Signed URLs are long; where OCPP allows less, its schema says so."""

_CREDENTIALS = re.compile(r"(:(?:\\?/){2})[^\s\"/\\?#]*@")
_QUERY = re.compile(r"(:(?:\\?/){2}[^\s\"?#]*)\?[^\s\"#]*")
_PRINTABLE = re.compile(r"[!-~]+")


class LocationError(ValueError):
    """A text is no URL that files can go to or come from; the reason holds no part of it."""


@dataclass(frozen=True, slots=True)
class Location:
    """A URL in its parts.

    Args:
        path: Percent-encoded, with the query; begins with a slash.
        user: "" where the URL names nobody.
    """

    scheme: str
    host: str
    port: int
    path: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def safe(self) -> bool:
        """Whether TLS protects what goes there."""
        return self.scheme in SAFE

    @property
    def plain_path(self) -> str:
        """The path as a file system knows it, without its first slash."""
        return unquote(self.path)[1:]

    @property
    def is_folder(self) -> bool:
        """Whether a file that is sent there still needs a name."""
        return self.path.endswith("/") and "?" not in self.path

    def named(self, file_name: str) -> Location:
        """Return where a file of that name goes: into a folder, or to exactly this place."""
        path = f"{self.path}{quote(file_name)}" if self.is_folder else self.path
        return Location(self.scheme, self.host, self.port, path, self.user, self.password)

    def towards(self, reference: str) -> Location:
        """Return where a redirection leads; our credentials do not go with it to another host.

        Raises:
            LocationError: It is no such place, or TLS would no longer protect the file.
        """
        here = f"{self.scheme}://{_bracketed(self.host)}:{self.port}{self.path}"
        there = parse(urljoin(here, reference))
        if there.scheme != self.scheme and not there.safe:
            raise LocationError("the redirection leads to a less safe place")
        if there.user or (there.host, there.port) != (self.host, self.port):
            return there
        return Location(there.scheme, there.host, there.port, there.path, self.user, self.password)

    def __str__(self) -> str:
        """Return it for people: without credentials, and without the query, which may be one."""
        path = self.path.partition("?")[0]
        return f"{self.scheme}://{_bracketed(self.host)}:{self.port}{path}"


def parse(url: str) -> Location:
    """Return the parts of a URL; raises LocationError."""
    if len(url) > LONGEST:
        raise LocationError(f"the URL is longer than {LONGEST} characters")
    if not _PRINTABLE.fullmatch(url):
        raise LocationError("the URL is empty, or holds characters that none may hold")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise LocationError("the URL cannot be read") from None
    if parts.scheme not in PORTS:
        raise LocationError(f"the URL begins with none of {', '.join(sorted(PORTS))}")
    texts = [unquote(text) for text in (parts.path, parts.username or "", parts.password or "")]
    if not parts.hostname or port == 0 or not all(map(str.isprintable, texts)):
        raise LocationError("the URL names no host, or hides control characters")
    _, user, password = texts
    return Location(
        parts.scheme, parts.hostname, port or PORTS[parts.scheme], _path(parts), user, password
    )


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def hidden(text: str) -> str:
    """Return a text whose URLs have lost their credentials and queries, slashes escaped or not."""
    return _QUERY.sub(r"\1?***", _CREDENTIALS.sub(r"\1***@", text))
