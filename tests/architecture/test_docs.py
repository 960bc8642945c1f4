"""The documents point at what exists, and have the shape they promise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from scripts.changelog import is_date

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ADRS = DOCS / "adr"
SECTIONS = ["Status", "Context", "Decision", "Consequences"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
# Scripts, modules and documents that a text names without a link.
NAMED = re.compile(r"`((?:scripts|docs|changes|tests|requirements)/[\w./-]*)`")


def documents() -> list[Path]:
    """Return every document of the project."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "changes").glob("*.md")])


def without_code(text: str) -> str:
    """Return a document without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(text: str) -> set[str]:
    """Return the anchors that the headings of a document make."""
    titles = re.findall(r"^#+ (.+)$", without_code(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(path: Path, root: Path = ROOT) -> Iterator[str]:
    """Yield the links and named paths of a document that lead nowhere."""
    text = without_code(path.read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (
            anchor and anchor not in anchors(target.read_text(encoding="utf-8"))
        ):
            yield link
    yield from (name for name in NAMED.findall(text) if not (root / name).exists())


def flaws_of_adr(name: str, text: str) -> Iterator[str]:
    """Yield what a record lacks: its number in the title, a date, the sections, words in each."""
    lines = text.splitlines()
    if not lines[0].startswith(f"# {int(name[:4])}. "):
        yield "the title has another number than the file"
    if not is_date(lines[2]):
        yield "no ISO date under the title"
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    if parts[::2] != SECTIONS:
        yield f"the sections are {parts[::2]}"
    yield from (f"{title} is empty" for title, body in pairwise(parts) if not body.strip())


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_resolve(path: Path) -> None:
    """Every relative link, anchor and named path of a document exists."""
    assert list(broken(path)) == []


def test_broken_links_are_found(tmp_path: Path) -> None:
    """A missing file, a missing anchor and a missing script are each told."""
    page = tmp_path / "page.md"
    page.write_text(
        "# A title, here\n[a](page.md) [b](#a-title-here) [c](https://example.org)\n"
        "[d](no.md) [e](#no) [f](page.md#no) `scripts/no`\n```\n[g](no.md)\n```\n",
        encoding="utf-8",
    )

    assert list(broken(page, tmp_path)) == ["no.md", "#no", "page.md#no", "scripts/no"]


def test_records_are_numbered() -> None:
    """Decision records have the numbers from 1 without a gap."""
    numbers = [int(path.name[:4]) for path in sorted(ADRS.glob("*.md"))]

    assert numbers
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", sorted(ADRS.glob("*.md")), ids=lambda path: path.stem)
def test_records_are_whole(path: Path) -> None:
    """Each has its number, a date and Nygard's four sections, none of them empty."""
    assert list(flaws_of_adr(path.name, path.read_text(encoding="utf-8"))) == []


def test_broken_records_are_found() -> None:
    """A wrong number, a wrong date, a missing and an empty section are each told."""
    text = "# 2. X\n\n2026-1-1\n\n## Status\n\n## Context\n\na\n"

    assert list(flaws_of_adr("0001-x.md", text)) == [
        "the title has another number than the file",
        "no ISO date under the title",
        "the sections are ['Status', 'Context']",
        "Status is empty",
    ]


def test_every_room_is_in_the_architecture() -> None:
    """The table of rooms names each room that exists."""
    rooms = {path.parent.name for path in (ROOT / "src/laadpaal").glob("*/__init__.py")}
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE))

    assert rooms - listed == set()


def test_the_architecture_begins_with_safety() -> None:
    """The first sentence says that safety stands outside."""
    lines = (DOCS / "architecture.md").read_text(encoding="utf-8").splitlines()

    assert next(line for line in lines[1:] if line).startswith("Safety stands outside")


def test_threats_are_listed_with_what_stands_against_them() -> None:
    """The security document says how to report a hole, and how far each defence is (S3)."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    _, reporting, threats, *_ = re.split(r"^## .+$", text, flags=re.MULTILINE)
    lines = [line.strip("| ").split(" | ") for line in threats.splitlines() if line[:1] == "|"]

    assert "Say what is affected" in reporting
    assert lines[0] == ["threat", "from", "defence", "state"]
    assert len(lines) > 10
    for line in lines[2:]:
        assert len(line) == 4
        assert all(line)
        assert re.match("built|planned|accepted", line[3])


@pytest.mark.parametrize("path", sorted((DOCS / "walks").glob("*.md")), ids=lambda path: path.stem)
def test_walks_name_what_exists(path: Path) -> None:
    """Every class, constant and method that a walk names is defined in the source."""
    text = path.read_text(encoding="utf-8")
    named = {part for code in re.findall(r"`([A-Z][\w.]*)", text) for part in code.split(".")}

    assert (
        named - defined() - {"Authorize", "StartTransaction", "TransactionEvent", "FULL"} == set()
    )


def defined() -> set[str]:
    """Return the names of all classes, functions and module or class variables of the source."""
    names: set[str] = set()
    for path in (ROOT / "src/laadpaal").rglob("*.js"):
        names |= set(
            re.findall(r"^export class (\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        )
    for path in (ROOT / "src/laadpaal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                    names.add(node.name)
                case ast.Name(ctx=ast.Store()):
                    names.add(node.id)
                case _:
                    pass
    return names
