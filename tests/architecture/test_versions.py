"""The rooms that serve every OCPP version name none of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src/laadpaal"
ROOMS = ("station", "storage", "local_api")
WORDS = ("v16", "v201", "1.6", "2.0.1", "ocpp")


def said(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every name and string literal that is not a docstring."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    alone = [node.value for node in nodes if isinstance(node, ast.Expr)]
    docstrings = {id(value) for value in alone if isinstance(value, ast.Constant)}
    for node in nodes:
        if id(node) not in docstrings:
            yield from ((getattr(node, "lineno", 0), text) for text in texts(node))


def texts(node: ast.AST) -> Iterator[str]:
    """Yield the names and strings that a node itself holds: identifiers are plain fields."""
    for _, value in ast.iter_fields(node):
        match value:
            case str():
                yield value
            case bytes():
                yield value.decode("utf-8", "replace")
            case [*items]:
                yield from (item for item in items if isinstance(item, str))
            case _:
                pass


def versions(source: str) -> list[tuple[int, str]]:
    """Return line and text of all that names a version."""
    return [(n, text) for n, text in said(source) if any(word in text.lower() for word in WORDS)]


@pytest.mark.parametrize("room", ROOMS)
def test_no_version_is_named(room: str) -> None:
    """Names and literals are free of OCPP; comments and docstrings may cite clauses."""
    found = [
        f"{path.relative_to(SRC)}:{line}: {text!r}"
        for path in sorted((SRC / room).rglob("*.py"))
        for line, text in versions(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "v16 = 1",
        "import laadpaal.csms.v201",
        "from laadpaal.protocols import ocpp",
        "from laadpaal.protocols.ocpp import rpc",
        "def speak(ocpp): ...",
        "def to_v16(): ...",
        "class OcppKey: ...",
        "call(v201=1)",
        "station.v16",
        "said = 'OCPP 1.6'",
        "said = f'{version} of 2.0.1'",
        "said = b'ocpp'",
        "import json as ocpp",
        "global ocpp",
    ],
)
def test_the_check_finds(source: str) -> None:
    """Every way to name a version is seen."""
    assert versions(source)


@pytest.mark.parametrize(
    "source",
    ['"""As OCPP 1.6 says."""', "x = 1  # OCPP 2.0.1 C10", "x = 1\n'''Of v16.'''", "x = 1.6"],
)
def test_the_check_lets_pass(source: str) -> None:
    """Docstrings, comments and numbers are no names."""
    assert versions(source) == []
