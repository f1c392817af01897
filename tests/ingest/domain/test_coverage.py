"""Which operations blocks are for: by a join, the same as asking each participation."""

from datetime import date, timedelta
from uuid import UUID

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.readings.coverage import Participation, match_operations

_DAYS = [date(2026, 3, 28) + timedelta(days=number) for number in range(5)]
_PRMS = [Prm(f"9900000000000{number}") for number in range(3)]
_days = st.sampled_from(_DAYS)
_participations = st.builds(
    Participation,
    operation_id=st.sampled_from([OperationId("ACC00000001"), OperationId("ACC00000002")]),
    prm=st.sampled_from(_PRMS),
    direction=st.sampled_from(Direction),
    member_id=st.just(UUID(int=1)),
    valid_from=_days,
    valid_to=st.none() | _days,
)
_blocks = st.lists(st.tuples(st.sampled_from(_PRMS), st.sampled_from(Direction), _days))


@given(blocks=_blocks, participations=st.lists(_participations))
def test_a_block_is_given_to_each_operation_that_covers_it_and_held_if_none_does(
    blocks: list[tuple[Prm, Direction, date]], participations: list[Participation]
) -> None:
    schema = {"prm": pl.String(), "direction": pl.String(), "day": pl.Date()}
    frame = pl.DataFrame(blocks, schema=schema, orient="row").with_row_index("number")

    matched = match_operations(frame, participations)

    covering = [
        {
            participation.operation_id
            for participation in participations
            if participation.prm == prm and participation.covers_day(direction, day)
        }
        for prm, direction, day in blocks
    ]
    given_to = list(matched.given.select("number", "operation_id").iter_rows())
    expected = [
        (number, operation_id)
        for number, operation_ids in enumerate(covering)
        for operation_id in sorted(operation_ids)
    ]
    assert given_to == expected
    assert matched.held["number"].to_list() == [
        number for number, operation_ids in enumerate(covering) if not operation_ids
    ]
