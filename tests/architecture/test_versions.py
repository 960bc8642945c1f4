"""Only dialects know that there are several versions of OCPP; elsewhere none is named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

SRC = Path(__file__).resolve().parents[2] / "src/laadpaal"
DIALECTS = (
    "backoffice/v16/",
    "backoffice/v201/",
    "csms/v16/",
    "csms/v201/",
    "protocols/ocpp/",
)
"""What these hold is about a version."""
WORDS = ("v16", "v201", "v21", "ocpp")
NUMBERS = re.compile(r"(?<![\d.])(1\.6|2\.0\.1|2\.1)(?![\d.])")
PROTOCOL = re.compile(r"laadpaal\.protocols\.ocpp(\.(errors|message|version))?|OCPPCommCtrlr")
"""What all versions have in common: their frames, and in the newer ones a component of a name."""
COMMON = ("backoffice/", "csms/", "properties/")
"""Rooms that may name that, and still no version."""
CHOSEN: Mapping[str, str] = MappingProxyType(
    {
        "backoffice/door.py": "the realm of its login is the protocol, whatever the version",
        "backoffice/server.py": "so is the path at which it listens",
        "backoffice/tongue.py": "the table of the back office's versions, by subprotocol",
        "cli/app.py": "a person chooses the version of the demo",
        "cli/book.py": "columns with the names that a property has in each version",
        "cli/demo.py": "a person has chosen one, and is shown it",
        "cli/office.py": "a person is told which versions it speaks",
        "cli/station.py": "a person is told which version it speaks",
        "local_api/objects/foreign.py": "words that clients of the compatible API compare with",
        "runtime/assembly.py": "the table of the station's dialects",
        "runtime/config.py": "the file says which version the CSMS speaks",
        "runtime/doctor.py": "a person is told which line of the file is wrong",
        "runtime/routes.py": "what the file says, as a generation",
    }
)
"""Files in which a version is chosen, or named to people."""
ASKED = (*WORDS, "generation.", "subprotocol")
"""What nobody outside the dialects asks about: a version is looked up and handed on."""
COMPARED: Mapping[str, str] = MappingProxyType(
    {
        "backoffice/door.py": "the handshake: which of those offered it speaks",
        "backoffice/server.py": "the handshake: whether one was agreed on",
        "csms/dialling.py": "the handshake: whether the CSMS agreed to ours",
        "runtime/doctor.py": "a finding: whether the handshake failed for that",
    }
)


def files() -> Iterator[tuple[str, str]]:
    """Yield place and text of every source file that is not about a version."""
    for path in sorted(SRC.rglob("*.py")):
        place = path.relative_to(SRC).as_posix()
        if not place.startswith(DIALECTS):
            yield place, path.read_text(encoding="utf-8")


def said(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield line and text of every name and string literal that is not a docstring."""
    nodes = list(nodes)
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


def names_one(text: str, words: Iterable[str] = WORDS) -> bool:
    """Tell whether a text has one of the words, or the number of a version."""
    return bool(NUMBERS.search(text)) or any(word in text.lower() for word in words)


def versions(source: str) -> list[tuple[int, str]]:
    """Return line and text of all that names a version."""
    return [(line, text) for line, text in said(ast.walk(ast.parse(source))) if names_one(text)]


def questions(source: str) -> list[tuple[int, str]]:
    """Return line and text of everything that goes one way or another by a version."""
    return [
        (getattr(node, "lineno", 0), asked)
        for node in ast.walk(ast.parse(source))
        for asked in map(ast.unparse, asks(node))
        if names_one(asked, ASKED)
    ]


def asks(node: ast.AST) -> list[ast.expr]:
    """Return the expressions on which it depends how a node goes on."""
    match node:
        case ast.Compare():
            return [node]
        case ast.If() | ast.IfExp() | ast.While() | ast.Assert():
            return [node.test]
        case ast.Match():
            return [node.subject]
        case ast.Call(func=ast.Name("isinstance" | "issubclass")):
            return [node]
        case _:
            return []


def test_no_version_is_named() -> None:
    """Names and literals are free of OCPP; comments and docstrings may cite clauses."""
    found = [
        f"{place}:{line}: {text!r}"
        for place, source in files()
        for line, text in versions(source)
        if place not in CHOSEN
        if not (place.startswith(COMMON) and PROTOCOL.fullmatch(text))
    ]

    assert found == []


def test_nobody_goes_by_a_version() -> None:
    """Nothing depends on it by a condition, not even where one is chosen or named."""
    found = [
        f"{place}:{line}: {text}"
        for place, source in files()
        for line, text in questions(source)
        if place not in COMPARED
    ]

    assert found == []


def test_every_exception_is_needed() -> None:
    """A file that names no version, or asks about none, is not excused."""
    sources = dict(files())

    assert [place for place in CHOSEN if not versions(sources[place])] == []
    assert [place for place in COMPARED if not questions(sources[place])] == []


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
        "said = '2.1'",
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
    [
        '"""As OCPP 1.6 says."""',
        "x = 1  # OCPP 2.0.1 C10",
        "x = 1\n'''Of v16.'''",
        "x = 1.6",
        "x = '10.0.2.1'",
    ],
)
def test_the_check_lets_pass(source: str) -> None:
    """Docstrings, comments and numbers are no names."""
    assert versions(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "if ocpp == '1.6': pass",
        "x = 1 if version == '2.0.1' else 2",
        "match ocpp:\n    case _: pass",
        "while it.v16: pass",
        "x = [y for y in z if y.subprotocol == w]",
        "isinstance(dialect, V201)",
        "x = generation is Generation.FIRST",
        "assert ocpp",
    ],
)
def test_the_check_finds_a_question(source: str) -> None:
    """Every way to go by a version is seen."""
    assert questions(source)


@pytest.mark.parametrize("source", ["x = TABLE[ocpp]", "speak(ocpp)", "if x == 1.5: pass"])
def test_the_check_lets_pass_what_asks_nothing(source: str) -> None:
    """A version that is looked up and handed on is no question."""
    assert questions(source) == []
