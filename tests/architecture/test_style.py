"""What no linter checks: sizes, and what must never stand in a file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src/laadpaal"
FILE_LINES = 500
FUNCTION_LINES = 50
MADE = {SRC / "protocols/ocpp" / version for version in ("v16", "v201", "v21")}
"""Message tables made by `scripts/messages`."""

# Written in pieces, for this file is searched as well.
HOSTS = ("pypi", "pythonhosted", "npmjs", "crates", "rubygems", "quay", "ghcr", "docker")
HOST = re.compile(rf"\b(?:{'|'.join(HOSTS)})\.(?:org|com|io)\b")
FOLDERS = ("work", "root", "home", "Users")
PATH = re.compile(rf"(?<![\w.])/(?:{'|'.join(FOLDERS)})/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    """Return every module of ours."""
    return sorted(SRC.rglob("*.py"))


def text_files(folder: Path) -> Iterator[Path]:
    """Yield the files of the tree that are ours, leaving out what tools make."""
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name not in {".ci", ".gitignore"}
        made = path.name in {"__pycache__", "build", "dist"} or path.suffix == ".egg-info"
        if hidden or made or path.is_symlink():
            continue
        if path.is_dir():
            yield from text_files(path)
        elif path.suffix not in {".db", ".db-wal", ".db-shm"}:
            yield path


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield the name and the lines of each function, its docstring not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield node.name, lines


def strangers(text: str) -> list[str]:
    """Return the registry hosts and machine paths in a text."""
    return [match[0] for pattern in (HOST, PATH) for match in pattern.finditer(text)]


def test_files_fit_on_a_few_screens() -> None:
    """No module is longer than 500 lines; tables made from schemas are exempt."""
    lengths = {
        str(path.relative_to(SRC)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
        if path.parent not in MADE
    }

    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_functions_fit_in_a_head() -> None:
    """No function is longer than 50 lines without its docstring."""
    long = [
        f"{path.relative_to(SRC)}: {name} has {lines} lines"
        for path in sources()
        for name, lines in functions(path.read_text(encoding="utf-8"))
        if lines > FUNCTION_LINES
    ]

    assert long == []


def test_no_file_names_a_registry_or_a_machine() -> None:
    """Nothing depends on where it was written: neither hosts of registries nor home folders."""
    found = [
        f"{path.relative_to(ROOT)}: {stranger}"
        for path in text_files(ROOT)
        for stranger in strangers(path.read_bytes().decode("utf-8", "replace"))
    ]

    assert found == []


def test_docstrings_do_not_count() -> None:
    """A function's size is its code."""
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'

    assert list(functions(source)) == [("f", 2)]


@pytest.mark.parametrize(
    "text",
    ["see https://" + HOSTS[0] + ".org/x", "cd /" + "work/main", "'/" + "root/x'", "/" + "home/a"],
)
def test_strangers_are_found(text: str) -> None:
    """Hosts and absolute paths of a machine are seen wherever they stand."""
    assert len(strangers(text)) == 1


@pytest.mark.parametrize(
    "text", ["scripts/work/x", "https://example.org/home/", "docs/root/", "rework/"]
)
def test_innocents_are_left_alone(text: str) -> None:
    """Relative paths and addresses are no machine's."""
    assert strangers(text) == []
