"""Check that the changelog has its dated revisions, or fold the news into a new one."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from laadpaal import VERSION

ROOT = Path(__file__).resolve().parents[1]
FILE, FOLDER = "CHANGELOG.md", "changes"
KINDS = {
    "added": "Added",
    "changed": "Changed",
    "removed": "Removed",
    "fixed": "Fixed",
    "security": "Security",
    "error-codes": "Error codes",
}
"""What each kind of fragment stands under, in this order."""
FRAGMENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.([a-z-]+)\.md")
TITLE = re.compile(r"^## (.+)$", re.MULTILINE)
ENTRY = re.compile(r"\[([^\]]+)\] - (.+)")
REVISION = re.compile(r"^\| (\d\S*) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
RULE = "| --- | --- | --- |\n"
FIRST, LAST = "Compatibility policy", "Revisions"


class ChangelogError(Exception):
    """Nothing can be folded; the text says what is in the way."""


def flaws(text: str, version: str) -> Iterator[str]:
    """Yield what is wrong with the entries, their dates, and the table of revisions.

    Versions are not compared, for 1.21 may follow 1.3: what counts is the order of the dates.
    """
    first, *titles, last = TITLE.findall(text) or ["", ""]
    if (first, last) != (FIRST, LAST):
        yield f"the parts are {first!r} to {last!r}, not {FIRST!r} to {LAST!r}"
    found = [(title, ENTRY.fullmatch(title)) for title in titles]
    yield from (f"{title!r} is no [version] - date" for title, entry in found if not entry)
    entries = [(entry[1], entry[2]) for _, entry in found if entry]
    if REVISION.findall(text) != entries:
        yield "the table of revisions lists others than the entries"
    days = [day for _, day in entries]
    yield from (f"{day} is not an ISO date" for day in days if not is_date(day))
    if days != sorted(days, reverse=True):
        yield "the entries are not newest first"
    if [name for name, _ in entries[:1]] != [version]:
        yield f"the newest entry is not that of the version, {version}"


def is_date(text: str) -> bool:
    """Tell whether a text is a day as ISO 8601 writes it, with dashes."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def flaws_of_fragment(name: str, text: str) -> Iterator[str]:
    """Yield what is wrong with one piece of news."""
    named = FRAGMENT.fullmatch(name)
    if named is None or named[1] not in KINDS:
        yield f"{name}: the name is no <words-with-dashes>.<{'|'.join(KINDS)}>.md"
    lines = text.splitlines() or [""]
    if any(not re.fullmatch(r"[^\s#-].*\.", line) for line in lines):
        yield f"{name}: not every line of it is a sentence that ends in a full stop"


def fragments(root: Path) -> list[Path]:
    """Return the files of news that no entry has yet, by name."""
    return [path for path in sorted((root / FOLDER).glob("*.md")) if path.name != "README.md"]


def checked(root: Path, version: str) -> list[str]:
    """Return every flaw of the changelog, and of the news that wait for the next entry."""
    found = list(flaws((root / FILE).read_text(encoding="utf-8"), version))
    for path in fragments(root):
        found += flaws_of_fragment(path.name, path.read_text(encoding="utf-8"))
    return found


def moved(news: str) -> str:
    """Return the sentences in one line, with links as they are from the changelog's folder."""
    return " ".join(news.splitlines()).replace("](../", "](")


def entry(version: str, day: str, news: Iterable[tuple[str, str]]) -> str:
    """Return an entry with the news, as pairs of kind and text, each under its heading."""
    lines = [f"## [{version}] - {day}", ""]
    told = list(news)
    for kind, title in KINDS.items():
        items = [f"- {text}" for of, text in told if of == kind]
        lines += [f"### {title}", "", *items, ""] if items else []
    return "\n".join(lines)


def folded(text: str, version: str, day: str, what: str, news: Sequence[tuple[str, str]]) -> str:
    """Return the changelog with a new entry on top, and its row in the table."""
    place = next(at for at in TITLE.finditer(text) if at[1] == LAST or ENTRY.fullmatch(at[1]))
    head, tail = text[: place.start()], text[place.start() :]
    row = f"{RULE}| {version} | {day} | {what} |\n"
    return f"{head}{entry(version, day, news)}\n{tail.replace(RULE, row, 1)}"


def fold(root: Path, version: str, day: str, what: str) -> int:
    """Make an entry of all news, and return how many they were; raises ChangelogError.

    Nothing is written unless the changelog is whole with it.
    """
    path, files = root / FILE, fragments(root)
    text = path.read_text(encoding="utf-8")
    told = {file.name: file.read_text(encoding="utf-8") for file in files}
    if not told:
        raise ChangelogError("there is no news")
    if f"## [{version}]" in text:
        raise ChangelogError(f"{version} has an entry already: the product needs a new version")
    wrong = [flaw for name, content in told.items() for flaw in flaws_of_fragment(name, content)]
    if not wrong:
        news = [(name.split(".")[-2], moved(content)) for name, content in told.items()]
        text = folded(text, version, day, what, news)
        wrong = list(flaws(text, version))
    if wrong:
        raise ChangelogError("; ".join(wrong))
    path.write_text(text, encoding="utf-8")
    for file in files:
        file.unlink()
    return len(files)


def main(arguments: Sequence[str] | None = None, root: Path = ROOT, version: str = VERSION) -> int:
    """Check, or fold when told what the revision brings; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", metavar="WHAT", help="what the new revision brings, in a phrase")
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="of the entry")
    given = parser.parse_args(arguments)
    if given.fold is None:
        found = checked(root, version)
        sys.stdout.writelines(f"{flaw}\n" for flaw in found)
        return 1 if found else 0
    try:
        count = fold(root, version, given.date, given.fold)
    except ChangelogError as wrong:
        print(wrong)
        return 1
    print(f"{count} pieces of news are folded into {version}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
