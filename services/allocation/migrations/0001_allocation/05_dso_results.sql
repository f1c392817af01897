-- The DSO's own results, beside our shares: curves by day, energies by month; months compared.

CREATE TABLE dso_result_day (
    operation_id text NOT NULL,
    day date NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    definitive boolean NOT NULL,
    PRIMARY KEY (operation_id, day)
);

CREATE TABLE dso_result_curve (
    operation_id text NOT NULL,
    day date NOT NULL,
    prm text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    quantity text NOT NULL CHECK (
        quantity = 'self_consumed'
        OR (direction = 'consumption' AND quantity IN ('consumption', 'complement'))
        OR (direction = 'production' AND quantity IN ('production', 'surplus'))
    ),
    step_min integer NOT NULL CHECK (step_min > 0),
    precision_wmin bigint NOT NULL CHECK (precision_wmin > 0),
    energy_wmin bigint[] NOT NULL,
    PRIMARY KEY (operation_id, day, prm, direction, quantity)
);

CREATE TABLE dso_result_month (
    operation_id text NOT NULL,
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    revision integer NOT NULL CHECK (revision > 0),
    definitive boolean NOT NULL,
    PRIMARY KEY (operation_id, month)
);

CREATE TABLE dso_result_energy (
    operation_id text NOT NULL,
    month text NOT NULL,
    prm text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    quantity text NOT NULL CHECK (
        quantity = 'self_consumed'
        OR (direction = 'consumption' AND quantity IN ('consumption', 'complement'))
        OR (direction = 'production' AND quantity IN ('production', 'surplus'))
    ),
    tariff_class text NOT NULL,
    precision_wmin bigint NOT NULL CHECK (precision_wmin > 0),
    energy_wmin bigint NOT NULL CHECK (energy_wmin >= 0),
    PRIMARY KEY (operation_id, month, prm, direction, quantity, tariff_class)
);

-- As it was last compared; inputs_hash tells what from. points, findings: Parquet files.
CREATE TABLE kept_reconciliation (
    operation_id text NOT NULL,
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    inputs_hash text NOT NULL CHECK (inputs_hash ~ '^[0-9a-f]{64}$'),
    definitive boolean NOT NULL,
    tolerance_units integer NOT NULL,
    days_compared date[] NOT NULL,
    days_without_curves date[] NOT NULL,
    points bytea NOT NULL,
    findings bytea NOT NULL,
    PRIMARY KEY (operation_id, month)
);
