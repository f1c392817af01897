"""Whether the days that are noted by month are those of the rows that they stand for."""

from tests.allocation.world import Allocation

_UNLIKE = """
    WITH noted AS (
        SELECT operation_id, CAST(month + number AS date) AS day, status
        FROM month_days CROSS JOIN generate_series(0, 30) AS number CROSS JOIN LATERAL (
            VALUES ('allocated', allocated), ('incomplete', incomplete), ('no_key', no_key),
                ('key_incomplete', key_incomplete), ('failed', failed), ('purged', purged),
                ('dso', dso), ('definitive', dso_definitive)
        ) AS statuses (status, bits)
        WHERE bits >> number & 1 = 1
    ),
    stored AS (
        SELECT operation_id, day, status FROM day_status
        UNION ALL SELECT operation_id, day, 'dso' FROM dso_result_day
        UNION ALL SELECT operation_id, day, 'definitive' FROM dso_result_day WHERE definitive
    )
    (TABLE noted EXCEPT TABLE stored) UNION ALL (TABLE stored EXCEPT TABLE noted)
"""


async def list_unlike(allocation: Allocation) -> list[object]:
    """Days of any operation that are noted otherwise than they are stored."""
    return list(await allocation.query(_UNLIKE))
