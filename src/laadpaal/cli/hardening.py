"""`laadpaal hardening`: what stands between an overflow and an intruder."""

from __future__ import annotations

import msgspec

from laadpaal.runtime.hardening import guards, missing


def told(*, json: bool) -> str:
    """Return which guards are missing where, for people or as one JSON object."""
    found = guards()
    gaps = missing(found)
    if json:
        return msgspec.json.encode({"guards": len(found), "missing": gaps}).decode()
    lines = [f"{len(found)} guards were looked for"]
    lines += [f"missing: {what} in {', '.join(where)}" for what, where in gaps.items()]
    return "\n".join(lines if gaps else [*lines, "none is missing"])
