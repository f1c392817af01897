CREATE TABLE thresholds (
    operation_id text PRIMARY KEY CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    invoice_cents integer NOT NULL CHECK (invoice_cents >= 0),
    debit_cents integer NOT NULL CHECK (debit_cents >= 0),
    remind_cents integer NOT NULL CHECK (remind_cents >= 0),
    correct_cents integer NOT NULL CHECK (correct_cents >= 0)
);
SELECT audit.watch('thresholds');

-- What a run held back as too little to invoice, to be invoiced with a later one; by month, so that
-- runs of months and of quarters never hold back the same days twice.
CREATE TABLE carried_sum (
    operation_id text NOT NULL,
    month text NOT NULL,
    issuer_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    period text NOT NULL,
    PRIMARY KEY (operation_id, month, issuer_id, customer_id)
);
