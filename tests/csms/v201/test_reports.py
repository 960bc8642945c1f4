"""The inventories, and what a CSMS chooses of them, in numbered pieces."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.csms.dialect import Refusal
from laadpaal.csms.v201 import limits, pages
from laadpaal.protocols.ocpp import codec, v201
from laadpaal.station import events as e
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Outlet
from laadpaal.station.words import Status
from tests.csms.v201.counter import SECURITY, Counter, asked
from tests.csms.v201.scene import AT_TEXT, make_world
from tests.csms.v201.variables.row import MEMBERS, OPTION, RO, SEQUENCE, WO, Name, Row
from tests.csms.v201.variables.table import TABLE

PASSWORD = "wachtwoord-van-é-16+"
STATE = "AvailabilityState"
PLACES = (
    ("ChargingStation", 0, 0),
    ("EVSE", 1, 0),
    ("EVSE", 2, 0),
    ("Connector", 1, 1),
    ("Connector", 2, 1),
)


# --- what is there ---


@pytest.mark.parametrize("row", TABLE.values(), ids=lambda row: f"{row.name}")
def test_every_variable_is_reported_as_it_should_be(counter: Counter, row: Row) -> None:
    """Each has the type, unit, limits, words and mutability of the tables."""
    line = counter.report()[row.name]
    [attribute] = line["variableAttribute"]

    assert line["variableCharacteristics"].pop("supportsMonitoring") in {True, False}
    assert line["variableCharacteristics"] == row.traits
    assert attribute["mutability"] == row.mutability
    assert ("value" in attribute) == (row.mutability != WO)


def test_nothing_else_is_reported(counter: Counter) -> None:
    """No variable stands there that these tables do not know, and none stands there twice."""
    assert counter.report().keys() == TABLE.keys()


def test_every_variable_can_be_asked_for(counter: Counter) -> None:
    """What is reported is found by its name, in any case; only secrets are not read."""
    for (place, name, instance), line in counter.report().items():
        wish = asked(place, f"{name.upper()}[{instance.lower()}]" if instance else name.upper())
        [result] = counter.get(wish)
        [attribute] = line["variableAttribute"]
        secret = attribute["mutability"] == WO
        assert result["attributeStatus"] == ("Rejected" if secret else "Accepted"), name
        assert result.get("attributeValue") == attribute.get("value"), name


def test_a_value_is_one_of_the_words(counter: Counter) -> None:
    """Of those that its list has, which is never empty."""
    lists = [row.name for row in TABLE.values() if row.data_type in {OPTION, SEQUENCE, MEMBERS}]
    lines = counter.report()

    assert lists
    for name in lists:
        words = lines[name]["variableCharacteristics"]["valuesList"].split(",")
        value = lines[name]["variableAttribute"][0]["value"]
        assert set(value.split(",") if value else ()) <= set(words), name
        assert "" not in words


def test_a_value_is_within_its_limits(counter: Counter) -> None:
    """Of number or length, where there are any."""
    for name, line in counter.report().items():
        traits, value = line["variableCharacteristics"], line["variableAttribute"][0].get("value")
        if value is not None and "maxLimit" in traits:
            size = len(value) if traits["dataType"] == "string" else float(value)
            assert traits.get("minLimit", 0) <= size <= traits["maxLimit"], name


def test_every_power_has_its_limit(counter: Counter) -> None:
    """The value may be missing while no meter answers."""
    counter.stage.see_evse(2, measurement=None)
    lines = counter.report()
    first, second = lines[("EVSE", 1, 0), "Power", ""], lines[("EVSE", 2, 0), "Power", ""]

    assert first["variableAttribute"][0]["value"] == "42.5"
    assert "value" not in second["variableAttribute"][0]
    assert second["variableCharacteristics"]["maxLimit"] == 16 * 230


def test_each_connector_of_an_evse_is_a_component(counter: Counter) -> None:
    """With its own type and state, and a lock where it has one."""
    desk, view = counter.stage.desk, counter.stage.desk.view()
    both = EvseLayout((ConnectorLayout(), ConnectorLayout(Outlet.CABLE)))
    desk.layout = replace(desk.layout, evses=(both, both))
    [here] = view.evses[0].connectors
    pair = (here, replace(here, connector=2, plugged=True, status=Status.PREPARING))
    evses = tuple(replace(evse, connectors=pair) for evse in view.evses)
    counter.stage.see(layout=desk.layout, evses=evses)

    def told(component: str, connector: int, name: str) -> str:
        return counter.value((component, 1, connector), name)

    assert [told("Connector", n, "ConnectorType") for n in (1, 2)] == ["sType2", "cType2"]
    assert [told("Connector", n, STATE) for n in (1, 2)] == ["Available", "Occupied"]
    assert told("EVSE", 0, STATE) == "Occupied"
    assert told("ConnectorPlugRetentionLock", 1, "Active") == "false"
    assert (("ConnectorPlugRetentionLock", 1, 2), "Active", "") not in counter.report()
    assert len(chosen(counter, named("Connector", STATE, 1))) == 2


def test_a_domestic_outlet_is_told_as_what_it_is(counter: Counter) -> None:
    """It has its own type and one line, whatever its EVSE has, and no lock."""
    desk, view = counter.stage.desk, counter.stage.desk.view()
    domestic = ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)
    both = EvseLayout((ConnectorLayout(), domestic))
    desk.layout = replace(desk.layout, evses=(both, both))
    [here] = view.evses[0].connectors
    pair = (here, replace(here, connector=2))
    evses = tuple(replace(evse, connectors=pair, installation_phases=0) for evse in view.evses)
    counter.stage.see(layout=desk.layout, evses=evses)

    def told(connector: int, name: str) -> str:
        return counter.value(("Connector", 1, connector), name)

    assert [told(n, "ConnectorType") for n in (1, 2)] == ["sType2", "sCEE-7-7"]
    assert [told(n, "SupplyPhases") for n in (1, 2)] == ["3", "1"]
    assert (("ConnectorPlugRetentionLock", 1, 2), "Active", "") not in counter.report()


def test_what_no_meter_has_told_is_an_empty_text(counter: Counter) -> None:
    """Everywhere but there a value must be reported, even where there is none."""
    counter.stage.see_evse(2, measurement=None)
    line = counter.report()[("FiscalMetering", 2, 0), "EnergyImportRegister", ""]

    assert line["variableAttribute"][0]["value"] == ""


# --- the inventories ---


def test_a_full_report_comes_in_pieces(counter: Counter) -> None:
    """They are numbered, dated, and all but the last are continued."""
    messages = counter.reports("FullInventory")

    assert len(messages) > 1
    assert [message["seqNo"] for message in messages] == list(range(len(messages)))
    assert [message["tbc"] for message in messages] == [True] * (len(messages) - 1) + [False]
    assert {message["requestId"] for message in messages} == {7}
    assert {message["generatedAt"] for message in messages} == {AT_TEXT}


def test_the_configuration_is_what_may_be_written(counter: Counter) -> None:
    """Nothing read-only is in it, and nothing that may be written is missing."""
    lines = counter.report("ConfigurationInventory")

    assert lines.keys() == {row.name for row in TABLE.values() if row.mutability != RO}
    assert (SECURITY, "BasicAuthPassword", "") in lines


def test_the_summary_is_who_is_available(counter: Counter) -> None:
    """One state for the station, each EVSE, each connector."""
    assert counter.report("SummaryInventory").keys() == {(place, STATE, "") for place in PLACES}


def test_the_summary_names_what_has_a_problem() -> None:
    """And nothing that has none."""
    counter = Counter()
    counter.world.tell(e.FaultRaised(2, 102))
    counter.stage.desk.now_seen = counter.world.station.view()

    assert counter.report("SummaryInventory").keys() == {
        *((place, STATE, "") for place in PLACES),
        (("EVSE", 2, 0), "Problem", ""),
        (("PowerContactor", 2, 0), "Problem", ""),
    }


def test_a_password_is_reported_without_value(counter: Counter) -> None:
    """It stands in the report with its length, and never with its text."""
    assert counter.put(SECURITY, "BasicAuthPassword", PASSWORD)["attributeStatus"] == "Accepted"

    assert PASSWORD not in str(counter.reports("FullInventory"))


# --- the pieces ---


@pytest.mark.parametrize("most", [600, 1_000, 4_000, pages.BYTES_PER_REPORT])
def test_no_piece_is_too_long(most: int) -> None:
    """As the wire carries it, and no piece could have taken the next line too."""
    words = [v201.Component(name="é" * (n % 40 + 1)) for n in range(60)]
    found = pages.pages(words, most)

    assert [word for page in found for word in page] == words
    sizes = [sum(len(bytes(codec.encode(word))) + 1 for word in page) for page in found]
    assert all(size <= most - 512 for size, page in zip(sizes, found, strict=True) if len(page) > 1)
    first = [len(bytes(codec.encode(page[0]))) + 1 for page in found[1:]]
    assert all(a + b > most - 512 for a, b in zip(sizes, first, strict=False))


def test_the_pieces_of_a_report_are_below_the_limit(counter: Counter) -> None:
    """Measured on the message as it is sent."""
    sizes = [
        len(bytes(codec.encode(call.payload)))
        for call in counter.calls("FullInventory", request=2**31 - 1)
    ]
    assert pages.BYTES_PER_REPORT // 2 < max(sizes) < pages.BYTES_PER_REPORT


# --- what the CSMS chooses ---


def named(component: str, variable: str = "", evse: int = 0, connector: int = 0) -> dict[str, Any]:
    """Return a name, of which what is not told may be anything."""
    wish = asked((component, evse, connector), variable)
    return wish if variable else {"component": wish["component"]}


def chosen(counter: Counter, *wishes: dict[str, Any], criteria: tuple[str, ...] = ()) -> set[Name]:
    """Return the names of what a GetReport brings, which must be something."""
    lines = counter.chosen(*wishes, criteria=criteria)
    assert lines
    return set(lines)


def test_without_any_choice_everything_is_reported(counter: Counter) -> None:
    """As in the full inventory."""
    assert chosen(counter) == TABLE.keys()


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        (named("evse", "availabilitystate", 1), {(("EVSE", 1, 0), STATE, "")}),
        (named("EVSE", STATE), {(("EVSE", n, 0), STATE, "") for n in (1, 2)}),
        (named("Connector", STATE), {(("Connector", n, 1), STATE, "") for n in (1, 2)}),
        (named("Connector", STATE, 2), {(("Connector", 2, 1), STATE, "")}),
        (named("Connector", STATE, 2, 1), {(("Connector", 2, 1), STATE, "")}),
        (
            named("TokenReader"),
            {(("TokenReader", 0, 0), name, "") for name in ("Available", "Problem")},
        ),
        (
            named("DeviceDataCtrlr", "ItemsPerMessage"),
            {
                (("DeviceDataCtrlr", 0, 0), "ItemsPerMessage", action)
                for action in ("GetReport", "GetVariables", "SetVariables")
            },
        ),
        (
            named("DeviceDataCtrlr", "ItemsPerMessage[getreport]"),
            {(("DeviceDataCtrlr", 0, 0), "ItemsPerMessage", "GetReport")},
        ),
        (
            named("EVSE", "ACVoltage", 2),
            {(("EVSE", 2, 0), "ACVoltage", line) for line in ("L1", "L2", "L3")},
        ),
    ],
)
def test_what_a_name_leaves_out_may_be_anything(
    counter: Counter, wish: dict[str, Any], names: set[Name]
) -> None:
    """EVSE, connector, variable or instance (3.4)."""
    assert chosen(counter, wish) == names


@pytest.mark.parametrize(
    "wish",
    [
        named("Toaster"),
        named("EVSE", "Colour"),
        named("EVSE", STATE, 3),
        named("EVSE", STATE, 1, 1),
        named("Connector", STATE, 1, 2),
        named("DeviceDataCtrlr", "ItemsPerMessage[Other]"),
        {"component": {"name": "EVSE", "instance": "left"}},
        {"component": {"name": "ChargingStation", "evse": {"id": 1}}},
    ],
)
def test_a_name_that_means_nothing_brings_nothing(counter: Counter, wish: dict[str, Any]) -> None:
    """The answer says so, and no message follows."""
    assert counter.chosen(wish) == {}


def test_several_names_bring_what_any_of_them_means(counter: Counter) -> None:
    """Each line once, though two names mean it."""
    one = named("EVSE", STATE, 1)

    assert len(chosen(counter, one, named("EVSE", STATE), named("Toaster"))) == 2


def flags(counter: Counter, name: str) -> dict[tuple[str, int, int], str]:
    """Return the values of the variables of one name, by place."""
    return {
        place: line["variableAttribute"][0]["value"]
        for (place, variable, _), line in counter.report().items()
        if variable == name
    }


@pytest.mark.parametrize("criterion", ["Active", "Available", "Enabled"])
def test_a_criterion_lets_in_what_does_not_fail_it(counter: Counter, criterion: str) -> None:
    """A component without such a variable counts as one that has it true."""
    counter.put(("AuthCacheCtrlr", 0, 0), "Enabled", "false")
    failing = {place for place, value in flags(counter, criterion).items() if value == "false"}
    left_in = {place for place, _, _ in chosen(counter, criteria=(criterion,))}

    assert bool(failing) == (criterion != "Available")
    assert left_in == {place for place, _, _ in TABLE} - failing


def test_only_a_problem_is_a_problem() -> None:
    """What has no such variable is sound, and so is what says it has none."""
    counter = Counter()
    assert counter.chosen(criteria=("Problem",)) == {}
    counter.world.tell(e.FaultRaised(1, 107))
    counter.stage.desk.now_seen = counter.world.station.view()

    troubled = {("EVSE", 1, 0), ("ConnectorPlugRetentionLock", 1, 1)}
    assert {place for place, _, _ in chosen(counter, criteria=("Problem",))} == troubled


def test_criteria_are_alternatives_and_names_narrow_them(counter: Counter) -> None:
    """Any of the criteria, and any of the names; what is left may be nothing."""
    state = named("EVSE", STATE, 1)

    assert len(chosen(counter, state, criteria=("Available",))) == 1
    assert len(chosen(counter, state, criteria=("Problem", "Available"))) == 1
    assert counter.chosen(state, criteria=("Problem",)) == {}


def test_too_many_names_are_refused() -> None:
    """One more than DeviceDataCtrlr promises is a broken call."""
    names = [named("EVSE")] * (limits.ITEMS_PER_MESSAGE + 1)

    with pytest.raises(Refusal) as refused:
        make_world().hear("GetReport", requestId=1, componentVariable=names)
    assert refused.value.code == "OccurrenceConstraintViolation"
