"""What is wrong with an upload as such, whatever file it brings."""

from __future__ import annotations

from http import HTTPStatus


class UploadError(Exception):
    """Ends an upload; the status of HTTP says whose fault it is, the text what was wrong."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def broken(why: str) -> UploadError:
    """Return the error of a body that cannot be read."""
    return UploadError(HTTPStatus.BAD_REQUEST, why)
