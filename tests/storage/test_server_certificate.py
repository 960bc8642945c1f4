"""The certificate of the HTTPS server: made once, kept closed, replaced whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from laadpaal.ports.certificate import ServerCertificate
from laadpaal.ports.errors import VaultFailed
from laadpaal.protocols.pki import Names, PkiError, read_chain
from laadpaal.storage.server_certificate import GivenCertificate, OwnCertificate
from tests.support.certificates import EXPIRED, Made, root

NOW = 1_800_000_000.0
NAMES = Names(("box",))


def own(folder: Path) -> OwnCertificate:
    """Return the station's own, which has been made."""
    it = OwnCertificate(folder / "web.pem")
    assert it.prepare("LP000001", NAMES, NOW)
    return it


def pair(made: Made, folder: Path) -> tuple[str, str]:
    """Return chain and key in PEM."""
    chain, key = made.files(folder, "other")
    return chain.read_text(), key.read_text()


def test_it_is_made_once(tmp_path: Path) -> None:
    """The next start shows the same, or people would be asked about a new one each time."""
    first = own(tmp_path).chain()
    again = OwnCertificate(tmp_path / "web.pem")

    assert not again.prepare("LP000001", NAMES, NOW)
    assert again.chain() == first
    assert not again.fixed


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """The key is in it."""
    own(tmp_path)

    assert (tmp_path / "web.pem").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["web.pem"]


@pytest.mark.parametrize("text", ["", "nothing", "\xff"])
def test_a_damaged_one_is_made_anew(tmp_path: Path, text: str) -> None:
    """The station is reached again all the same."""
    own(tmp_path)
    (tmp_path / "web.pem").write_bytes(text.encode("latin-1"))

    assert own(tmp_path).chain()


def test_an_expired_one_is_made_anew(tmp_path: Path) -> None:
    """Ten years later."""
    it = own(tmp_path)

    assert it.prepare("LP000001", NAMES, NOW + 4000 * 86_400)


def test_it_can_be_replaced(tmp_path: Path) -> None:
    """By a chain of somebody's own, which the next start keeps."""
    it: ServerCertificate = own(tmp_path)
    made = root("top").issue("middle", authority=True).issue("leaf")

    it.keep(*pair(made, tmp_path), NOW)

    again = OwnCertificate(tmp_path / "web.pem")
    assert not again.prepare("LP000001", NAMES, NOW)
    assert [one.common_name for one in read_chain(again.chain())] == ["leaf", "middle"]


def test_a_bad_one_changes_nothing(tmp_path: Path) -> None:
    """What was shown is shown on."""
    it = own(tmp_path)
    before = it.chain()

    with pytest.raises(PkiError, match="has expired"):
        it.keep(*pair(root("old", EXPIRED), tmp_path), NOW)

    assert it.chain() == before


def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    """A folder that is gone, or closed."""
    it = own(tmp_path)
    (tmp_path / "web.pem").unlink()
    gone = OwnCertificate(tmp_path / "gone" / "web.pem")

    with pytest.raises(VaultFailed, match="could not be read"):
        it.chain()
    with pytest.raises(VaultFailed, match="could not be kept"):
        gone.prepare("LP000001", NAMES, NOW)


def test_the_configurations_files_are_shown_as_they_are(tmp_path: Path) -> None:
    """Whoever names them looks after them."""
    made = root("given")
    chain, key = made.files(tmp_path, "given")
    it: ServerCertificate = GivenCertificate(chain, key)

    assert (it.fixed, it.files, it.chain()) == (True, (chain, key), made.pem)
    with pytest.raises(VaultFailed, match="The configuration names the files"):
        it.keep(made.pem, key.read_text(), NOW)


def test_the_configurations_files_are_checked(tmp_path: Path) -> None:
    """Before anybody is shown them."""
    chain, _ = root("a").files(tmp_path, "a")
    _, key = root("b").files(tmp_path, "b")

    with pytest.raises(PkiError, match="the key is not that"):
        GivenCertificate(chain, key).check(NOW)
