-- Who read which curve, what was purged, and what is left of purged curves.

CREATE TABLE curve_access (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    subject text NOT NULL,
    role text NOT NULL,
    prm text NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    as_of timestamptz,
    route text NOT NULL
);
CREATE INDEX curve_access_prm ON curve_access (prm, number);
CREATE INDEX curve_access_read_at ON curve_access (read_at);

CREATE TABLE monthly_energy (
    prm text NOT NULL,
    direction text NOT NULL,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    energy_wmin bigint NOT NULL,
    missing_min integer NOT NULL,
    days smallint[] NOT NULL CHECK (cardinality(days) > 0),
    PRIMARY KEY (prm, direction, month)
);

CREATE TABLE purge (
    day date NOT NULL,
    kind text NOT NULL,
    kept_from date NOT NULL,
    removed bigint NOT NULL,
    first_day date,
    last_day date,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (day, kind)
);
-- Who changed what is kept; what the service purges by itself is in the table (ADR 0019).
SELECT audit.watch('purge', people_only => true);
