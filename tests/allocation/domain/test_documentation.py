"""docs/use/allocation.md says what the engine does: its tables, its examples and its pictures."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from docs.pictures.draw import (
    Section,
    document_overview,
    document_points,
    document_sections,
    pictures,
)
from libs.common.calendar import PARIS
from libs.common.ids import Prm
from libs.common.units import WMIN_PER_KWH, kwh_from_wmin
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.keys import Priority, SharingKey, parse_key
from services.allocation.domain.keys.ranks import points_of
from services.allocation.domain.metered import Metered

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
POINTS = document_points()
NAMES = {Prm(prm): name for name, (prm, _) in POINTS.items()}
PRODUCERS = ("roof", "barn")
SECTIONS = document_sections()
WORKED = [section for section in SECTIONS if "schedules" not in section.definition]
SCHEDULED = [section for section in SECTIONS if "schedules" in section.definition]


def test_the_document_explains_every_type_of_key() -> None:
    types = {str(section.definition["type"]) for section in WORKED}

    assert types == {"default_dynamic", "static", "dynamic", "full_dynamic", "priority"}
    assert len(WORKED) == 6
    assert len(SCHEDULED) == 1


@pytest.mark.parametrize("section", WORKED, ids=lambda section: section.picture.stem)
def test_a_worked_table_is_what_the_engine_does(section: Section) -> None:
    allocation = _allocate(section)

    header, *rows = section.table
    assert header[2:4] == [f"from {name}" for name in PRODUCERS]
    assert rows[:-1] == [[name, *_row(allocation, name)] for name in POINTS if name in _consumers()]
    surplus = [
        _kwh(allocation.surplus_wmin[_producer(allocation, name)].sum()) for name in PRODUCERS
    ]
    assert rows[-1] == ["surplus", "", *surplus, _kwh(allocation.surplus_wmin.sum()), ""]


def test_the_overview_compares_the_same_shares() -> None:
    header, *rows = document_overview()

    assert [row[1:] for row in rows] == [
        [
            *(_row(allocation, name)[-2] for name in header[1:-1]),
            _kwh(allocation.surplus_wmin.sum()),
        ]
        for allocation in map(_allocate, WORKED)
    ]


@pytest.mark.parametrize("row", SCHEDULED[0].table[1:], ids=lambda row: row[0])
def test_an_instant_of_the_schedules_has_the_ranks_that_the_table_says(row: Sequence[str]) -> None:
    start, _, *ranks = row
    key = _key(SCHEDULED[0])
    assert isinstance(key, Priority)
    local = datetime.strptime(start, "%Y-%m-%d %H:%M").replace(tzinfo=PARIS)
    nothing = {Prm("99" * 7): np.zeros(1, dtype=np.int64)}
    step = Metered.of(nothing, nothing, np.array([int(local.timestamp()) // 60]))

    in_force = key.choices[int(key.chosen(step)[0])]

    ranks_told = [set(names.split(", ")) for names in ranks if names]
    assert [{NAMES[prm] for prm in points_of([rank])} for rank in in_force] == ranks_told


@pytest.mark.parametrize("path", pictures(), ids=lambda path: path.name)
def test_the_pictures_show_the_tables(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pictures()[path], f"stale: {path.name}"


def _key(section: Section) -> SharingKey:
    file = section.coefficients
    rows = pl.read_csv(StringIO(file), infer_schema=False) if file else None
    return parse_key(section.definition, coefficients=rows)


def _allocate(section: Section) -> Allocation:
    energies = {
        name: np.array([int(kwh * WMIN_PER_KWH)], dtype=np.int64)
        for name, (_, kwh) in POINTS.items()
    }
    return allocate(
        {Prm(POINTS[name][0]): energies[name] for name in PRODUCERS},
        {Prm(POINTS[name][0]): energies[name] for name in _consumers()},
        _key(section),
        starts_epoch_min=np.array([int(NOON.timestamp()) // 60]),
    )


def _consumers() -> list[str]:
    return [name for name in POINTS if name not in PRODUCERS]


def _producer(allocation: Allocation, name: str) -> int:
    return allocation.metered.producers.index(Prm(POINTS[name][0]))


def _row(allocation: Allocation, name: str) -> list[str]:
    """Consumption, share by producer, share, complement."""
    consumer = allocation.metered.consumers.index(Prm(POINTS[name][0]))
    shares = [
        allocation.shares_wmin[_producer(allocation, producer), consumer].sum()
        for producer in PRODUCERS
    ]
    return [
        _kwh(allocation.metered.consumption_wmin[consumer].sum()),
        *map(_kwh, shares),
        _kwh(sum(shares)),
        _kwh(allocation.complement_wmin[consumer].sum()),
    ]


def _kwh(energy_wmin: int) -> str:
    return f"{kwh_from_wmin(int(energy_wmin)).normalize():f}"
