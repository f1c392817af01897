-- What goes to customers by e-mail.

CREATE TABLE mail_policy (
    member_id uuid PRIMARY KEY,
    invoices boolean NOT NULL,
    reminders boolean NOT NULL,
    pre_notifications boolean NOT NULL,
    reminders_when_due boolean NOT NULL,
    payment_notices boolean NOT NULL,
    payouts boolean NOT NULL
);
SELECT audit.watch('mail_policy');

CREATE TABLE mailing (
    id uuid PRIMARY KEY,
    invoice_id uuid REFERENCES invoice,
    -- Of a payout it is about the transfer, and goes to who is paid.
    payout_item_id uuid REFERENCES payout_item,
    -- A message may be about several documents of its customer.
    other_invoice_ids uuid [] NOT NULL,
    kind text NOT NULL
        CHECK (kind IN (
            'invoice', 'credit_note', 'reminder', 'pre_notification', 'payment_notice', 'payout'
        )),
    details jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    asked_at timestamptz,
    revision integer NOT NULL,
    recipients jsonb NOT NULL,
    CONSTRAINT mailing_subject CHECK ((invoice_id IS NULL) = (kind = 'payout')),
    CONSTRAINT mailing_payout CHECK ((payout_item_id IS NULL) = (kind <> 'payout'))
);
CREATE INDEX mailing_invoice ON mailing (invoice_id);
CREATE INDEX mailing_other_invoices ON mailing USING gin (other_invoice_ids);
CREATE INDEX mailing_to_ask ON mailing (next_at) WHERE asked_at IS NULL;
-- What the service does to these by itself follows from what somebody said.
SELECT audit.watch(
    'mailing', silent => '{attempts,next_at,recipients,revision}', people_only => true
);
