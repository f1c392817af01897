"""The statements that load the overview's year; each takes ``OverviewLoad.values``."""

from collections.abc import Mapping, Sequence

_OPERATION = "'ACC' || lpad(CAST(operation AS text), 8, '0')"
_MEMBER = "CAST(md5('member' || prm) AS uuid)"
_MONTHS = """(
        SELECT CAST(month AS date) AS month, to_char(month, 'YYYY-MM') AS name,
            CAST(month + interval '1 month' AS date) AS next_month
        FROM generate_series(CAST(:first_day AS timestamp), CAST(:today AS date),
            interval '1 month') AS month
    ) AS months"""
_DAYS = """(
        SELECT CAST(:first_day AS date) + number AS day
        FROM generate_series(0, CAST(:today AS date) - CAST(:first_day AS date) - 1) AS number
    ) AS days"""
_MONTH_DAYS = """(
        SELECT day, CAST(extract(epoch FROM
            CAST(day + 1 AS timestamp) AT TIME ZONE 'Europe/Paris'
                - CAST(day AS timestamp) AT TIME ZONE 'Europe/Paris'
        ) / 1800 AS integer) AS steps
        FROM (
            SELECT CAST(:month_from AS date) + number AS day
            FROM generate_series(0, CAST(:month_to AS date) - CAST(:month_from AS date) - 1)
                AS number
        ) AS numbered
    ) AS days"""
# The first two points of each operation are plants.
_POINT = f"""point AS (
        SELECT operation_id,
            '99' || substr(operation_id, 6) || lpad(CAST(number AS text), 6, '0') AS prm,
            CASE WHEN number <= 2 THEN 'production' ELSE 'consumption' END AS direction
        FROM (
            SELECT {_OPERATION} AS operation_id, CAST(:points AS integer) AS points
            FROM generate_series(1, CAST(:operations AS integer)) AS operation
            UNION ALL SELECT CAST(:grid AS text), CAST(:grid_points AS integer)
            UNION ALL SELECT CAST(:compared AS text), CAST(:compared_points AS integer)
        ) AS operation CROSS JOIN LATERAL generate_series(1, points) AS number
    )"""
_PARTICIPATIONS = f"""participations AS (
        SELECT operation_id, jsonb_agg(jsonb_build_object(
            'prm', prm, 'direction', direction, 'member_id', {_MEMBER},
            'valid_from', CAST(:first_day AS date), 'valid_to', NULL
        ) ORDER BY prm) AS participations
        FROM point GROUP BY operation_id
    )"""

_INGEST = (
    f"WITH {_POINT} INSERT INTO perimeter SELECT DISTINCT operation_id, 1 FROM point",
    "INSERT INTO perimeter_step SELECT operation_id, CAST(:first_day AS date), 30 FROM perimeter",
    f"""
    WITH {_POINT}
    INSERT INTO participation (operation_id, prm, direction, member_id, valid_from)
    SELECT operation_id, prm, direction, {_MEMBER}, CAST(:first_day AS date) FROM point
    """,
    # Of every tenth point, the third day of each month is missing.
    f"""
    INSERT INTO point_month (prm, direction, month, some_days, whole_days, received_days)
    SELECT prm, direction, month, days, days, days
    FROM (
        SELECT prm, direction, month,
            ((CAST(1 AS bigint) << least(next_month, :today) - month) - 1)
                & ~CASE WHEN prm LIKE '%5' THEN 4 ELSE 0 END AS days
        FROM participation CROSS JOIN {_MONTHS}
    ) AS marks
    """,
    """
    INSERT INTO operation_month
    SELECT operation_id, month, valid_from, 'infinity', some_days, whole_days, received_days,
        count(*)
    FROM participation JOIN point_month USING (prm, direction)
    GROUP BY operation_id, month, valid_from, some_days, whole_days, received_days
    """,
    """
    INSERT INTO delivery (id, sha256, file_name, byte_count, senders, received_at, status, formats,
        attempts, recorded_at, records, accepted, duplicate, quarantined, held)
    VALUES (gen_random_uuid(), repeat('0', 64), 'bench.csv', 1, '{bench}', now(), 'recorded',
        '{r63_csv}', 1, now(), 0, 0, 0, 0, 0)
    """,
    f"""
    INSERT INTO reading_block (prm, direction, day, step_min, revision, power_w, natures, doubtful,
        published_us, delivery_id)
    SELECT prm, direction, day, 30, 1, array_fill(500, ARRAY[steps]), repeat('m', steps),
        array_fill(false, ARRAY[steps]), '{{0}}', delivery.id
    FROM participation CROSS JOIN delivery CROSS JOIN {_MONTH_DAYS}
    WHERE operation_id = :grid
    """,
)
# Two plants of 60 Wmin for each consumer and step, each consumer of 1000 of which it gets both.
_COMPARED = f"""compared AS (
        SELECT point.*, day, steps,
            CASE direction WHEN 'production' THEN 60 * (:compared_points - 2) ELSE 1020 END
                AS step_wmin
        FROM point CROSS JOIN {_MONTH_DAYS} WHERE operation_id = :compared
    )"""
_ALLOCATION = (
    f"""
    WITH {_POINT}, {_PARTICIPATIONS}
    INSERT INTO perimeter
    SELECT operation_id, 1, operation_id, gen_random_uuid(), 30, participations, '[]'
    FROM participations
    """,
    f"""
    INSERT INTO day_status
    SELECT operation_id, day, 'allocated', 1, repeat('0', 64), 200, 1000, 100, '[]', NULL, '[]',
        '[]', 0
    FROM perimeter CROSS JOIN {_DAYS}
    """,
    # As long as the content of an operation of forty points, and as hard to compress.
    f"""
    INSERT INTO settlement
    SELECT operation_id, months.name, 1, 'definitive', next_month, '{{}}', content,
        encode(sha256(convert_to(content, 'UTF8')), 'hex'), '{{}}'
    FROM perimeter CROSS JOIN {_MONTHS} CROSS JOIN LATERAL (
        SELECT string_agg(md5(operation_id || month || number), '') AS content
        FROM generate_series(1, 200) AS number
    ) AS contents
    WHERE next_month <= :today
    """,
    f"""
    INSERT INTO dso_result_day
    SELECT operation_id, day, 1, true FROM perimeter CROSS JOIN {_DAYS} WHERE day < :month_to
    """,
    """
    INSERT INTO month_days (operation_id, month, allocated, dso, dso_definitive)
    SELECT operation_id, month, sum(bit), coalesce(sum(bit) FILTER (WHERE has_results), 0),
        coalesce(sum(bit) FILTER (WHERE has_results), 0)
    FROM (
        SELECT operation_id, CAST(date_trunc('month', CAST(day AS timestamp)) AS date) AS month,
            CAST(1 AS bigint) << (CAST(extract(day FROM day) AS integer) - 1) AS bit,
            dso_result_day.day IS NOT NULL AS has_results
        FROM day_status LEFT JOIN dso_result_day USING (operation_id, day)
    ) AS bits
    GROUP BY operation_id, month
    """,
    f"""
    INSERT INTO dso_result_month
    SELECT operation_id, months.name, 1, true FROM perimeter CROSS JOIN {_MONTHS}
    WHERE next_month <= :today
    """,
    f"""
    WITH {_POINT}, {_COMPARED}
    INSERT INTO reading_block
    SELECT operation_id, day, prm, direction, 30, 1,
        array_fill(CAST(step_wmin / 30 AS integer), ARRAY[steps]), '{{}}'
    FROM compared
    """,
    f"""
    WITH {_POINT}, {_COMPARED}
    INSERT INTO share_block
    SELECT consumer.operation_id, consumer.day, plant.prm, consumer.prm, 30,
        array_fill(CAST(60 AS bigint), ARRAY[consumer.steps]), 60 * consumer.steps
    FROM compared AS consumer
    JOIN compared AS plant ON plant.day = consumer.day AND plant.direction = 'production'
    WHERE consumer.direction = 'consumption'
    """,
    # The DSO's curves, in whole watt-hours: a step of every hundredth point differs.
    f"""
    WITH {_POINT}, {_COMPARED}
    INSERT INTO dso_result_curve
    SELECT operation_id, day, prm, direction, quantity, 30, 60,
        array_fill(CAST(energy_wmin AS bigint), ARRAY[steps - 1])
            || CAST(energy_wmin + CASE WHEN prm LIKE '%50' THEN 600 ELSE 0 END AS bigint)
    FROM compared CROSS JOIN LATERAL (
        VALUES (direction, step_wmin),
            ('self_consumed', CASE direction WHEN 'production' THEN step_wmin ELSE 120 END)
    ) AS quantities (quantity, energy_wmin)
    """,
)
_BILLING = (
    f"""
    WITH {_POINT}, {_PARTICIPATIONS}
    INSERT INTO perimeter (operation_id, revision, name, organiser_id, participations)
        SELECT operation_id, 1, operation_id, CAST(md5(operation_id) AS uuid), participations
        FROM participations
    """,
    # Each consumer has an invoice for each month that is over but the last, and a draft for that.
    f"""
    WITH {_POINT}, issued AS (
        SELECT operation_id, month, name, next_month, {_MEMBER} AS customer_id,
            md5(operation_id) AS issuer, next_month < :today AND name <> :month AS is_issued,
            extract(year FROM next_month) AS year,
            row_number() OVER (PARTITION BY operation_id, extract(year FROM next_month)
                ORDER BY month, prm) AS sequence,
            jsonb_build_object('refers_to', CAST('[]' AS jsonb), 'lines', CAST('[]' AS jsonb),
                'total_incl_vat_cents', 1234, 'rest', (
                    SELECT string_agg(md5(prm || name || number), '')
                    FROM generate_series(1, 40) AS number
                )) AS content
        FROM point CROSS JOIN {_MONTHS}
        WHERE direction = 'consumption' AND next_month <= :today
    )
    INSERT INTO invoice
    SELECT gen_random_uuid(), operation_id, name, CAST(issuer AS uuid), customer_id,
        CASE WHEN is_issued THEN 'issued' ELSE 'draft' END,
        CASE WHEN is_issued THEN year END, CASE WHEN is_issued THEN sequence END,
        CASE WHEN is_issued THEN 'F' || year || '-'
            || lpad(CAST(sequence AS text), greatest(5, length(CAST(sequence AS text))), '0') END,
        CASE WHEN is_issued THEN next_month END, CAST(content AS text),
        encode(sha256(convert_to(CAST(content AS text), 'UTF8')), 'hex'), 'invoice', NULL, month,
        next_month, 1234
    FROM issued
    """,
    f"""
    INSERT INTO run (id, operation_id, period, state, created_at, created_by, changed_at,
        document_ids, anomalies)
    SELECT gen_random_uuid(), operation_id, months.name, 'issued', next_month, 'bench', next_month,
        '{{}}', '[]'
    FROM perimeter CROSS JOIN {_MONTHS} WHERE next_month <= :today
    """,
)
_COMMUNITY = (
    """
    INSERT INTO organiser (id, name, address)
    VALUES (CAST(md5('organiser') AS uuid), 'Organiser', '1 place du Banc')
    """,
    f"""
    WITH {_POINT}
    INSERT INTO operation (id, name, organiser_id, step_min, valid_from, revision, step_changes)
    SELECT DISTINCT operation_id, 'Operation ' || operation_id, CAST(md5('organiser') AS uuid), 30,
        CAST(:first_day AS date), 1, CAST('[]' AS jsonb)
    FROM point
    """,
)
CHANGES = """
    INSERT INTO audit.change (at, service, subject, roles, route, request_id, action, entity,
        entity_id, before, after)
    SELECT now() - number * interval '1 minute', 'community', md5(CAST(number % 50 AS text)),
        '{operator}', 'PUT /community/members/{member_id}', md5(CAST(number AS text)), 'update',
        'member', md5(CAST(number % 20000 AS text)), '{"name": "Lucie Brindille"}',
        '{"name": "Lucie Ramille"}'
    FROM generate_series(1, CAST(:changes AS integer)) AS number
    """
STATEMENTS: Mapping[str, Sequence[str]] = {
    "ingest": _INGEST,
    "allocation": _ALLOCATION,
    "billing": _BILLING,
    "community": _COMMUNITY,
}
