"""Limits of others than the CSMS: an energy manager, the grid (2.0.1 K11 to K13)."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import count

from laadpaal.properties import charging as rows
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.charging_profiles import Kind, Profile, Purpose, says
from laadpaal.station.facts import Facts
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.profile_rules import broken
from laadpaal.station.profiles import Profiles


class ExternalLimits:
    """Keeps each as a profile that the CSMS may see and no more; its id is negative.

    `LimitNews` tells of them.
    """

    def __init__(self, facts: Facts, profiles: Profiles) -> None:
        self._facts = facts
        self._profiles = profiles

    def set(self, wish: SetExternalLimit) -> Answer:
        """Let somebody limit, in place of what they said there before."""
        if not self._facts.values[rows.EXTERNAL_LIMITS_USED]:
            return Refused(Reason.EXTERNAL_LIMITS_OFF, "external limits are switched off")
        if wish.evse and wish.evse not in self._facts.evses:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {wish.evse}")
        if wish.schedule.starts_at is not None:
            return Refused(Reason.BAD_SCHEDULE, "an external limit counts from now")
        profile = self._profile(wish)
        refused = broken(profile)
        if refused is None:
            self._profiles.put(profile)
        return refused or Accepted()

    def _profile(self, wish: SetExternalLimit) -> Profile:
        old = self._find(wish)
        schedule = replace(wish.schedule, starts_at=self._facts.now.utc)
        return Profile(
            old.id if old else self._free_id(),
            wish.evse,
            Purpose.EXTERNAL,
            Kind.ABSOLUTE,
            0,
            (schedule,),
            source=wish.source,
            by=wish.by,
        )

    def _free_id(self) -> int:
        taken = self._profiles.ids()
        return next(-number for number in count(1) if -number not in taken)

    def clear(self, wish: ClearExternalLimit) -> Answer:
        """Let what they said there count no longer."""
        old = self._find(wish)
        if old is None:
            return Refused(Reason.UNKNOWN_LIMIT, "they do not limit that")
        self._profiles.drop(old)
        return Accepted()

    def _find(self, wish: SetExternalLimit | ClearExternalLimit) -> Profile | None:
        place = wish.source, wish.evse, wish.by
        return next((it for it in self._all() if (it.source, it.evse, it.by) == place), None)

    def _all(self) -> list[Profile]:
        return [it for it in self._profiles.installed.values() if it.external]

    def clock_corrected(self, jump_s: float) -> None:
        """Let them begin when they began by the new clock: they were set for so many seconds."""
        for profile in self._all():
            (schedule,) = profile.schedules
            begins = (schedule.starts_at or 0.0) + jump_s
            self._profiles.put(replace(profile, schedules=(replace(schedule, starts_at=begins),)))

    def settle(self) -> None:
        """Release those whose schedule is over, and all of them once they are switched off."""
        used, at = self._facts.values[rows.EXTERNAL_LIMITS_USED], self._facts.now.utc
        for profile in self._all():
            word = says(profile, at, at)
            if not used or (word.profile is None and word.until == math.inf):
                self._profiles.drop(profile)
