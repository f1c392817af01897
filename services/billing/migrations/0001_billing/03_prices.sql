-- Prices by producer, buyer and hour; fees and discounts.

CREATE TABLE price_list (
    operation_id text PRIMARY KEY CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    definitions jsonb NOT NULL
);
SELECT audit.watch('price_list');

-- No two rows of one operation are for the same producers, buyers and hours on the same day. GiST
-- compares texts for equality only with btree_gist, so a range of one number stands for them all: a
-- hash of 63 bits, so that its upper end has a successor. chr(1) is in no name.
CREATE TABLE price (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    producer text CHECK (producer ~ '^[0-9]{14}$'),
    price_micro_eur_per_kwh bigint NOT NULL CHECK (price_micro_eur_per_kwh >= 0),
    vat_rate numeric(5, 4) NOT NULL CHECK (vat_rate >= 0),
    vat_mention text,
    valid_from date NOT NULL,
    valid_to date,
    consumer text CHECK (consumer ~ '^[0-9]{14}$'),
    member_group text,
    hour_class text,
    price_index text,
    CHECK (valid_from < valid_to),
    CONSTRAINT price_for_point_or_group CHECK (num_nonnulls(consumer, member_group) <= 1),
    CONSTRAINT price_overlap EXCLUDE USING gist (
        int8range(
            hashtextextended(
                operation_id || chr(1) || coalesce(producer, '') || chr(1) ||
                    coalesce(consumer, '') || chr(1) || coalesce(hour_class, '') || chr(1) ||
                    coalesce(member_group, ''),
                0
            ) >> 1,
            hashtextextended(
                operation_id || chr(1) || coalesce(producer, '') || chr(1) ||
                    coalesce(consumer, '') || chr(1) || coalesce(hour_class, '') || chr(1) ||
                    coalesce(member_group, ''),
                0
            ) >> 1,
            '[]'
        ) WITH &&,
        daterange(valid_from, valid_to) WITH &&
    )
);
SELECT audit.watch('price');

CREATE TABLE price_fee (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    name text NOT NULL,
    producer text NOT NULL CHECK (producer ~ '^[0-9]{14}$'),
    consumer text CHECK (consumer ~ '^[0-9]{14}$'),
    member_group text,
    price_index text,
    micro_eur_per_month bigint NOT NULL CHECK (micro_eur_per_month >= 0),
    vat_rate numeric(5, 4) NOT NULL CHECK (vat_rate >= 0),
    vat_mention text,
    valid_from date NOT NULL,
    valid_to date,
    CHECK (valid_from < valid_to),
    CHECK (num_nonnulls(consumer, member_group) <= 1),
    CONSTRAINT price_fee_overlap EXCLUDE USING gist (
        int8range(
            hashtextextended(
                operation_id || chr(1) || coalesce(producer, '') || chr(1) ||
                    coalesce(consumer, '') || chr(1) || coalesce(member_group, '') || chr(1) ||
                    coalesce(name, ''),
                0
            ) >> 1,
            hashtextextended(
                operation_id || chr(1) || coalesce(producer, '') || chr(1) ||
                    coalesce(consumer, '') || chr(1) || coalesce(member_group, '') || chr(1) ||
                    coalesce(name, ''),
                0
            ) >> 1,
            '[]'
        ) WITH &&,
        daterange(valid_from, valid_to) WITH &&
    )
);
SELECT audit.watch('price_fee');

CREATE TABLE price_discount (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    name text NOT NULL,
    producer text CHECK (producer ~ '^[0-9]{14}$'),
    consumer text CHECK (consumer ~ '^[0-9]{14}$'),
    member_group text,
    percent numeric(7, 4) CHECK (percent > 0 AND percent <= 100),
    micro_eur_per_kwh bigint CHECK (micro_eur_per_kwh >= 0),
    valid_from date NOT NULL,
    valid_to date,
    CHECK (valid_from < valid_to),
    CHECK (num_nonnulls(percent, micro_eur_per_kwh) = 1),
    CHECK (num_nonnulls(consumer, member_group) <= 1),
    CONSTRAINT price_discount_overlap EXCLUDE USING gist (
        int8range(
            hashtextextended(
                operation_id || chr(1) || coalesce(producer, '') || chr(1) ||
                    coalesce(consumer, '') || chr(1) || coalesce(member_group, ''),
                0
            ) >> 1,
            hashtextextended(
                operation_id || chr(1) || coalesce(producer, '') || chr(1) ||
                    coalesce(consumer, '') || chr(1) || coalesce(member_group, ''),
                0
            ) >> 1,
            '[]'
        ) WITH &&,
        daterange(valid_from, valid_to) WITH &&
    )
);
SELECT audit.watch('price_discount');

-- As the DSO says: prices by its classes sort half-hours by them.
CREATE TABLE meter_hours (
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    valid_from date NOT NULL,
    off_peak jsonb NOT NULL,
    PRIMARY KEY (prm, valid_from)
);
SELECT audit.watch('meter_hours');
