"""Whatever write is accepted reads back the same, and is there after a restart."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.csms.v201.inventory import Index, inventory
from laadpaal.csms.v201.names import Name as ModelName
from laadpaal.csms.v201.names import Place as ModelPlace
from laadpaal.properties.values import Values
from laadpaal.station.saved import restored
from tests.csms.v201.counter import COMM, Counter, asked, named
from tests.csms.v201.scene import make_world
from tests.csms.v201.variables.row import DECIMAL, RW, TEXT, WHOLE, WO, Row
from tests.csms.v201.variables.table import TABLE
from tests.support.disk import MemoryDisk

METHOD = named(("AuthCtrlr", 0, 0), "AuthorizationMethod")
"""It writes others along, so that it is tried elsewhere (S55)."""
WRITABLE = [row for row in TABLE.values() if row.mutability != "ReadOnly" and row.name != METHOD]
PRIORITY = named(COMM, "NetworkConfigurationPriority")
WAITING = {PRIORITY, named(("Network", 0, 0), "Connectivity")}
"""What changes with the next restart only."""
"""It waits for a restart, and orders no slots that hold nothing."""
STRANGE = ("", " ", "-1", "1.5", "1e3", "abc", "true", "TRUE", "2026-01-01T00:00:00Z", ",", "0")


def texts(row: Row) -> st.SearchStrategy[str]:
    """Return texts that a variable might take, and some that it surely does not."""
    low, high = int(row.low or 0), int(row.high or 0)
    match row.data_type:
        case "integer":
            fitting = st.integers(low - 1, high + 1).map(str)
        case "decimal":
            fitting = st.decimals(low, high, places=2).map(str)
        case "boolean":
            fitting = st.sampled_from(("true", "false"))
        case "string":
            fitting = st.text(min_size=low, max_size=high)
        case _:
            fitting = st.lists(st.sampled_from(row.words), unique=True).map(",".join)
    return fitting | st.sampled_from(STRANGE)


WRITES = st.sampled_from(WRITABLE).flatmap(lambda row: st.tuples(st.just(row), texts(row)))


def name_in_full(row: Row) -> str:
    """Return variable and instance as the counter takes them."""
    _, variable, instance = row.name
    return f"{variable}[{instance}]" if instance else variable


def put(counter: Counter, row: Row, text: str) -> bool:
    """Write, and tell whether that was accepted."""
    told = counter.put(row.name[0], name_in_full(row), text)
    assert told["attributeStatus"] in {"Accepted", "RebootRequired", "Rejected"}
    return bool(told["attributeStatus"] == "Accepted")


def same(row: Row, told: str, written: str) -> bool:
    """Tell whether a text says what was written, but for spaces and the case of words."""
    if row.data_type in {WHOLE, DECIMAL}:
        return float(told) == float(written)
    if row.data_type == TEXT:
        return told == written
    plain = ",".join(word.strip() for word in written.split(",") if word.strip())
    return told.lower() == plain.lower()


@settings(deadline=None)
@given(st.lists(WRITES, max_size=6))
def test_what_is_accepted_is_read_and_kept(writes: list[tuple[Row, str]]) -> None:
    """And what is refused changes nothing."""
    counter = Counter()
    expected: dict[Any, tuple[Row, str]] = {}
    before = counter.report()
    for row, text in writes:
        if put(counter, row, text):
            expected[row.name] = row, text

    lines = counter.report()
    for name, line in lines.items():
        [attribute] = line["variableAttribute"]
        if name not in expected:
            assert line == before[name]
        elif attribute["mutability"] == RW:
            row, text = expected[name]
            assert same(row, attribute["value"], text), (name, text)
            assert counter.value(name[0], name_in_full(row)) == attribute["value"]
    kept = after_a_restart(counter).report()
    for name in WAITING:
        del kept[name], lines[name]
    assert kept == lines


def after_a_restart(counter: Counter) -> Counter:
    """Return a station that has only what the first one kept."""
    disk = MemoryDisk()
    disk.apply(counter.world.records)
    values = Values()
    assert restored(values, disk.saved()) == []
    anew = Counter()
    anew.stage.desk.values = values
    return anew


def test_a_second_station_is_set_up_from_a_report() -> None:
    """What the report of one says can be written to another, which then reports the same."""
    first = Counter()
    for row in WRITABLE:
        for text in changed(row):
            put(first, row, text)
    report = first.report("ConfigurationInventory")
    seen = {row.name for row in WRITABLE if row.mutability != WO}
    assert moved(report) == seen - WAITING

    second = Counter()
    for (place, name, instance), line in report.items():
        [attribute] = line["variableAttribute"]
        if attribute["mutability"] == RW:
            full = f"{name}[{instance}]" if instance else name
            assert second.put(place, full, attribute["value"])["attributeStatus"] == "Accepted"

    assert second.report() == first.report()


def changed(row: Row) -> tuple[str, ...]:
    """Return texts of which at least one is not what the station began with."""
    if row.mutability == WO:
        return ("x" * int(row.high or 1),)
    before = Counter().value(row.name[0], name_in_full(row))
    match row.data_type:
        case "integer" | "decimal":
            high = f"{row.high:.0f}"
            return (f"{row.low:.0f}" if before == high else high,)
        case "boolean":
            return ("false" if before == "true" else "true",)
        case "string":
            return ("x" * int(row.high or 1),)
        case "OptionList":
            return tuple(word for word in row.words if word != before)
        case _:
            return (",".join(reversed(row.words)), row.words[-1])


def moved(report: dict[Any, Any]) -> set[Any]:
    """Return the names of what is not as a station begins."""
    fresh = Counter().report()
    return {name for name, line in report.items() if line != fresh[name]}


def test_a_variable_is_found_by_its_address_s_name() -> None:
    """Each entry is the one that the index finds by its name."""
    entries = inventory(make_world().scene, 0.0)
    index = Index(entries)

    assert all(index.find(entry.name) is entry for entry in entries)
    assert asked(("EVSE", 1, 0), "Power")["component"] == {"name": "EVSE", "evse": {"id": 1}}
    assert isinstance(index.find(ModelName(ModelPlace("EVSE", 1), "power")), type(entries[0]))
