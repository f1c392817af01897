-- The DSO's own split of operations, by step and by month, and its perimeters.

-- Rows are never changed but for their time of publication: the last revision stands.
CREATE TABLE result_curve (
    operation_id text NOT NULL,
    day date NOT NULL,
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    quantity text NOT NULL CHECK (
        quantity = 'self_consumed'
        OR (direction = 'consumption' AND quantity IN ('consumption', 'complement'))
        OR (direction = 'production' AND quantity IN ('production', 'surplus'))
    ),
    step_min integer NOT NULL CHECK (step_min IN (5, 10, 15, 30, 60)),
    revision integer NOT NULL CHECK (revision > 0),
    energy_wmin bigint[] NOT NULL,
    definitive boolean[] NOT NULL
        CHECK (cardinality(definitive) IN (1, cardinality(energy_wmin))),
    precision_wmin bigint[] NOT NULL
        CHECK (cardinality(precision_wmin) IN (1, cardinality(energy_wmin))),
    published_us bigint[] NOT NULL
        CHECK (cardinality(published_us) IN (1, cardinality(energy_wmin))),
    delivery_id uuid NOT NULL REFERENCES delivery,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (operation_id, day, prm, direction, quantity, step_min, revision)
);
CREATE INDEX result_curve_day ON result_curve USING brin (day);

CREATE TABLE result_energy (
    operation_id text NOT NULL,
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    quantity text NOT NULL CHECK (
        quantity = 'self_consumed'
        OR (direction = 'consumption' AND quantity IN ('consumption', 'complement'))
        OR (direction = 'production' AND quantity IN ('production', 'surplus'))
    ),
    revision integer NOT NULL CHECK (revision > 0),
    tariff_classes text[] NOT NULL,
    energy_wmin bigint[] NOT NULL
        CHECK (cardinality(energy_wmin) = cardinality(tariff_classes)),
    precision_wmin bigint NOT NULL CHECK (precision_wmin > 0),
    definitive boolean NOT NULL,
    published_us bigint NOT NULL,
    delivery_id uuid NOT NULL REFERENCES delivery,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (operation_id, month, prm, direction, quantity, revision)
);

CREATE TABLE published_result_day (
    operation_id text NOT NULL,
    day date NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (operation_id, day)
);

CREATE TABLE published_result_month (
    operation_id text NOT NULL,
    month text NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (operation_id, month)
);

CREATE TABLE dso_perimeter (
    operation_id text PRIMARY KEY,
    prms text[] NOT NULL,
    directions text[] NOT NULL CHECK (cardinality(directions) = cardinality(prms)),
    valid_from date[] NOT NULL CHECK (cardinality(valid_from) = cardinality(prms)),
    valid_to date[] NOT NULL CHECK (cardinality(valid_to) = cardinality(prms)),
    published_us bigint NOT NULL,
    delivery_id uuid NOT NULL REFERENCES delivery,
    recorded_at timestamptz NOT NULL
);
