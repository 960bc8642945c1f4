"""A board on which the real RAUC runs: its service, a bus for it, slots in files, and bundles."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.certificates import Made, root
from tests.support.rauc import COMPATIBLE, NEW, OLD

RAUC, BUS, PACKER = shutil.which("rauc"), shutil.which("dbus-daemon"), shutil.which("mksquashfs")
NOT_HERE = " and ".join(
    name
    for name, found in (("rauc", RAUC), ("dbus-daemon", BUS), ("squashfs-tools", PACKER))
    if not found
)
"""What of it is not on this machine."""
PATIENCE_S = 20.0
MAKER, STRANGER = root("maker of images"), root("stranger")
_BOOT_NAMES = {OLD: "A", NEW: "B"}
_BUS = """\
<busconfig>
<type>system</type>
<listen>unix:path={bus}</listen>
<policy context="default">
<allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
</policy>
</busconfig>
"""
_SYSTEM = """\
[system]
compatible={compatible}
bootloader=custom
mountprefix={folder}/mounted
statusfile={folder}/status
bundle-formats=plain verity

[handlers]
bootloader-custom-backend={folder}/loader

[keyring]
path={folder}/keyring.pem

[slot.rootfs.0]
device={folder}/slot.0
type=raw
bootname=A

[slot.rootfs.1]
device={folder}/slot.1
type=raw
bootname=B
"""
_LOADER = """\
#!/bin/sh
cd {folder}/loaded
case "$1" in
get-primary) cat primary ;;
set-primary) echo "$2" > primary ;;
get-state) cat "state.$2" ;;
set-state) echo "$3" > "state.$2" ;;
esac
"""
"""A boot loader that counts nothing: what was started last is all that it knows."""
_MANIFEST = """\
[update]
compatible={compatible}
version={version}

[bundle]
format=plain

[image.rootfs]
filename=rootfs.img
"""


@dataclass
class RealBoard:
    """Version 1 was flashed into the slot that it has started from."""

    folder: Path
    booted: str = OLD
    boots: int = 0
    broken: set[str] = field(default_factory=set)
    """Slots that do not come up."""
    service: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        """Make all that a board has."""
        for name in ("mounted", "loaded"):
            (self.folder / name).mkdir(parents=True)
        for number in (0, 1):
            with (self.folder / f"slot.{number}").open("wb") as slot:
                slot.truncate(1024 * 1024)
        for name in ("A", "B"):
            (self.folder / "loaded" / f"state.{name}").write_text("good\n")
        (self.folder / "loaded" / "primary").write_text("A\n")
        (self.folder / "keyring.pem").write_text(MAKER.pem)
        (self.folder / "bus.conf").write_text(_BUS.format(bus=self.bus))
        system = _SYSTEM.format(compatible=COMPATIBLE, folder=self.folder)
        (self.folder / "system.conf").write_text(system)
        (self.folder / "status").write_text("[slot.rootfs.0]\nbundle.version=1\nstatus=ok\n")
        ours = f"-c {self.folder}/system.conf"
        ask = f"export DBUS_SYSTEM_BUS_ADDRESS=unix:path={self.bus}\n"
        self._program("loader", _LOADER.format(folder=self.folder))
        # The machine's own RAUC reads its own file; this one is told which.
        self._program("rauc", f'#!/bin/sh\n{ask}exec {RAUC} {ours} "$@"\n')
        self._program("reboot", f"#!/bin/sh\ntouch {self.folder}/rebooting\n")

    def _program(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o755)

    @property
    def bus(self) -> str:
        """Where the bus listens."""
        return f"{self.folder}/bus"

    @property
    def rauc(self) -> str:
        """The program."""
        return str(self.folder / "rauc")

    @property
    def reboot(self) -> str:
        """The command that starts the board anew."""
        return str(self.folder / "reboot")

    @contextmanager
    def powered(self) -> Iterator[RealBoard]:
        """Have the bus run, and the service from the first start on."""
        words = [str(BUS), f"--config-file={self.folder}/bus.conf", "--nofork"]
        bus = subprocess.Popen(words, stderr=subprocess.DEVNULL)  # noqa: S603  a test's own
        try:
            _until(lambda: Path(self.bus).exists())
            self.boot()
            yield self
        finally:
            self._stop()
            bus.kill()
            bus.wait()

    def boot(self) -> str:
        """Start anew in the slot that is to start, or in the other if it does not come up."""
        self._stop()
        (self.folder / "rebooting").unlink(missing_ok=True)
        wanted = (self.folder / "loaded" / "primary").read_text().strip()
        names = {boot: name for name, boot in _BOOT_NAMES.items()}
        other = next(name for name in names.values() if name != names[wanted])
        self.booted = other if names[wanted] in self.broken else names[wanted]
        self.boots += 1
        self._start()
        return self.booted

    def _start(self) -> None:
        words = [self.rauc, "service", f"--override-boot-slot={_BOOT_NAMES[self.booted]}"]
        with (self.folder / "service.log").open("ab") as log:
            self.service = subprocess.Popen(words, stdout=log, stderr=log)  # noqa: S603  see above
        _until(lambda: self.asked("status").returncode == 0)

    def _stop(self) -> None:
        if self.service:
            self.service.kill()
            self.service.wait()
        self.service = None

    def asked(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Have the program run."""
        return subprocess.run([self.rauc, *words], capture_output=True, check=False)  # noqa: S603  see above

    def bundle(self, version: str, *, by: Made = MAKER, compatible: str = COMPATIBLE) -> Path:
        """Make a bundle."""
        content, path = self.folder / "content", self.folder / "firmware.raucb"
        shutil.rmtree(content, ignore_errors=True)
        path.unlink(missing_ok=True)
        content.mkdir()
        (content / "rootfs.img").write_bytes(os.urandom(4096))
        manifest = _MANIFEST.format(compatible=compatible, version=version)
        (content / "manifest.raucm").write_text(manifest)
        chain, key = by.files(self.folder, "signer")
        signer = [f"--cert={chain}", f"--key={key}"]
        words = [str(RAUC), "bundle", *signer, str(content), str(path)]
        subprocess.run(words, capture_output=True, check=True)  # noqa: S603  see above
        return path

    def install(self) -> str:
        """Install something; return why this machine cannot, or ""."""
        done = self.asked("install", str(self.bundle("0")))
        return "" if done.returncode == 0 else done.stdout.decode()


def _until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not so():
        if time.monotonic() > end:
            raise AssertionError("it has not come")
        time.sleep(0.02)  # another process has no event
