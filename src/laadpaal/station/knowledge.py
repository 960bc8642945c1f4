"""What is known of a token without asking: the local list, then the cache, then the white list."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.properties import authorization as rows
from laadpaal.station.cache import Cache
from laadpaal.station.facts import Facts
from laadpaal.station.local_list import LocalList
from laadpaal.station.white_list import WhiteList
from laadpaal.station.words import Token, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """What `by` says; `final` when the CSMS is not asked whether it has changed its mind.

    What is outdated is never final in the cache: nobody would ever be asked again.
    """

    verdict: Verdict
    by: str
    final: bool = False

    @property
    def good(self) -> bool:
        """Whether the token may be used."""
        return self.verdict.good


class Knowledge:
    """Looks tokens up, and remembers what the CSMS says of them."""

    def __init__(
        self, facts: Facts, cache: Cache, local_list: LocalList, white_list: WhiteList
    ) -> None:
        self._facts = facts
        self._cache = cache
        self._list = local_list
        self._white_list = white_list

    def of(self, token: Token) -> Known | None:
        """Return what is known of `token`, None for a stranger."""
        values = self._facts.values
        listed = self._list.find(token)
        if listed:
            return Known(listed, "local list", values[rows.LIST_FINAL])
        cached = self._cache.find(token) if values[rows.CACHE_ENABLED] else None
        if cached is None or values[rows.METHOD] == rows.LOCAL_CARDS:
            white = self._white_list.find(token)
            return Known(white, "white list", final=True) if white else None
        final = values[rows.CACHE_FINAL] and not self._cache.outdated(token)
        return Known(cached, "cache", final)

    def told(self, token: Token, verdict: Verdict) -> None:
        """Remember what the CSMS said, good or bad, of a token that is not listed."""
        if self._facts.values[rows.CACHE_ENABLED] and self._list.find(token) is None:
            self._cache.put(token, verdict)

    def used(self, token: Token) -> None:
        """Take note that what is known has decided on `token`."""
        if self._list.find(token) is None and self._cache.find(token):
            self._cache.used(token)
