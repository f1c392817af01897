-- Contracts on what is sold outside of operations.

CREATE TABLE surplus_contract (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    kind text NOT NULL CHECK (kind IN ('feed_in', 'aggregator', 'free', 'none')),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_from < valid_to),
    buyer text,
    number text,
    price_cents_per_kwh numeric(12, 6) CHECK (price_cents_per_kwh >= 0),
    coefficient numeric(9, 6) CHECK (coefficient > 0),
    prices_by_month jsonb NOT NULL,
    cap_kwh integer CHECK (cap_kwh > 0),
    cap_beyond_cents_per_kwh numeric(12, 6) CHECK (cap_beyond_cents_per_kwh >= 0),
    cap_since date CHECK (cap_since <= valid_from),
    -- GiST compares texts only with btree_gist; a PRM is a number of 14 digits.
    CONSTRAINT surplus_contract_overlap EXCLUDE USING gist (
        int8range(prm::bigint, prm::bigint, '[]') WITH &&,
        daterange(valid_from, valid_to) WITH &&
    ),
    CONSTRAINT surplus_contract_cap CHECK (
        num_nonnulls(cap_kwh, cap_beyond_cents_per_kwh, cap_since) IN (0, 3)
    )
);
SELECT audit.watch('surplus_contract');
