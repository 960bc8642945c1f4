"""The authorization cache: what the CSMS said of the tokens it was asked about."""

from __future__ import annotations

from collections.abc import Iterable

from laadpaal.station.facts import Facts
from laadpaal.station.records import CacheEmptied, TokenCached, TokenForgotten
from laadpaal.station.saved import CachedToken
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict

CAPACITY = 1000
_NEVER = {TokenKind.CENTRAL, TokenKind.NO_AUTHORIZATION}


class Cache:
    """Tokens by key, least recently told first."""

    def __init__(self, facts: Facts, saved: Iterable[CachedToken] = ()) -> None:
        self._facts = facts
        self._tokens = {entry.token.key: entry for entry in saved}

    def find(self, token: Token) -> Verdict | None:
        """Return what is known of `token`; one that has expired is known as Expired."""
        entry = self._tokens.get(token.key)
        if entry is None:
            return None
        expires_at = entry.verdict.expires_at
        if expires_at is not None and expires_at <= self._facts.now.utc:
            return Verdict(TokenStatus.EXPIRED, entry.verdict.group)
        return entry.verdict

    def put(self, token: Token, verdict: Verdict) -> None:
        """Remember what the CSMS said; Central and NoAuthorization tokens never (2.0.1 C10)."""
        if token.kind in _NEVER:
            return
        known = self._tokens.pop(token.key, None)
        entry = CachedToken(token, verdict, self._facts.now.utc)
        self._tokens[token.key] = entry
        if known is None or known.verdict != verdict:
            self._facts.keep(TokenCached(token, verdict, entry.at))
        if len(self._tokens) > CAPACITY:
            self._evict()

    def about(self, token: Token) -> tuple[CachedToken, ...]:
        """Return every entry about the same identifier, with whatever kind it was told."""
        return tuple(entry for entry in self._tokens.values() if token.same(entry.token))

    def forget(self, token: Token) -> None:
        """Forget all about one identifier."""
        for entry in self.about(token):
            del self._tokens[entry.token.key]
            self._facts.keep(TokenForgotten(entry.token))

    def clear(self) -> None:
        """Forget everything."""
        self._tokens.clear()
        self._facts.keep(CacheEmptied())

    def _evict(self) -> None:
        """Drop the oldest token that is not good, else the oldest."""
        entries = self._tokens.values()
        victim = next((e for e in entries if not e.verdict.good), next(iter(entries)))
        del self._tokens[victim.token.key]
        self._facts.keep(TokenForgotten(victim.token))
