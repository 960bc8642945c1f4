"""`/`: the page for people; its files are sent as they lie in the folder `page`."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib.resources import files

from fastapi import APIRouter, Request, Response

FIRST = "index.html"
"""What is sent at `/`; every other file has its name behind `/page/`."""
TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
"""Media types by the end of a file's name; what is none of these is no part of the page."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a browser may do with the page: nothing but what comes from this station."""
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file of the page; `tag` is another one when the body is."""

    name: str
    body: bytes
    media: str
    tag: str

    @property
    def path(self) -> str:
        """Where it is found."""
        return "/" if self.name == FIRST else f"/page/{self.name}"


def routes() -> APIRouter:
    """Return a route for each file, so that there is no way to any other."""
    made = APIRouter()
    for file in page_files():
        methods = ["GET", "HEAD"]
        made.add_api_route(file.path, _sender(file), methods=methods, include_in_schema=False)
    return made


def page_files() -> Iterator[PageFile]:
    """Yield the files of the page as they are now."""
    for found in sorted(files(__package__).joinpath("page").iterdir(), key=lambda it: it.name):
        media = TYPES.get(found.name.rpartition(".")[2])
        if media:
            body = found.read_bytes()
            yield PageFile(found.name, body, media, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _sender(file: PageFile) -> Callable[[Request], Awaitable[Response]]:
    headers = {**HEADERS, "ETag": file.tag}

    async def send(request: Request) -> Response:
        if file.tag in request.headers.get("if-none-match", ""):
            return Response(None, HTTPStatus.NOT_MODIFIED, headers)
        if request.method == "HEAD":
            told = {"Content-Length": str(len(file.body)), **headers}
            return Response(None, headers=told, media_type=file.media)
        return Response(file.body, headers=headers, media_type=file.media)

    return send
