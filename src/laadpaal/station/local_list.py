"""The local authorization list: what the CSMS has told beforehand of the tokens it knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from laadpaal.properties import authorization as rows
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.facts import Facts
from laadpaal.station.records import (
    ListEmptied,
    ListVersionWritten,
    TokenListed,
    TokenUnlisted,
)
from laadpaal.station.requests import WriteLocalList
from laadpaal.station.saved import ListedToken
from laadpaal.station.view import ListView
from laadpaal.station.words import LARGEST, Token, TokenStatus, Verdict


class LocalList:
    """Verdicts by token; only the CSMS writes it, and it comes before the cache.

    An entry whose kind nobody told is for every token with its value, unless the list has one of
    the token's own kind.
    """

    def __init__(self, facts: Facts, version: int = 0, listed: Iterable[ListedToken] = ()) -> None:
        self._facts = facts
        self._version = version
        self._verdicts = {entry.token.key: entry.verdict for entry in listed}
        self._contradicted = False

    def view(self) -> ListView:
        """Return what others may know of it."""
        return ListView(self._version, len(self._verdicts))

    @property
    def contradicted(self) -> bool:
        """Whether the CSMS has judged a transaction otherwise than the list it has sent."""
        return self._contradicted and self._enabled

    def find(self, token: Token) -> Verdict | None:
        """Return what it says of `token`, None when it is switched off or says nothing.

        A token with a transaction elsewhere is good here (1.6 section 4.2).
        """
        verdict = self._verdict(token) if self._enabled else None
        if verdict is None:
            return None
        if verdict.expires_at is not None and verdict.expires_at <= self._facts.now.utc:
            return Verdict(TokenStatus.EXPIRED, verdict.group)
        if verdict.status is TokenStatus.CONCURRENT:
            return replace(verdict, status=TokenStatus.ACCEPTED)
        return verdict

    def about(self, token: Token) -> Verdict | None:
        """Return what stands in it about `token`, switched off or not."""
        return self._verdict(token)

    def compare(self, token: Token, verdict: Verdict) -> None:
        """Take note when the CSMS now thinks otherwise of a token than its list says."""
        known = self.find(token)
        if known and verdict.status is not TokenStatus.CONCURRENT:
            self._contradicted |= known.good is not verdict.good

    def write(self, wish: WriteLocalList) -> Answer:
        """Replace or change the list, all of it or nothing (1.6 section 4.12, 2.0.1 D01)."""
        refusal = self._refusal(wish)
        if refusal:
            return refusal
        if wish.full:
            self._verdicts.clear()
            self._facts.keep(ListEmptied())
        for token, verdict in wish.entries:
            self._put(token, verdict)
        self._version, self._contradicted = wish.version, False
        self._facts.keep(ListVersionWritten(wish.version))
        return Accepted()

    def _refusal(self, wish: WriteLocalList) -> Refused | None:
        if not self._enabled:
            return Refused(Reason.LIST_OFF, "the local list is switched off")
        if not 0 < wish.version <= LARGEST:
            return Refused(Reason.BAD_VALUE, f"{wish.version} is no version of a list")
        if not wish.full and wish.version <= self._version:
            return Refused(Reason.OLD_VERSION, f"the list has version {self._version}")
        if not all(token.readable for token, _ in wish.entries):
            return Refused(Reason.BAD_TOKEN, "a token in the list is not a readable text")
        keys = {token.key for token, _ in wish.entries}
        if len(keys) < len(wish.entries):
            return Refused(Reason.BAD_VALUE, "a token stands twice in the list")
        told = {token.key for token, verdict in wish.entries if verdict}
        if wish.full and told < keys:
            return Refused(Reason.BAD_VALUE, "nothing is said of a token in the list")
        stay = set() if wish.full else self._verdicts.keys() - keys
        if max(len(keys), len(stay | told)) > rows.LONGEST_LIST:
            return Refused(Reason.TOO_MANY, f"the list holds {rows.LONGEST_LIST} tokens")
        return None

    def _put(self, token: Token, verdict: Verdict | None) -> None:
        if verdict:
            self._verdicts[token.key] = verdict
            self._facts.keep(TokenListed(token, verdict))
        elif self._verdicts.pop(token.key, None):
            self._facts.keep(TokenUnlisted(token))

    def _verdict(self, token: Token) -> Verdict | None:
        return self._verdicts.get(token.key) or self._verdicts.get(token.kindless.key)

    @property
    def _enabled(self) -> bool:
        return self._facts.values[rows.LOCAL_LIST_ENABLED]
