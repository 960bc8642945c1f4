"""What the display says in each language."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.display import ScreenState

S = ScreenState


@dataclass(frozen=True, slots=True)
class Texts:
    """One language: title and advice of each state, and the small words."""

    states: dict[ScreenState, tuple[str, str]]
    until: str
    error: str
    hint: str
    lasted: str


_ENGLISH = Texts(
    {
        S.UNKNOWN: ("", ""),
        S.BOOTING: ("Starting", "One moment"),
        S.AVAILABLE: ("Available", "Connect the cable or show your card"),
        S.CABLE_CONNECTED: ("Cable connected", "Show your card"),
        S.EV_CONNECTED: ("Vehicle connected", "Show your card"),
        S.CABLE_AUTHORIZED: ("Accepted", "The cable is being locked"),
        S.AUTHORIZED: ("Accepted", "Connect the cable"),
        S.COMMUNICATING: ("Waiting for the vehicle", "Charging begins when it asks for it"),
        S.LOW_CURRENT: ("Waiting for current", "Charging goes on by itself"),
        S.SUSPENDED: ("Paused", "Not available at the moment"),
        S.CHARGING: ("Charging", ""),
        S.FULL_LOCKED: ("Vehicle is done", "Show your card to unlock"),
        S.FULL_UNLOCKED: ("Done", "Please take the cable"),
        S.WAIT_RECONNECT: ("Vehicle has left", "Connect it again, or show your card"),
        S.SUMMARY: ("Thank you", "Charging has ended"),
        S.CARD_REJECTED: ("Not accepted", "This card cannot be used here"),
        S.ERROR: ("Out of order", ""),
        S.PLEASE_WAIT: ("Please wait", "Your card is being checked"),
        S.RESERVED: ("Reserved", ""),
        S.QR_CODE: ("Pay by phone", "Scan the code"),
        S.WARNING: ("Available", "Charging is possible"),
        S.WAIT_RELEASE: ("Cable locked", "Show your card to release it"),
        S.REMOVE_CABLE: ("Unlocked", "Please remove the cable"),
        S.WAIT_VEHICLE_TALK: ("Please wait", "The vehicle is being asked"),
        S.WAIT_RELEASE_PLUGGED: ("Charging has ended", "Show your card to release the cable"),
        S.INVALID_CARD: ("Card not readable", "Use another card"),
    },
    until="until",
    error="error",
    hint="notice",
    lasted="time",
)
_DUTCH = Texts(
    {
        S.UNKNOWN: ("", ""),
        S.BOOTING: ("Opstarten", "Een ogenblik"),
        S.AVAILABLE: ("Beschikbaar", "Sluit de kabel aan of toon uw pas"),
        S.CABLE_CONNECTED: ("Kabel aangesloten", "Toon uw pas"),
        S.EV_CONNECTED: ("Auto aangesloten", "Toon uw pas"),
        S.CABLE_AUTHORIZED: ("Geaccepteerd", "De kabel wordt vergrendeld"),
        S.AUTHORIZED: ("Geaccepteerd", "Sluit de kabel aan"),
        S.COMMUNICATING: ("Wachten op de auto", "Het laden begint als de auto erom vraagt"),
        S.LOW_CURRENT: ("Wachten op stroom", "Het laden gaat vanzelf verder"),
        S.SUSPENDED: ("Gepauzeerd", "Nu niet beschikbaar"),
        S.CHARGING: ("Laden", ""),
        S.FULL_LOCKED: ("De auto is klaar", "Toon uw pas om te ontgrendelen"),
        S.FULL_UNLOCKED: ("Klaar", "Neem de kabel mee"),
        S.WAIT_RECONNECT: ("De auto is weg", "Sluit weer aan, of toon uw pas"),
        S.SUMMARY: ("Bedankt", "Het laden is beëindigd"),
        S.CARD_REJECTED: ("Niet geaccepteerd", "Deze pas kan hier niet gebruikt worden"),
        S.ERROR: ("Buiten gebruik", ""),
        S.PLEASE_WAIT: ("Even wachten", "Uw pas wordt gecontroleerd"),
        S.RESERVED: ("Gereserveerd", ""),
        S.QR_CODE: ("Betaal met uw telefoon", "Scan de code"),
        S.WARNING: ("Beschikbaar", "Laden is mogelijk"),
        S.WAIT_RELEASE: ("Kabel vergrendeld", "Toon uw pas om los te laten"),
        S.REMOVE_CABLE: ("Ontgrendeld", "Neem de kabel uit"),
        S.WAIT_VEHICLE_TALK: ("Even wachten", "De auto wordt gevraagd"),
        S.WAIT_RELEASE_PLUGGED: ("Het laden is beëindigd", "Toon uw pas voor de kabel"),
        S.INVALID_CARD: ("Pas niet leesbaar", "Gebruik een andere pas"),
    },
    until="tot",
    error="fout",
    hint="melding",
    lasted="tijd",
)
_GERMAN = Texts(
    {
        S.UNKNOWN: ("", ""),
        S.BOOTING: ("Startet", "Einen Moment"),
        S.AVAILABLE: ("Verfügbar", "Kabel anschließen oder Karte vorhalten"),
        S.CABLE_CONNECTED: ("Kabel angeschlossen", "Karte vorhalten"),
        S.EV_CONNECTED: ("Fahrzeug angeschlossen", "Karte vorhalten"),
        S.CABLE_AUTHORIZED: ("Angenommen", "Das Kabel wird verriegelt"),
        S.AUTHORIZED: ("Angenommen", "Kabel anschließen"),
        S.COMMUNICATING: ("Warten auf das Fahrzeug", "Es lädt, sobald das Fahrzeug will"),
        S.LOW_CURRENT: ("Warten auf Strom", "Das Laden geht von selbst weiter"),
        S.SUSPENDED: ("Pause", "Zur Zeit nicht verfügbar"),
        S.CHARGING: ("Lädt", ""),
        S.FULL_LOCKED: ("Das Fahrzeug ist fertig", "Zum Entriegeln Karte vorhalten"),
        S.FULL_UNLOCKED: ("Fertig", "Bitte Kabel abziehen"),
        S.WAIT_RECONNECT: ("Fahrzeug getrennt", "Wieder anschließen oder Karte vorhalten"),
        S.SUMMARY: ("Vielen Dank", "Das Laden ist beendet"),
        S.CARD_REJECTED: ("Nicht angenommen", "Diese Karte gilt hier nicht"),
        S.ERROR: ("Außer Betrieb", ""),
        S.PLEASE_WAIT: ("Bitte warten", "Ihre Karte wird geprüft"),
        S.RESERVED: ("Reserviert", ""),
        S.QR_CODE: ("Mit dem Telefon zahlen", "Code scannen"),
        S.WARNING: ("Verfügbar", "Laden ist möglich"),
        S.WAIT_RELEASE: ("Kabel verriegelt", "Zum Freigeben Karte vorhalten"),
        S.REMOVE_CABLE: ("Entriegelt", "Bitte Kabel abziehen"),
        S.WAIT_VEHICLE_TALK: ("Bitte warten", "Das Fahrzeug wird gefragt"),
        S.WAIT_RELEASE_PLUGGED: ("Das Laden ist beendet", "Zum Freigeben Karte vorhalten"),
        S.INVALID_CARD: ("Karte nicht lesbar", "Andere Karte verwenden"),
    },
    until="bis",
    error="Fehler",
    hint="Hinweis",
    lasted="Zeit",
)
_FRENCH = Texts(
    {
        S.UNKNOWN: ("", ""),
        S.BOOTING: ("Démarrage", "Un instant"),
        S.AVAILABLE: ("Disponible", "Branchez le câble ou présentez votre carte"),
        S.CABLE_CONNECTED: ("Câble branché", "Présentez votre carte"),
        S.EV_CONNECTED: ("Véhicule branché", "Présentez votre carte"),
        S.CABLE_AUTHORIZED: ("Accepté", "Verrouillage du câble"),
        S.AUTHORIZED: ("Accepté", "Branchez le câble"),
        S.COMMUNICATING: ("Attente du véhicule", "La charge commence à sa demande"),
        S.LOW_CURRENT: ("Attente de courant", "La charge reprend d'elle-même"),
        S.SUSPENDED: ("En pause", "Pas disponible pour le moment"),
        S.CHARGING: ("En charge", ""),
        S.FULL_LOCKED: ("Le véhicule a fini", "Présentez votre carte pour déverrouiller"),
        S.FULL_UNLOCKED: ("Terminé", "Reprenez le câble"),
        S.WAIT_RECONNECT: ("Véhicule débranché", "Rebranchez ou présentez votre carte"),
        S.SUMMARY: ("Merci", "La charge est terminée"),
        S.CARD_REJECTED: ("Refusé", "Cette carte n'est pas admise ici"),
        S.ERROR: ("Hors service", ""),
        S.PLEASE_WAIT: ("Patientez", "Vérification de votre carte"),
        S.RESERVED: ("Réservé", ""),
        S.QR_CODE: ("Payez par téléphone", "Scannez le code"),
        S.WARNING: ("Disponible", "La charge est possible"),
        S.WAIT_RELEASE: ("Câble verrouillé", "Présentez votre carte pour le libérer"),
        S.REMOVE_CABLE: ("Déverrouillé", "Retirez le câble"),
        S.WAIT_VEHICLE_TALK: ("Patientez", "Le véhicule est interrogé"),
        S.WAIT_RELEASE_PLUGGED: ("La charge est terminée", "Présentez votre carte"),
        S.INVALID_CARD: ("Carte illisible", "Utilisez une autre carte"),
    },
    until="jusqu'à",
    error="erreur",
    hint="avis",
    lasted="durée",
)

LANGUAGES = {"en_GB": _ENGLISH, "nl_NL": _DUTCH, "de_DE": _GERMAN, "fr_FR": _FRENCH}
"""By the names of the setting `205D_0`."""
