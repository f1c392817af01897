"""Layouts of the monthly CSV: those that are shipped, the example of the documentation, faults."""

import json
import re
from pathlib import Path

import pytest

from services.ingest.formats import parse
from services.ingest.formats.acc.acc_csv import read_as
from services.ingest.formats.acc.layouts import LayoutError, read_layout, read_layouts
from services.ingest.formats.columns import plain
from services.ingest.formats.csv.table import Lines
from tests.ingest.formats.files import PRM, R63_HEADER, utc
from tests.ingest.formats.result_files import ROOF

DOCS = Path(__file__).parents[3] / "docs"
LAYOUT = (DOCS / "use" / "acc-csv-layouts.md").read_text()


def _block(language: str, text: str = LAYOUT) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)
    return str(block)


def test_the_example_of_the_documentation_is_read_as_it_says() -> None:
    layout = read_layout(_block("yaml"), "wide-2027.yaml")

    parsed = read_as(layout, Lines.of(_block("csv").encode()))

    assert (parsed.format, parsed.rejected) == ("ACC CSV wide-2027", ())
    columns = ["prm", "direction", "quantity", "start", "energy_wmin", "precision_wmin"]
    first, second = utc("2026-12-31T23:00"), utc("2026-12-31T23:15")
    assert sorted(parsed.result_values.select(columns).iter_rows()) == [
        (PRM, "consumption", "consumption", first, 15_000, 60),
        (PRM, "consumption", "consumption", second, 7_500, 60),
        (PRM, "consumption", "self_consumed", first, 6_000, 60),
        (PRM, "consumption", "self_consumed", second, 7_500, 60),
        (ROOF, "production", "production", first, 24_000, 60),
        (ROOF, "production", "production", second, 18_000, 60),
        (ROOF, "production", "self_consumed", first, 6_000, 60),
        (ROOF, "production", "self_consumed", second, 7_500, 60),
    ]


def test_the_envelope_of_the_documentation_is_read() -> None:
    envelope = json.loads(_block("json", (DOCS / "use" / "acc-api.md").read_text()))

    (parsed,) = parse(json.dumps(envelope).encode())

    assert parsed.result_energies["energy_wmin"].to_list() == [750_000, 600_000]


def test_the_layouts_that_are_shipped_take_no_other_format() -> None:
    layouts = read_layouts()

    assert {layout.name for layout in layouts} >= {"wide-energy", "one-point-power", "long"}
    header = {plain(cell) for cell in R63_HEADER.split(";")}
    assert not [layout.name for layout in layouts if set(layout.header.values()) <= header]


def test_every_rule_is_in_the_documentation() -> None:
    layout = read_layouts()[0]
    rules = set(type(layout).model_fields) - {"columns", "stamp"}
    for name in rules | {"stamp.marks", "stamp.zone", "stamp.format"}:
        assert f"| `{name}` |" in LAYOUT, name
    for name in type(layout.columns).model_fields:
        assert f"`{name}`" in LAYOUT, name


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("", "name: a: b", "layout.yaml is not YAML"),
        ("name: wide-2027", "name: Wide", "name: String should match"),
        ("name: wide-2027", "nom: wide-2027", "nom: Extra inputs are not permitted"),
        ("step_min: 15", "step_min: 20", "step_min is one of 5, 10, 15, 30, 60 or from_stamps"),
        ("step_min: 15\n", "", "state the step by a column or by a constant, not both"),
        ("unit: kWh\n", "", "state the unit by a column or by a constant, not both"),
        ("unit: kWh", "unit: MWh", "unit: Input should be"),
        ("Injection kWh: production", "Injection kWh: prod", "'prod', which is none of"),
        ("Injection kWh: production", "Point: production", "two columns have the same word"),
        ("Injection kWh: production", "soutirage KWH: production", "differ by accents or capital"),
        ("definitive: true", "definitive: {oui: true}", "with a column of its own"),
        ("%H:%M", "%H", "does not keep a stamp to the minute"),
        ("marks: end", "marks: middle", "stamp.marks: Input should be 'start' or 'end'"),
        ("  prm: Point\n", "", "state the point by a column or by the group prm of file_name"),
        ("separator", "file_name: '('\nseparator", "file_name is not a regular expression"),
        ("separator", "file_name: '(?P<x>a)'\nseparator", "are called operation and prm"),
        ("separator", "operation: ACC1\nseparator", "operation: String should match"),
        ("  prm:", "  quantity: Type\n  prm:", "a long layout has both a column of quantities"),
    ],
)
def test_a_layout_that_cannot_be_used_says_what_to_correct(
    wrong: str, right: str, message: str
) -> None:
    text = _block("yaml").replace(wrong, right, 1) if wrong else right

    with pytest.raises(LayoutError, match=re.escape(message)):
        read_layout(text, "layout.yaml")


def test_a_layout_without_an_operation_says_so() -> None:
    text = _block("yaml").replace("  operation: Contrat ACC\n", "file_name: x\n", 1)
    text = text.replace("columns:\nfile_name: x\n", "file_name: x\ncolumns:\n")

    with pytest.raises(LayoutError, match="state the operation by a column"):
        read_layout(text, "layout.yaml")
