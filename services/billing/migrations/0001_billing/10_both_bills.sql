-- What members pay their suppliers, to compare their bills.

-- Each member's own: who has the point next starts without any.
CREATE TABLE supplier_offer (
    prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
    member_id uuid NOT NULL,
    valid_from date NOT NULL,
    recorded_at timestamptz NOT NULL,
    offer jsonb NOT NULL,
    PRIMARY KEY (prm, member_id, valid_from)
);
-- What is old goes by itself.
SELECT audit.watch('supplier_offer', people_only => true);
