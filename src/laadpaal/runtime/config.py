"""The configuration file: one TOML file, checked before anything starts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from laadpaal import VERSION
from laadpaal.properties import connectivity
from laadpaal.properties.book import setting
from laadpaal.properties.rows import Access, Setting
from laadpaal.properties.values import Values
from laadpaal.protocols.hosts import is_loopback
from laadpaal.runtime.mqtt_table import MqttTable
from laadpaal.runtime.reader_tables import AnyReaderTable, SimulatedReaderTable, flaws
from laadpaal.runtime.slave_table import ModbusSlaveTable
from laadpaal.runtime.tables import Table
from laadpaal.runtime.updates_table import UpdatesTable
from laadpaal.runtime.web_table import WebTable
from laadpaal.simulation.house import EMPTY, HIGHEST_A, Household
from laadpaal.station.layout import ConnectorLayout, EvseLayout, GridLink, Layout, Outlet
from laadpaal.station.network_profile import ANY, WIRED, WIRELESS

Name20 = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
Name25 = Annotated[str, msgspec.Meta(min_length=1, max_length=25)]
Identity = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9*\-_=+|@.]{1,48}$")]
Password = Annotated[str, msgspec.Meta(pattern=r"^(.{16,64})?$")]
"""Empty for none; else of the length that setting 2711_0 asks for."""
Key = Annotated[str, msgspec.Meta(pattern=r"^([0-9A-Fa-f]{32})?$")]
Amps = Annotated[float, msgspec.Meta(ge=6, le=63)]
Interface = Annotated[str, msgspec.Meta(max_length=15)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
Led = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_:.\-]{0,62}$")]
SCHEMES = ("ws://", "wss://")


class ConfigError(Exception):
    """The configuration cannot be used; the text names the file, the key and the reason."""


class StationTable(Table, frozen=True, kw_only=True):
    """`[station]`: what the station calls itself, and what it has besides its EVSEs.

    `framebuffer` is the kernel's file for its display, which is simulated without one; `logo` is a
    PNG that stands for the vendor's name on it.
    `switches_phases` is whether its contactors can connect one line of three.
    """

    vendor: Name20 = "Laadpaal"
    model: Name20 = "Duo"
    serial: Name25 = "LP000001"
    display: Literal["none", "small", "large"] = "large"
    framebuffer: str = ""
    logo: str = ""
    switches_phases: bool = False


OUTLETS = {"socket": Outlet.SOCKET, "cable": Outlet.CABLE, "domestic": Outlet.DOMESTIC}
DOMESTIC_A = 16.0
"""A domestic outlet is not made for more."""


class ConnectorTable(Table, frozen=True, kw_only=True):
    """`[[evse.connector]]`: one outlet of an EVSE, in the order of their numbers.

    A domestic outlet has one line, and is rated 16 A unless told.
    """

    outlet: Literal["socket", "cable", "domestic"] = "socket"
    rated_a: Amps | None = None

    @property
    def domestic(self) -> bool:
        """Whether it is a household socket, without a pilot."""
        return self.outlet == "domestic"

    def layout(self, phases: int) -> ConnectorLayout:
        """Return what the connector is built as, in an EVSE with so many lines."""
        if self.domestic:
            return ConnectorLayout(Outlet.DOMESTIC, self.rated_a or DOMESTIC_A, 1)
        return ConnectorLayout(OUTLETS[self.outlet], self.rated_a or 32.0, phases)


class MeterTable(Table, frozen=True, kw_only=True):
    """What every meter has: a `model` that we know, or a `map` of its registers in a TOML file.

    `unit` is its Modbus address, by default that of a new one.
    """

    model: str = ""
    map: str = ""
    unit: Annotated[int, msgspec.Meta(ge=1, le=247)] | None = None


class TcpMeterTable(MeterTable, frozen=True, kw_only=True, tag_field="link", tag="tcp"):
    """A meter or a gateway in the network; `frames` is rtu where it passes serial frames on."""

    host: str
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 502
    frames: Literal["tcp", "rtu"] = "tcp"


class RtuMeterTable(MeterTable, frozen=True, kw_only=True, tag_field="link", tag="rtu"):
    """A meter on a serial line; `baud` and `parity` by default as those of a new one."""

    device: str
    baud: Annotated[int, msgspec.Meta(ge=1200, le=256_000)] | None = None
    parity: Literal["N", "E", "O"] | None = None


class SimulatedMeterTable(Table, frozen=True, kw_only=True, tag_field="link", tag="simulated"):
    """A simulated meter of a model, which answers over TCP inside this machine."""

    model: str = "SDM630"


class EvseTable(Table, frozen=True, kw_only=True):
    """`[[evse]]`: one EVSE, in the order of their numbers.

    `outlet` and `rated_a` say what its only connector is; an EVSE that has two has a table for
    each instead. `leds` are the kernel's names of the red, the green and the blue LED of its
    light, which is simulated without them. `bay_sensor` is whether a sensor sees the vehicle in its
    parking bay, and `signing_meter` whether its meter signs what it says, which the simulated one
    can.
    """

    outlet: Literal["socket", "cable"] | None = None
    rated_a: Amps | None = None
    phases: Literal[1, 3] = 3
    bay_sensor: bool = False
    signing_meter: bool = False
    leds: tuple[Led, Led, Led] | None = None
    meter: TcpMeterTable | RtuMeterTable | SimulatedMeterTable = SimulatedMeterTable()
    connector: Annotated[tuple[ConnectorTable, ...], msgspec.Meta(max_length=2)] = ()

    @property
    def connectors(self) -> tuple[ConnectorTable, ...]:
        """Its connectors, in whichever form they were given."""
        only = ConnectorTable(outlet=self.outlet or "socket", rated_a=self.rated_a)
        return self.connector or (only,)

    def layout(self) -> EvseLayout:
        """Return what the EVSE is built as."""
        connectors = tuple(one.layout(self.phases) for one in self.connectors)
        return EvseLayout(connectors, self.phases, self.bay_sensor, self.signing_meter)

    def check(self, place: str) -> None:
        """Raise ConfigError when nobody can build it so; `place` names the table."""
        if self.connector and (self.outlet or self.rated_a):
            raise ConfigError(f"{place}: outlet and rated_a belong into its connector tables")
        if [one.domestic for one in self.connectors] not in ([False], [False, True]):
            raise ConfigError(f"{place}.connector: a socket or cable, and then one domestic outlet")
        for number, one in enumerate(self.connectors):
            if one.domestic and (one.rated_a or 0) > DOMESTIC_A:
                raise ConfigError(
                    f"{place}.connector[{number}].rated_a: a domestic outlet is made for"
                    f" {DOMESTIC_A:g} A at most"
                )


class ModbusGridTable(Table, frozen=True, kw_only=True, tag_field="kind", tag="modbus"):
    """`[grid]`: a meter where the house meets the grid, asked every `poll_s` station seconds."""

    meter: TcpMeterTable | RtuMeterTable
    poll_s: Annotated[float, msgspec.Meta(ge=0.5, le=60)] = 1.0


class P1GridTable(Table, frozen=True, kw_only=True, tag_field="kind", tag="p1"):
    """`[grid]`: a smart meter that speaks by itself, on a serial device or behind a serial server.

    `version` is the form of its telegrams; `key` opens those of Luxembourg, as 32 hexadecimal
    digits; `phases` is 1 where the house has one line only.
    """

    version: Literal["2.2", "3.0", "4", "5", "be", "lu", "se"] = "5"
    device: str = ""
    host: str = ""
    port: Port = 0
    key: Key = ""
    phases: Literal[1, 3] = 3

    def check(self) -> None:
        """Raise ConfigError when no smart meter can be read so."""
        if bool(self.device) == bool(self.host):
            raise ConfigError("grid: it needs either device or host")
        if bool(self.port) != bool(self.host):
            raise ConfigError("grid.port: a host needs one, and a device has none")
        if bool(self.key) != (self.version == "lu"):
            raise ConfigError("grid.key: version lu needs one, and no other has one")
        if self.version in {"2.2", "3.0"} and self.phases != 1:
            raise ConfigError(
                f"grid.phases: version {self.version} tells nothing of one line of three"
            )


class HouseTable(Table, frozen=True, kw_only=True):
    """`[grid.house]`: the simulated house behind a simulated meter, in which nothing need be on."""

    base_a: Annotated[float, msgspec.Meta(ge=0, le=HIGHEST_A)] = EMPTY.base_a
    appliances: Annotated[int, msgspec.Meta(ge=0, le=100)] = EMPTY.appliances
    sun_a: Annotated[float, msgspec.Meta(ge=0, le=HIGHEST_A)] = EMPTY.sun_a
    seed: int = EMPTY.seed
    fuse_a: Annotated[float, msgspec.Meta(gt=0, le=HIGHEST_A)] = EMPTY.fuse_a

    def household(self) -> Household:
        """Return what it is like."""
        return Household(self.base_a, self.appliances, self.sun_a, self.seed, fuse_a=self.fuse_a)


class SimulatedGridTable(Table, frozen=True, kw_only=True, tag_field="kind", tag="simulated"):
    """`[grid]`: a simulated smart meter, which speaks on a real line in the form of `version`."""

    version: Literal["4", "5", "be", "se"] = "5"
    house: HouseTable = HouseTable()


class CsmsTable(Table, frozen=True, kw_only=True):
    """`[csms]`: where the back office is, and which version of OCPP it speaks.

    `url` without the identity; `secure_url` likewise, for when the CSMS raises the security
    profile to one with TLS, by default `url` with wss; for wss, `ca_file` is a PEM file of roots
    to trust besides those of the vault, and `crl_file` one of lists of revoked certificates.
    `echo` is whether its host is asked for an ICMP echo when nothing else shows that it is there.
    `interface` is the machine's network interface that leads there by wire, such as eth0; "" is
    the machine's choice.
    """

    url: str
    ocpp: Literal["1.6", "2.0.1"] = "2.0.1"
    identity: Identity = "LP000001"
    password: Password = ""
    secure_url: str = ""
    ca_file: str = ""
    crl_file: str = ""
    tls_policy: Literal["modern", "4.12"] = "modern"
    echo: bool = True
    interface: Interface = ""

    @property
    def secure(self) -> bool:
        """Whether TLS is used."""
        return self.url.startswith("wss:")

    @property
    def url_with_tls(self) -> str:
        """Where the CSMS is for the security profiles with TLS."""
        return self.secure_url or f"wss://{self.url.partition('://')[2]}"


class ModemTable(Table, frozen=True, kw_only=True):
    """`[modem]`: the way through a mobile network; without this table there is none.

    `device` is the line that carries data, and `control` a second one to the same modem, which
    stays free for commands, so that the signal can be watched; `power_key` is a file that takes 0
    and 1 for its power, and `pppd` the program that carries packets. The rest opens the network.
    """

    kind: Literal["simulated", "at"] = "simulated"
    device: str = ""
    control: str = ""
    baud: Annotated[int, msgspec.Meta(ge=1200, le=4_000_000)] = 115_200
    pppd: str = "pppd"
    power_key: str = ""
    apn: str = ""
    user: str = ""
    password: str = ""
    pin: str = ""

    def check(self) -> None:
        """Raise ConfigError when there is no line to it."""
        if self.kind == "at" and not self.device:
            raise ConfigError("modem.device: a modem of the kind at needs the name of its line")

    def put(self, values: Values) -> None:
        """Put what opens the network into the settings; raises ConfigError."""
        given: tuple[tuple[str, Setting[Any], str], ...] = (
            ("apn", connectivity.APN, self.apn),
            ("user", connectivity.APN_USER, self.user),
            ("password", connectivity.APN_PASSWORD, self.password),
            ("pin", connectivity.PIN, self.pin),
        )
        for key, row, text in given:
            try:
                if text:
                    values.put(row, row.kind.parse(text))
            except ValueError as wrong:
                raise ConfigError(f"modem.{key}: {wrong}") from wrong


class TransfersTable(Table, frozen=True, kw_only=True):
    """`[transfers]`: files to and from URLs; `ca_file` is a PEM file of roots to trust for them."""

    ca_file: str = ""


class PaymentTable(Table, frozen=True, kw_only=True):
    """`[payment]`: who takes money from payment cards; without the table nobody does.

    `url` is where a provider's interface begins, `station_id` ours in its books; `ca_file` is a
    PEM file of roots to trust instead of the system's, `certificate_file` and `key_file` what the
    provider is shown. `simulated` is a provider without money, on the loopback.
    """

    kind: Literal["https", "simulated"] = "https"
    url: str = ""
    station_id: Identity = "LP000001"
    ca_file: str = ""
    certificate_file: str = ""
    key_file: str = ""

    def check(self) -> None:
        """Raise ConfigError where kind and URL do not go together."""
        if (self.kind == "https") is not self.url.startswith("https://"):
            raise ConfigError(
                f"payment.url: {self.url!r} must begin with https:// for kind https, else be empty"
            )


class ApiTable(Table, frozen=True, kw_only=True):
    """`[api]`: the control API for this machine's own people; `port` 0 takes any free one."""

    host: str = "127.0.0.1"
    port: Port = 8180

    def check(self) -> None:
        """Raise ConfigError when others than this machine's own people could come in."""
        if not is_loopback(self.host):
            raise ConfigError(
                f"api.host: {self.host!r} is not on the loopback, and nobody logs in there;"
                " the table [web] serves the network"
            )


class LimitsTable(Table, frozen=True, kw_only=True):
    """`[limits]`: what the process may take; `memory_mb` of address space, 0 for no bound."""

    memory_mb: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0


class Config(Table, frozen=True, kw_only=True):
    """The whole file.

    Args:
        speed: How many station seconds pass in one real second.
        clock: Whether the machine keeps its clock right by itself, by network time or a battery;
            else the dates of certificates count only once the CSMS has told the time.
        folder: Where database and log are kept.
        settings: Values of the book by id; what was written later wins.
    """

    station: StationTable = StationTable()
    evse: Annotated[tuple[EvseTable, ...], msgspec.Meta(min_length=1, max_length=16)] = (
        EvseTable(),
        EvseTable(),
    )
    reader: tuple[AnyReaderTable, ...] = (SimulatedReaderTable(),)
    grid: ModbusGridTable | P1GridTable | SimulatedGridTable | None = None
    csms: CsmsTable | None = None
    api: ApiTable | None = ApiTable()
    web: WebTable | None = None
    modbus_slave: ModbusSlaveTable | None = None
    mqtt: MqttTable | None = None
    clock: Literal["kept", "unknown"] = "kept"
    modem: ModemTable | None = None
    transfers: TransfersTable = TransfersTable()
    updates: UpdatesTable | None = None
    payment: PaymentTable | None = None
    limits: LimitsTable = LimitsTable()
    speed: Annotated[float, msgspec.Meta(gt=0, le=100_000)] = 1.0
    folder: str = "laadpaal-data"
    settings: dict[str, str | int | float | bool] = msgspec.field(default_factory=dict)

    def layout(self) -> Layout:
        """Return what the station is built of."""
        names = self.station
        return Layout(
            names.vendor,
            names.model,
            names.serial,
            tuple(part.layout() for part in self.evse),
            firmware=VERSION,
            presentable=tuple(dict.fromkeys(kind for r in self.reader for kind in r.presentable)),
            interfaces=(WIRED, WIRELESS, ANY) if self.modem else (WIRED,),
            modem=self.modem is not None,
            display=names.display,
            switches_phases=names.switches_phases,
            payment=self.payment is not None,
            grid=self._grid_link(),
            scans=any(reader.scans for reader in self.reader),
            repeats=any(reader.repeats for reader in self.reader),
            manager=self.modbus_slave is not None,
        )

    def _grid_link(self) -> GridLink | None:
        if self.grid is None:
            return None
        return GridLink.MODBUS if isinstance(self.grid, ModbusGridTable) else GridLink.P1


def load(path: Path) -> Config:
    """Read and check a file; raises ConfigError, which names file, key and reason."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise ConfigError(f"{path}: {wrong}") from wrong
    try:
        return parse(text)
    except ConfigError as wrong:
        raise ConfigError(f"{path}: {wrong}") from wrong


def parse(text: str) -> Config:
    """Check the text of a file; raises ConfigError, which names the key and the reason."""
    try:
        config = msgspec.convert(tomllib.loads(text), Config)
    except tomllib.TOMLDecodeError as wrong:
        raise ConfigError(str(wrong)) from wrong
    except msgspec.ValidationError as wrong:
        raise ConfigError(str(wrong).replace("`$.", "`").replace("`$`", "the file")) from wrong
    if config.csms and not config.csms.url.startswith(SCHEMES):
        raise ConfigError(f"csms.url: {config.csms.url!r} begins with none of {', '.join(SCHEMES)}")
    if config.csms and not config.csms.url_with_tls.startswith("wss://"):
        raise ConfigError(f"csms.secure_url: {config.csms.secure_url!r} does not begin with wss://")
    for number, part in enumerate(config.evse):
        part.check(f"evse[{number}]")
    web = config.web.flaws() if config.web else ()
    updates = config.updates.flaws() if config.updates else ()
    for flaw in (*flaws(config.reader, len(config.evse)), *web, *updates):
        raise ConfigError(flaw)
    if isinstance(config.grid, P1GridTable):
        config.grid.check()
    for table in (config.payment, config.modem, config.api):
        if table:
            table.check()
    settings_of(config)
    return config


def settings_of(config: Config) -> Values:
    """Return the settings the file gives; raises ConfigError for one that is none."""
    values = Values()
    for id_, given in config.settings.items():
        row: Any = setting(id_)
        if row is None or row.access is Access.STATION:
            raise ConfigError(f"settings.{id_}: there is no such setting")
        text = str(given).lower() if isinstance(given, bool) else str(given)
        try:
            values.put(row, row.kind.parse(text))
        except ValueError as wrong:
            raise ConfigError(f"settings.{id_}: {wrong}") from wrong
    if config.modem:
        config.modem.put(values)
    return values
