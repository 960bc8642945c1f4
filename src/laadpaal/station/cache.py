"""The authorization cache: what the CSMS said of the tokens it was asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from laadpaal.properties import authorization as rows
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.facts import Facts
from laadpaal.station.notices import CacheCleared
from laadpaal.station.records import CacheEmptied, TokenCached, TokenForgotten
from laadpaal.station.requests import ClearCache
from laadpaal.station.saved import CachedToken
from laadpaal.station.words import UNASKED, Token, TokenStatus, Verdict

CAPACITY = rows.LARGEST_CACHE

Rank = tuple[float, ...]

_RANKS: Mapping[str, Callable[[CachedToken], Rank]] = MappingProxyType(
    {
        "LRU": lambda entry: (entry.at,),
        "LFU": lambda entry: (entry.uses, entry.at),
        "FIFO": lambda entry: (entry.since,),
    }
)
"""By policy: what is forgotten first has the lowest rank."""


class Cache:
    """Tokens by key; of those that are told or used in the same instant, the oldest first."""

    def __init__(self, facts: Facts, saved: Iterable[CachedToken] = ()) -> None:
        self._facts = facts
        self._tokens = {entry.token.key: entry for entry in saved}

    def __len__(self) -> int:
        return len(self._tokens)

    def find(self, token: Token) -> Verdict | None:
        """Return what is known of `token`; one that is outdated is known as Expired."""
        entry = self._tokens.get(token.key)
        if entry is None:
            return None
        if self._over(entry):
            return Verdict(TokenStatus.EXPIRED, entry.verdict.group)
        return entry.verdict

    def outdated(self, token: Token) -> bool:
        """Tell whether what was said of `token` holds no longer."""
        entry = self._tokens.get(token.key)
        return entry is not None and self._over(entry)

    def _over(self, entry: CachedToken) -> bool:
        """Tell whether its time is over: what the CSMS has set comes before ours (2.0.1 C10)."""
        lifetime_s = self._facts.values[rows.CACHE_LIFETIME]
        ends_at = entry.verdict.expires_at
        if ends_at is None and lifetime_s:
            ends_at = entry.at + lifetime_s
        return ends_at is not None and ends_at <= self._facts.now.utc

    def put(self, token: Token, verdict: Verdict) -> None:
        """Remember what the CSMS said; Central and NoAuthorization tokens never (2.0.1 C10)."""
        if token.kind in UNASKED:
            return
        now = self._facts.now.utc
        known = self._tokens.get(token.key)
        if known is None and len(self._tokens) >= CAPACITY:
            self._evict()
        since, uses = (known.since, known.uses + 1) if known else (now, 1)
        self._keep(CachedToken(token, verdict, now, since, uses))

    def about(self, token: Token) -> tuple[CachedToken, ...]:
        """Return every entry about the same identifier, with whatever kind it was told."""
        return tuple(entry for entry in self._tokens.values() if token.same(entry.token))

    def forget(self, token: Token) -> None:
        """Forget all about one identifier."""
        for entry in self.about(token):
            del self._tokens[entry.token.key]
            self._facts.keep(TokenForgotten(entry.token))

    def used(self, token: Token) -> None:
        """Take note that what is known of `token` has decided something."""
        entry = self._tokens[token.key]
        self._keep(replace(entry, at=self._facts.now.utc, uses=entry.uses + 1))

    def _keep(self, entry: CachedToken) -> None:
        self._tokens.pop(entry.token.key, None)
        self._tokens[entry.token.key] = entry
        record = TokenCached(entry.token, entry.verdict, entry.at, entry.since, entry.uses)
        self._facts.keep(record)

    def clear(self, wish: ClearCache) -> Answer:  # noqa: ARG002  the shape of a clerk
        """Forget everything, unless it is switched off (2.0.1 C11)."""
        if not self._facts.values[rows.CACHE_ENABLED]:
            return Refused(Reason.CACHE_OFF, "the authorization cache is switched off")
        self._tokens.clear()
        self._facts.keep(CacheEmptied())
        self._facts.tell(CacheCleared())
        return Accepted()

    def _evict(self) -> None:
        """Drop one that is not good (any more), else one by the policy (2.0.1 C10)."""
        entries = self._tokens.values()
        bad = [entry for entry in entries if not entry.verdict.good or self._over(entry)]
        rank = _RANKS[self._facts.values[rows.CACHE_POLICY]]
        victim = min(bad or entries, key=rank)
        del self._tokens[victim.token.key]
        self._facts.keep(TokenForgotten(victim.token))
