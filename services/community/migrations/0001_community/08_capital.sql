-- The register of co-operative shares.

CREATE TABLE capital_movement (
    id uuid PRIMARY KEY,
    organiser_id uuid NOT NULL REFERENCES organiser,
    number integer NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('subscription', 'repayment', 'transfer')),
    day date NOT NULL,
    from_member_id uuid REFERENCES member,
    to_member_id uuid REFERENCES member,
    capital_shares integer NOT NULL CHECK (capital_shares > 0),
    nominal_cents integer NOT NULL CHECK (nominal_cents > 0),
    document_reference text NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    cancelled_at timestamptz,
    cancelled_by text,
    cancelled_reason text,
    UNIQUE (organiser_id, number),
    CHECK ((from_member_id IS NULL) = (kind = 'subscription')),
    CHECK ((to_member_id IS NULL) = (kind = 'repayment')),
    CHECK (from_member_id <> to_member_id),
    CHECK (num_nulls(cancelled_at, cancelled_by, cancelled_reason) IN (0, 3))
);
CREATE INDEX capital_movement_from ON capital_movement (from_member_id);
CREATE INDEX capital_movement_to ON capital_movement (to_member_id);

-- A register is only added to; what was a mistake is cancelled, once, and stays to be read.
CREATE FUNCTION keep_capital_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cancelling text[] := ARRAY['cancelled_at', 'cancelled_by', 'cancelled_reason'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.cancelled_at IS NULL
        AND to_jsonb(NEW) - cancelling = to_jsonb(OLD) - cancelling
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a movement of shares stays as it was recorded'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER capital_movement_kept BEFORE UPDATE OR DELETE ON capital_movement
FOR EACH ROW EXECUTE FUNCTION keep_capital_movement();

-- Movements of one register take turns on a lock of the organiser's row, so each sees all that
-- came before it. Held at the end of each day: what comes and goes on one day has no order.
CREATE FUNCTION check_capital() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organiser WHERE id = NEW.organiser_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM (
            SELECT sum(change) OVER (PARTITION BY member_id ORDER BY day) AS held
            FROM (
                SELECT to_member_id AS member_id, day, capital_shares AS change
                FROM capital_movement
                WHERE organiser_id = NEW.organiser_id AND cancelled_at IS NULL
                    AND to_member_id IN (NEW.from_member_id, NEW.to_member_id)
                UNION ALL
                SELECT from_member_id, day, -capital_shares
                FROM capital_movement
                WHERE organiser_id = NEW.organiser_id AND cancelled_at IS NULL
                    AND from_member_id IN (NEW.from_member_id, NEW.to_member_id)
            ) AS changes
        ) AS days
        WHERE held < 0
    ) THEN
        RAISE EXCEPTION 'a member would hold fewer than no shares'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM capital_movement
        WHERE organiser_id = NEW.organiser_id AND cancelled_at IS NULL
        HAVING min(nominal_cents) <> max(nominal_cents)
    ) THEN
        RAISE EXCEPTION 'all shares of a co-operative have the same nominal value'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER capital_movement_checked AFTER INSERT OR UPDATE ON capital_movement
FOR EACH ROW EXECUTE FUNCTION check_capital();
SELECT audit.watch('capital_movement');
