-- What-ifs that were asked for, and what they gave.

CREATE TABLE simulation (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    request jsonb NOT NULL,
    curves_csv text,
    pvgis jsonb NOT NULL,
    state text NOT NULL
        CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    attempt integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    parts_done integer NOT NULL DEFAULT 0 CHECK (parts_done >= 0),
    parts_total integer NOT NULL DEFAULT 0 CHECK (parts_total >= 0),
    started_at timestamptz,
    ended_at timestamptz,
    missing_steps integer CHECK (missing_steps >= 0),
    result jsonb,
    failure jsonb,
    CONSTRAINT simulation_result_when_done CHECK ((result IS NOT NULL) = (state = 'done')),
    CONSTRAINT simulation_failure_when_failed CHECK (
        (failure IS NOT NULL) = (state = 'failed')
    ),
    CONSTRAINT simulation_ended CHECK (
        (ended_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))
    )
);
CREATE INDEX simulation_of_operation ON simulation (operation_id, asked_at);
CREATE INDEX simulation_under_way ON simulation (asked_at)
WHERE state IN ('queued', 'running');
-- A request may hold curves, and so may a result.
SELECT audit.watch(
    'simulation',
    silent => '{request,curves_csv,pvgis,result,failure,attempt,parts_done,parts_total}',
    people_only => true
);
