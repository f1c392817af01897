-- The months whose energy an operation gives: nothing of it is sold.

CREATE TABLE gift_period (
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    valid_from date NOT NULL CHECK (extract(day FROM valid_from) = 1),
    valid_to date CHECK (extract(day FROM valid_to) = 1 AND valid_from < valid_to),
    PRIMARY KEY (operation_id, valid_from),
    -- GiST compares texts only with btree_gist; an operation is a number of 8 digits.
    CONSTRAINT gift_period_overlap EXCLUDE USING gist (
        int8range(substr(operation_id, 4)::bigint, substr(operation_id, 4)::bigint, '[]') WITH &&,
        daterange(valid_from, valid_to) WITH &&
    )
);
SELECT audit.watch('gift_period');
