-- Getting paid: creditors, mandates, collections, payouts, bank statements, reminders.

CREATE TABLE creditor (
    member_id uuid PRIMARY KEY,
    name text NOT NULL,
    iban text NOT NULL,
    bic text,
    ics text,
    collected_by uuid CHECK (collected_by <> member_id),
    edition smallint NOT NULL CHECK (edition IN (2009, 2019)),
    notice_days smallint NOT NULL CHECK (notice_days >= 1),
    -- of a public body for which another collects
    convention_signed_on date,
    convention_document text,
    CHECK ((convention_signed_on IS NULL) = (convention_document IS NULL))
);
SELECT audit.watch('creditor');

CREATE TABLE creditor_account (
    member_id uuid NOT NULL REFERENCES creditor (member_id),
    iban text NOT NULL,
    PRIMARY KEY (member_id, iban)
);
SELECT audit.watch('creditor_account');

-- A seller's new account waits, for another person or for 72 hours.
CREATE TABLE creditor_change (
    member_id uuid PRIMARY KEY,
    id uuid NOT NULL,
    name text NOT NULL,
    iban text NOT NULL,
    bic text,
    ics text,
    collected_by uuid,
    edition smallint NOT NULL,
    notice_days smallint NOT NULL,
    convention_signed_on date,
    convention_document text,
    asked_at timestamptz NOT NULL,
    asked_by text NOT NULL,
    asked_by_staff boolean NOT NULL
);
CREATE INDEX creditor_change_asked_at ON creditor_change (asked_at);
SELECT audit.watch('creditor_change');

CREATE TABLE mandate (
    id uuid PRIMARY KEY,
    creditor_id uuid NOT NULL,
    debtor_id uuid NOT NULL,
    rum text NOT NULL CHECK (length(rum) BETWEEN 1 AND 35),
    signed_on date NOT NULL,
    holder text NOT NULL,
    iban text,
    bic text,
    revoked_on date,
    blocked_by text,
    CONSTRAINT mandate_rum UNIQUE (creditor_id, rum),
    -- It goes some time after its last use.
    CONSTRAINT mandate_account CHECK (iban IS NOT NULL OR revoked_on IS NOT NULL)
);
CREATE UNIQUE INDEX mandate_in_force ON mandate (creditor_id, debtor_id)
WHERE revoked_on IS NULL;
CREATE INDEX mandate_debtor ON mandate (debtor_id, rum, id);
SELECT audit.watch('mandate');

-- Members ask to pay by direct debit; a mandate is made once who collects has confirmed it.
CREATE TABLE mandate_request (
    id uuid PRIMARY KEY,
    creditor_id uuid NOT NULL,
    debtor_id uuid NOT NULL,
    holder text NOT NULL,
    iban text,
    account_end text NOT NULL CHECK (length(account_end) = 4),
    language text NOT NULL CHECK (language IN ('fr', 'en')),
    agreed_text text NOT NULL,
    asked_at timestamptz NOT NULL,
    answered_at timestamptz,
    declined_because text,
    mandate_id uuid,
    CONSTRAINT mandate_request_iban CHECK ((iban IS NULL) = (answered_at IS NOT NULL)),
    CONSTRAINT mandate_request_answer
        CHECK (declined_because IS NULL OR answered_at IS NOT NULL),
    CONSTRAINT mandate_request_mandate CHECK (
        (mandate_id IS NOT NULL) = (answered_at IS NOT NULL AND declined_because IS NULL)
    )
);
CREATE UNIQUE INDEX mandate_request_waiting ON mandate_request (creditor_id, debtor_id)
WHERE answered_at IS NULL;
CREATE INDEX mandate_request_debtor ON mandate_request (debtor_id, asked_at, id);
SELECT audit.watch('mandate_request', silent => '{agreed_text,holder,account_end}');

CREATE TABLE collection (
    id uuid PRIMARY KEY,
    creditor_id uuid NOT NULL,
    day date NOT NULL,
    notified_on date NOT NULL,
    created_at timestamptz NOT NULL,
    transaction_count integer NOT NULL CHECK (transaction_count > 0),
    total_cents bigint NOT NULL CHECK (total_cents > 0),
    content text NOT NULL,
    content_hash text NOT NULL,
    cancelled_on date
);
CREATE INDEX collection_creditor ON collection (creditor_id, day);
-- What the bank is told has IBANs in it; it is known by its hash.
SELECT audit.watch('collection', silent => '{content}');

-- The invoices of a mandate in a collection are one debit, which the bank answers as a whole.
CREATE TABLE collection_item (
    id uuid PRIMARY KEY,
    debit_id uuid NOT NULL,
    collection_id uuid NOT NULL REFERENCES collection (id),
    invoice_id uuid NOT NULL REFERENCES invoice (id),
    mandate_id uuid NOT NULL REFERENCES mandate (id),
    amount_cents bigint NOT NULL CHECK (amount_cents > 0),
    sequence_type text NOT NULL CHECK (sequence_type IN ('FRST', 'RCUR')),
    received_on date,
    returned_on date,
    return_reason text,
    cancelled_on date,
    answered_by uuid CHECK (answered_by IS NULL OR received_on IS NOT NULL)
);
-- Until its outcome is known, an invoice is in one collection at most.
CREATE UNIQUE INDEX collection_item_pending ON collection_item (invoice_id)
WHERE received_on IS NULL AND returned_on IS NULL AND cancelled_on IS NULL;
CREATE INDEX collection_item_debit ON collection_item (debit_id);
CREATE INDEX collection_item_collection ON collection_item (collection_id);
CREATE INDEX collection_item_mandate ON collection_item (mandate_id);
CREATE INDEX collection_item_invoice ON collection_item (invoice_id);
SELECT audit.watch('collection_item');

-- What a customer owes the sellers of an operation with one collector, in one letter.
CREATE TABLE payment_notice (
    id uuid PRIMARY KEY,
    collector_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    operation_id text NOT NULL,
    year smallint NOT NULL,
    sequence integer NOT NULL,
    made_on date NOT NULL,
    CONSTRAINT payment_notice_number UNIQUE (collector_id, year, sequence)
);
CREATE INDEX payment_notice_customer ON payment_notice (customer_id, made_on);
CREATE INDEX payment_notice_operation ON payment_notice (operation_id, made_on);
SELECT audit.watch('payment_notice');

CREATE TABLE payment_notice_document (
    -- A document is part of one notice at most.
    invoice_id uuid PRIMARY KEY REFERENCES invoice (id),
    notice_id uuid NOT NULL REFERENCES payment_notice (id)
);
CREATE INDEX payment_notice_document_notice ON payment_notice_document (notice_id);
SELECT audit.watch('payment_notice_document');

CREATE TABLE payout (
    id uuid PRIMARY KEY,
    creditor_id uuid NOT NULL,
    day date NOT NULL,
    created_at timestamptz NOT NULL,
    transaction_count integer NOT NULL CHECK (transaction_count > 0),
    total_cents bigint NOT NULL CHECK (total_cents > 0),
    content text NOT NULL,
    content_hash text NOT NULL,
    cancelled_on date
);
CREATE INDEX payout_creditor ON payout (creditor_id, day);
-- What the bank is told has IBANs in it; it is known by its hash.
SELECT audit.watch('payout', silent => '{content}');

CREATE TABLE payout_item (
    id uuid PRIMARY KEY,
    payout_id uuid NOT NULL REFERENCES payout (id),
    payee_id uuid NOT NULL,
    -- Under keys: where the money came back from, until another account is in use.
    iban text NOT NULL,
    amount_cents bigint NOT NULL CHECK (amount_cents > 0),
    -- What its statement says: days, what was held before, what was owed, and what stays.
    since date NOT NULL,
    until date NOT NULL CHECK (until >= since),
    before_cents bigint NOT NULL,
    owed_cents bigint NOT NULL,
    credits_cents bigint NOT NULL CHECK (credits_cents >= 0),
    reserve_cents bigint NOT NULL CHECK (reserve_cents >= 0),
    executed_on date,
    returned_on date,
    cancelled_on date,
    return_reason text,
    CONSTRAINT payout_item_sum CHECK (amount_cents = owed_cents - credits_cents - reserve_cents)
);
CREATE INDEX payout_item_payout ON payout_item (payout_id);
CREATE INDEX payout_item_payee ON payout_item (payee_id);
SELECT audit.watch('payout_item');

-- The entries of the payee's books that a payout's statement lists: each is in one of them.
CREATE TABLE payout_entry (
    entry_id uuid PRIMARY KEY REFERENCES journal_entry (id),
    item_id uuid NOT NULL REFERENCES payout_item (id)
);
CREATE INDEX payout_entry_item ON payout_entry (item_id);
SELECT audit.watch('payout_entry');

-- What a collector keeps of direct debits that may come back; without a row, nothing.
CREATE TABLE payout_reserve (
    creditor_id uuid PRIMARY KEY,
    share_percent smallint NOT NULL CHECK (share_percent BETWEEN 0 AND 100),
    days smallint NOT NULL CHECK (days BETWEEN 0 AND 56)
);
SELECT audit.watch('payout_reserve');

-- Customers' credits, paid back.
CREATE TABLE refund (
    id uuid PRIMARY KEY,
    creditor_id uuid NOT NULL,
    day date NOT NULL,
    created_at timestamptz NOT NULL,
    transaction_count integer NOT NULL CHECK (transaction_count > 0),
    total_cents bigint NOT NULL CHECK (total_cents > 0),
    content text NOT NULL,
    content_hash text NOT NULL,
    cancelled_on date
);
CREATE INDEX refund_creditor ON refund (creditor_id, day);
-- What the bank is told has IBANs in it; it is known by its hash.
SELECT audit.watch('refund', silent => '{content}');

CREATE TABLE refund_item (
    id uuid PRIMARY KEY,
    -- All credits of a customer are one transfer: the bank answers it as a whole.
    transfer_id uuid NOT NULL,
    refund_id uuid NOT NULL REFERENCES refund (id),
    invoice_id uuid NOT NULL REFERENCES invoice (id),
    -- Under keys: where the money came back from.
    iban text NOT NULL,
    account_end text NOT NULL CHECK (length(account_end) = 4),
    amount_cents bigint NOT NULL CHECK (amount_cents > 0),
    executed_on date,
    returned_on date,
    cancelled_on date,
    return_reason text,
    -- The bank transactions by which the money went, and by which it came back.
    executed_by uuid,
    returned_by uuid
);
-- Until its outcome is known, the credit of a document is in one refund at most.
CREATE UNIQUE INDEX refund_item_pending ON refund_item (invoice_id)
WHERE executed_on IS NULL AND returned_on IS NULL AND cancelled_on IS NULL;
CREATE INDEX refund_item_refund ON refund_item (refund_id);
CREATE INDEX refund_item_transfer ON refund_item (transfer_id);
CREATE INDEX refund_item_invoice ON refund_item (invoice_id);
CREATE INDEX refund_item_executed_by ON refund_item (executed_by);
CREATE INDEX refund_item_returned_by ON refund_item (returned_by);
SELECT audit.watch('refund_item', silent => '{account_end}');

CREATE TABLE bank_statement (
    creditor_id uuid NOT NULL,
    file_hash text NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (creditor_id, file_hash)
);
SELECT audit.watch('bank_statement');

-- What each statement of an account opened and closed with: one follows the other without a gap.
-- An account is named by an id made from it, as its IBAN is under keys.
CREATE TABLE bank_balance (
    creditor_id uuid NOT NULL,
    account_id uuid NOT NULL,
    opened_on date NOT NULL,
    closed_on date NOT NULL,
    opening_cents bigint NOT NULL,
    closing_cents bigint NOT NULL,
    -- A bank may give several statements of an account on one day.
    PRIMARY KEY (creditor_id, account_id, opened_on, closed_on, opening_cents, closing_cents)
);
SELECT audit.watch('bank_balance');

CREATE TABLE bank_transaction (
    id uuid PRIMARY KEY,
    creditor_id uuid NOT NULL,
    booked_on date NOT NULL,
    amount_cents bigint NOT NULL CHECK (amount_cents <> 0),
    reference text NOT NULL,
    end_to_end_id text,
    rum text,
    batch_id text,
    remittance text,
    party_name text,
    party_iban text,
    return_reason text,
    statement_reference text,
    matched_by text,
    -- The source of its entries in the books, another one after each time that they were taken back.
    entered_as uuid UNIQUE,
    undone integer NOT NULL DEFAULT 0,
    CONSTRAINT bank_transaction_entered CHECK ((matched_by IS NULL) = (entered_as IS NULL))
);
CREATE INDEX bank_transaction_creditor ON bank_transaction (creditor_id, booked_on);
CREATE INDEX bank_transaction_unmatched ON bank_transaction (creditor_id, booked_on)
WHERE matched_by IS NULL;
-- What a bank tells never changes, but for what it was found to be for.
SELECT audit.watch('bank_transaction', silent => '{party_name,remittance}');

CREATE TABLE reminder_policy (
    issuer_id uuid NOT NULL,
    valid_from date NOT NULL,
    levels jsonb NOT NULL,
    PRIMARY KEY (issuer_id, valid_from)
);
SELECT audit.watch('reminder_policy');

CREATE TABLE reminder (
    invoice_id uuid NOT NULL REFERENCES invoice (id),
    level smallint NOT NULL CHECK (level > 0),
    day date NOT NULL,
    open_cents bigint NOT NULL CHECK (open_cents > 0),
    PRIMARY KEY (invoice_id, level)
);
CREATE INDEX reminder_day ON reminder (day);
SELECT audit.watch('reminder');
