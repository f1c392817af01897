-- Indexes, invoiced quantities and contract events, and the points that left for them.

CREATE TABLE meter_index (
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    register text NOT NULL,
    read_at timestamptz NOT NULL,
    index_wh bigint NOT NULL CHECK (index_wh >= 0),
    doubtful boolean NOT NULL,
    published_us bigint NOT NULL,
    PRIMARY KEY (prm, direction, register, read_at)
);
-- Old ones are found without an index entry for each: they come about in order.
CREATE INDEX meter_index_read_at ON meter_index USING brin (read_at);

CREATE TABLE invoiced_quantity (
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    grid text NOT NULL,
    tariff_class text NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL CHECK (to_day > from_day),
    quantity_wh bigint NOT NULL,
    nature text NOT NULL,
    is_cancelled boolean NOT NULL,
    published_us bigint NOT NULL,
    PRIMARY KEY (prm, direction, grid, tariff_class, from_day, to_day)
);
CREATE INDEX invoiced_quantity_to_day ON invoiced_quantity USING brin (to_day);

CREATE TABLE contract_event (
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    happened_at timestamptz NOT NULL,
    kind text NOT NULL,
    affair text NOT NULL,
    collective text NOT NULL,
    state text NOT NULL,
    published_us bigint NOT NULL,
    PRIMARY KEY (prm, happened_at, kind, affair)
);

-- Points whose contract ended, or changed hands.
CREATE TABLE departure (
    operation_id text NOT NULL,
    prm text NOT NULL,
    left_on date NOT NULL,
    reason text NOT NULL CHECK (reason IN ('terminated', 'new_occupant')),
    PRIMARY KEY (operation_id, prm, left_on, reason)
);
