"""From the start of `laadpaal run` to its first accepted boot notification: CPU and memory.

The station is a process of its own with two simulated sockets, real Modbus meters, its database
and the control API on; the back office is this process. CPU is what the kernel charged the station
with (user and system, all threads), memory the largest resident set, both read when the station
has been accepted and the API has answered. The ratio to a bare interpreter that imports nothing is
measured in the same run.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from laadpaal.backoffice.server import BackOffice
from laadpaal.runtime.clock import RealClock

ROUNDS = 5
IDENTITY = "LP1"
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """Return the processor seconds a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_mb(pid: int) -> float:
    """Return the largest resident set a process has had."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def bare_cpu_s() -> float:
    """Return what an interpreter costs that does nothing."""
    before = os.times()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    after = os.times()
    used = after.children_user - before.children_user
    return used + after.children_system - before.children_system


async def one_start(ocpp: str) -> tuple[float, float]:
    """Return CPU seconds and MB of one start."""
    with tempfile.TemporaryDirectory() as folder:
        async with BackOffice(RealClock(trusted=True)) as office:
            config = Path(folder) / "station.toml"
            config.write_text(
                f'folder = "{folder}/data"\n[csms]\nurl = "{office.url}"\nocpp = "{ocpp}"\n'
                f'identity = "{IDENTITY}"\n[api]\nport = 0\n',
                encoding="utf-8",
            )
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "laadpaal", "run", "--config", str(config)),
                stdout=subprocess.DEVNULL,
            )
            await office.wait_for(IDENTITY, "StatusNotification")
            figures = cpu_s(process.pid), peak_mb(process.pid)
            process.terminate()
            await process.wait()
            return figures


def main() -> None:
    """Print one JSON object for each version."""
    bare = median(bare_cpu_s() for _ in range(ROUNDS))
    for ocpp in ("1.6", "2.0.1"):
        starts = [asyncio.run(one_start(ocpp)) for _ in range(ROUNDS)]
        cpu, memory = (median(column) for column in zip(*starts, strict=True))
        figures = {
            "ocpp": ocpp,
            "cpu_s": round(cpu, 2),
            "over_bare_interpreter": round(cpu / bare, 1),
            "peak_mb": round(memory, 1),
        }
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
