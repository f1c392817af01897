"""Whatever is shared: no row above 100 %, nobody given more, and files come back as they were."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import OperationId, Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.coefficients.layout import Layout
from services.allocation.domain.coefficients.named import named_by
from services.allocation.domain.coefficients.period import FileName, FilePeriod
from services.allocation.domain.coefficients.reading import read_file
from services.allocation.domain.coefficients.rounding import FileFormat, Rounded, rounded
from services.allocation.domain.coefficients.writing import write_file
from services.allocation.domain.keys import Dynamic, SharingKey
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.fractions import ONE
from tests.allocation.domain.strategies import Case, cases, dynamic_keys, keys

OPERATION = OperationId("ACC00000001")
DAYS = [date(2026, 10, 12), date(2026, 3, 29), date(2026, 10, 25)]


def whole_hours(case: Case) -> Case:
    """The same with an even number of steps, so that they are whole hours."""
    if case.steps % 2 == 0:
        return case
    return Case(
        {prm: np.append(energy, energy[:1]) for prm, energy in case.productions.items()},
        {prm: np.append(energy, energy[:1]) for prm, energy in case.consumptions.items()},
        case.first_start_min,
    )


@st.composite
def shared(draw: st.DrawFn) -> tuple[Case, SharingKey, Allocation]:
    case = whole_hours(draw(cases()))
    key = draw(keys(case))
    return case, key, case.allocate(key)


def _rounded(example: tuple[Case, SharingKey, Allocation], form: FileFormat) -> Rounded:
    _, key, allocation = example
    consumers = named_by(key, allocation.metered, form.layout)
    return rounded(allocation, form, step_min=30, named_shares=consumers)


formats = st.builds(
    FileFormat, st.sampled_from(Layout), st.integers(0, 7), st.sampled_from([5, 15, 30, 60])
)


@given(shared(), formats)
def test_no_row_exceeds_100_percent_and_nobody_is_given_more(
    example: tuple[Case, SharingKey, Allocation], form: FileFormat
) -> None:
    result = _rounded(example, form)

    shares = result.coefficients.share_billionths
    assert shares.min(initial=0) >= 0
    assert shares.sum(axis=1).max(initial=0) <= ONE
    assert not (shares % 10 ** (7 - form.decimals)).any()
    for loss in result.losses.values():
        assert 0 <= loss.lost_wmin <= loss.allocated_wmin


@given(shared(), st.integers(0, 7))
def test_the_operator_finds_the_shares_less_what_is_told(
    example: tuple[Case, SharingKey, Allocation], decimals: int
) -> None:
    _, _, allocation = example
    result = _rounded(example, FileFormat(Layout.POOL, decimals, 30))
    metered = allocation.metered

    again = allocate(
        dict(zip(metered.producers, metered.production_wmin, strict=True)),
        dict(zip(metered.consumers, metered.consumption_wmin, strict=True)),
        Dynamic(result.coefficients),
        starts_epoch_min=metered.starts_epoch_min,
    )

    assert (again.allocated_wmin <= allocation.allocated_wmin).all()
    lost = allocation.allocated_wmin.sum(axis=1) - again.allocated_wmin.sum(axis=1)
    assert lost.tolist() == [result.losses[prm].lost_wmin for prm in metered.consumers]


@given(st.data(), cases())
def test_coefficients_that_a_key_names_are_written_as_they_are(
    data: st.DataObject, case: Case
) -> None:
    key = data.draw(dynamic_keys(case))
    unlimited = Case(
        case.productions,
        {prm: np.full(case.steps, 10**12) for prm in case.consumptions},
        case.first_start_min,
    )

    allocation = unlimited.allocate(key)

    result = _rounded((unlimited, key, allocation), FileFormat(Layout.POOL, 7, 30))

    produced = allocation.metered.pool_wmin > 0
    consumers = key.coefficients.of_pool(allocation.metered)
    shares = result.coefficients.share_billionths[0]
    assert np.array_equal(shares[:, produced], consumers[:, produced])
    assert not shares[:, ~produced].any()


@st.composite
def coefficients(draw: st.DrawFn, decimals: int) -> tuple[FilePeriod, Coefficients]:
    day = draw(st.sampled_from(DAYS))
    period = FilePeriod(day, day, draw(st.sampled_from([5, 10, 15, 30, 60])))
    consumers = [Prm(f"99{i:012}") for i in range(draw(st.integers(1, 4)))]
    seed = draw(st.integers(0, 2**32 - 1))
    whole = 100 * 10**decimals // len(consumers)
    shape = (1, len(consumers), len(period.starts_epoch_min))
    units = np.random.default_rng(seed).integers(0, whole, shape, endpoint=True)
    shares = units * 10 ** (7 - decimals)
    return period, Coefficients(period.starts_epoch_min, (POOL,), tuple(consumers), shares)


@given(st.data(), st.integers(0, 7))
def test_what_is_written_is_read_back_exactly(data: st.DataObject, decimals: int) -> None:
    period, written = data.draw(coefficients(decimals))
    name = FileName(OPERATION, period)

    file = write_file(name, written.consumers, [written], decimals=decimals)
    found_period, table = read_file(file.content)

    assert found_period == period
    assert table.consumers == written.consumers
    assert np.array_equal(table.starts_epoch_min, written.starts_epoch_min)
    assert np.array_equal(table.share_billionths, written.share_billionths)
    again = write_file(name, table.consumers, [table], decimals=decimals)
    assert again.content == file.content
