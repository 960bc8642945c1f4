"""A disk in memory: what storage would hand back after a power cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from laadpaal.station import records as rec
from laadpaal.station.cards import Card, CardDropped, CardKept
from laadpaal.station.carriage import FirmwareUpdate
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.limits import LimitPlace
from laadpaal.station.measurement import Sample
from laadpaal.station.monitors import KeptMonitor
from laadpaal.station.network_profile import NetworkProfile
from laadpaal.station.notices import DurableNotice
from laadpaal.station.payment import Payment
from laadpaal.station.payment_words import PaymentClosed, PaymentSaved
from laadpaal.station.saved import CachedToken, ListedToken, Saved
from laadpaal.station.shown import DisplayMessage
from laadpaal.station.words import BootReason, Reservation


@dataclass
class MemoryDisk:
    """Applies records as facts."""

    settings: dict[tuple[str, int], str] = field(default_factory=dict)
    transactions: dict[str, rec.OpenTransaction] = field(default_factory=dict)
    samples: dict[str, dict[int, Sample]] = field(default_factory=lambda: defaultdict(dict))
    tokens: dict[str, CachedToken] = field(default_factory=dict)
    inoperative: set[tuple[int, int]] = field(default_factory=set)
    restart: BootReason | None = None
    list_version: int = 0
    listed: dict[str, ListedToken] = field(default_factory=dict)
    reservations: dict[int, Reservation] = field(default_factory=dict)
    profiles: dict[int, Profile] = field(default_factory=dict)
    firmware: FirmwareUpdate | None = None
    monitors: dict[int, KeptMonitor] = field(default_factory=dict)
    numbers: int = 0
    messages: dict[int, DisplayMessage] = field(default_factory=dict)
    networks: dict[int, NetworkProfile | None] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    limits_heard: tuple[LimitPlace, ...] = ()

    def apply(self, records: Sequence[rec.Record], notices: Sequence[DurableNotice] = ()) -> None:
        """Keep them, in order."""
        for record in records:
            self._apply(record)
        for notice in notices:
            if saved := self.transactions.get(notice.transaction):
                self.transactions[notice.transaction] = saved.after(notice)

    def _apply(self, record: rec.Record) -> None:  # noqa: C901, PLR0912, PLR0915  one case for each
        match record:
            case rec.TransactionSaved(transaction):
                self.transactions[transaction.id] = transaction
            case rec.TransactionClosed(id_):
                self.transactions.pop(id_, None)
                self.samples.pop(id_, None)
            case rec.SampleKept(id_, number, sample):
                self.samples[id_][number] = sample
            case rec.SamplesDropped(id_, numbers):
                for number in numbers:
                    del self.samples[id_][number]
            case rec.EnergyCheckpoint(id_, meter_wh, at):
                self.transactions[id_] = replace(self.transactions[id_], meter_wh=meter_wh, at=at)
            case rec.SettingWritten(id_, evse, None):
                self.settings.pop((id_, evse), None)
            case rec.SettingWritten(id_, evse, text):
                self.settings[id_, evse] = text or ""
            case rec.TokenCached(token, verdict, at, since, uses):
                self.tokens.pop(token.key, None)
                self.tokens[token.key] = CachedToken(token, verdict, at, since, uses)
            case rec.TokenForgotten(token):
                self.tokens.pop(token.key, None)
            case rec.CacheEmptied():
                self.tokens.clear()
            case (
                rec.ListEmptied()
                | rec.TokenListed()
                | rec.TokenUnlisted()
                | rec.ListVersionWritten()
            ):
                self._apply_list(record)
            case rec.ReservationSaved(reservation):
                self.reservations.pop(reservation.id, None)
                self.reservations[reservation.id] = reservation
            case rec.ReservationClosed(id_):
                del self.reservations[id_]
            case rec.MessageSaved(message):
                self.messages.pop(message.id, None)
                self.messages[message.id] = message
            case rec.MessageRemoved(id_):
                del self.messages[id_]
            case rec.AvailabilityWritten(evse, connector, operative):
                (self.inoperative.discard if operative else self.inoperative.add)((evse, connector))
            case rec.RestartPlanned(reason):
                self.restart = reason
            case rec.SecurityLogged() | rec.CustomerForgotten():
                pass  # nothing of it is handed back
            case rec.ProfileInstalled(profile):
                self.profiles.pop(profile.id, None)
                self.profiles[profile.id] = profile
            case rec.ProfileRemoved(id_):
                self.profiles.pop(id_, None)
            case rec.LimitsHeard(places):
                self.limits_heard = places
            case rec.NetworkStored(slot=slot, profile=network):
                self.networks[slot] = network
            case rec.NetworkRemoved(slot):
                self.networks[slot] = None
            case rec.FirmwareSaved(update):
                self.firmware = update
            case rec.MonitorSaved(kept):
                self.monitors[kept.id] = kept
            case rec.MonitorForgotten(id_):
                del self.monitors[id_]
            case rec.NumbersReserved(below):
                self.numbers = below
            case PaymentSaved(payment):
                self.payments[payment.id] = payment
            case PaymentClosed(id_):
                del self.payments[id_]
            case rec.FiringsQueued():
                pass  # nothing of it is handed back
            case CardKept(card):
                self.cards[card.token.key] = card
            case CardDropped(token):
                del self.cards[token.key]

    def _apply_list(
        self,
        record: rec.ListEmptied | rec.TokenListed | rec.TokenUnlisted | rec.ListVersionWritten,
    ) -> None:
        match record:
            case rec.ListEmptied():
                self.listed.clear()
            case rec.TokenListed(token, verdict):
                self.listed[token.key] = ListedToken(token, verdict)
            case rec.TokenUnlisted(token):
                del self.listed[token.key]
            case rec.ListVersionWritten(version):
                self.list_version = version

    def saved(self) -> Saved:
        """Return what a restarted station is given."""
        return Saved(
            dict(self.settings),
            tuple(self._with_samples(one) for one in self.transactions.values()),
            tuple(self.tokens.values()),
            frozenset(self.inoperative),
            self.restart,
            self.list_version,
            tuple(self.listed.values()),
            tuple(self.reservations.values()),
            tuple(self.profiles.values()),
            self.firmware,
            tuple(self.monitors.values()),
            self.numbers,
            tuple(self.messages.values()),
            dict(self.networks),
            tuple(self.payments.values()),
            tuple(self.cards.values()),
            self.limits_heard,
        )

    def _with_samples(self, saved: rec.OpenTransaction) -> rec.OpenTransaction:
        return replace(saved, samples=tuple(self.samples.get(saved.id, {}).values()))
