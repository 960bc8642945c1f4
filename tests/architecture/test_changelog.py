"""S73: the changelog lists its dated revisions, and news become a new one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from laadpaal import VERSION
from scripts import changelog

ROOT = Path(__file__).resolve().parents[2]
WHOLE = """# Changelog

## Compatibility policy

Nothing goes without a word.

## [1.21] - 2020-11-20

### Added

- A thing.

## [1.2] - 2020-11-20

## Revisions

| version | date | what |
| --- | --- | --- |
| 1.21 | 2020-11-20 | a thing |
| 1.2 | 2020-11-20 | the first |
"""


def test_s73_the_changelog_has_its_dated_revisions() -> None:
    """Each is dated, the newest is on top, and that is the version which runs."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert len(changelog.REVISION.findall(text)) >= 2
    assert changelog.checked(ROOT, VERSION) == []


def test_the_package_has_the_version_too() -> None:
    """It is the same but for the number of the build."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert VERSION.rpartition("-")[0] == project["version"]


def test_versions_are_no_numbers_and_a_day_may_have_two() -> None:
    """1.21 may come before 1.3 and after 1.2: only the dates are ordered."""
    assert list(changelog.flaws(WHOLE, "1.21")) == []


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ("[1.21] - 2020-11-20", "[1.21] - 2020-13-20", "2020-13-20 is not an ISO date"),
        ("2020-11-20", "20201120", "20201120 is not an ISO date"),
        ("[1.2] - 2020-11-20", "[1.2] - 2020-11-21", "not newest first"),
        ("| 1.2 | 2020-11-20 | the first |\n", "", "lists others than the entries"),
        ("## [1.2] - 2020-11-20", "## 1.2", "'1.2' is no [version] - date"),
        ("## [1.21] - 2020-11-20", "## [1.3] - 2020-11-20", "not that of the version, 1.21"),
        ("## Compatibility policy", "## Policy", "the parts are 'Policy'"),
        ("## Revisions", "### Revisions", "not 'Compatibility policy' to 'Revisions'"),
    ],
)
def test_s73_a_broken_changelog_is_found(was: str, becomes: str, reason: str) -> None:
    """Dates, their order, and revisions that only the table or only an entry knows."""
    assert was in WHOLE

    assert reason in "; ".join(changelog.flaws(WHOLE.replace(was, becomes), "1.21"))


@pytest.mark.parametrize("text", ["", "# Changelog\n"])
def test_a_changelog_without_anything_is_found(text: str) -> None:
    """It has no parts, and no entry for the version."""
    assert len(list(changelog.flaws(text, "1.21"))) == 2


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree with a changelog and three pieces of news."""
    (tmp_path / "changes").mkdir()
    (tmp_path / "CHANGELOG.md").write_text(WHOLE)
    _news(tmp_path, "README.md", "# News")
    _news(tmp_path, "b.added.md", "Another is there.\nSo is this.\n")
    _news(tmp_path, "a-thing.added.md", "A [thing](../docs/thing.md) is there.\n")
    _news(tmp_path, "a-thing.error-codes.md", "Code 999 is new.\n")
    return tmp_path


def _news(tree: Path, name: str, text: str) -> None:
    (tree / "changes" / name).write_text(text)


def test_s73_news_are_folded_into_a_dated_entry(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By kind, on top, with a row in the table; after that no news is left."""
    assert changelog.main(["--fold", "more", "--date", "2020-12-15"], tree, "1.3") == 0

    text = (tree / "CHANGELOG.md").read_text()
    assert (
        "## [1.3] - 2020-12-15\n\n### Added\n\n"
        "- A [thing](docs/thing.md) is there.\n- Another is there. So is this.\n\n"
        "### Error codes\n\n- Code 999 is new.\n\n## [1.21] - 2020-11-20\n"
    ) in text
    assert "| --- | --- | --- |\n| 1.3 | 2020-12-15 | more |\n| 1.21 |" in text
    assert [path.name for path in (tree / "changes").iterdir()] == ["README.md"]
    assert capsys.readouterr().out == "3 pieces of news are folded into 1.3\n"
    assert changelog.main([], tree, "1.3") == 0


def test_the_first_entry_has_a_place(tree: Path) -> None:
    """It stands between the policy and the table."""
    head, table = WHOLE[: WHOLE.index("## [1.21]")], WHOLE[WHOLE.index("## Revisions") :]
    (tree / "CHANGELOG.md").write_text(f"{head}{table[: table.index('| 1.21')]}")

    assert changelog.main(["--fold", "more", "--date", "2020-12-15"], tree, "1.3") == 0
    assert changelog.checked(tree, "1.3") == []


@pytest.mark.parametrize(
    ("version", "day", "news", "reason"),
    [
        ("1.21", "2020-12-15", "Good.", "1.21 has an entry already"),
        ("1.3", "15.12.2020", "Good.", "15.12.2020 is not an ISO date"),
        ("1.3", "2020-11-19", "Good.", "not newest first"),
        ("1.3", "2020-12-15", "no sentence", "c.added.md: not every line"),
        ("1.3", "2020-12-15", "- Good.", "c.added.md: not every line"),
        ("1.3", "2020-12-15", "", "c.added.md: not every line"),
        ("1.3", "2020-12-15", "One.\n\nTwo.", "c.added.md: not every line"),
    ],
)
def test_what_cannot_be_folded_changes_nothing(
    tree: Path,
    version: str,
    day: str,
    news: str,
    reason: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is said why, and both the changelog and the news stay."""
    _news(tree, "c.added.md", news)

    assert changelog.main(["--fold", "more", "--date", day], tree, version) == 1
    assert reason in capsys.readouterr().out
    assert (tree / "CHANGELOG.md").read_text() == WHOLE
    assert len(changelog.fragments(tree)) == 4


def test_news_of_no_kind_are_found(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check names them, and there they stay."""
    _news(tree, "Thing.addded.md", "Good.")

    assert changelog.main([], tree, "1.21") == 1
    assert capsys.readouterr().out.startswith("Thing.addded.md: the name is no <words-with-dashes>")


def test_without_news_there_is_no_entry(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision that brings nothing is none."""
    for path in changelog.fragments(tree):
        path.unlink()

    assert changelog.main(["--fold", "nothing"], tree, "1.3") == 1
    assert capsys.readouterr().out == "there is no news\n"
