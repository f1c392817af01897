-- Polls, their electoral rolls, their ballots and the seals of their results.

CREATE TABLE poll (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL REFERENCES operation,
    question text NOT NULL,
    description text NOT NULL,
    method text NOT NULL CHECK (
        method IN ('simple', 'multiple', 'ranked', 'consent', 'majority_judgement')
    ),
    options jsonb NOT NULL,
    max_choices smallint NOT NULL CHECK (max_choices > 0),
    ballot_mode text NOT NULL CHECK (
        ballot_mode IN ('secret', 'open', 'revealed_at_close')
    ),
    weighting text NOT NULL CHECK (weighting IN ('one_each', 'given', 'capital_shares')),
    opens_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    quorum_share text CHECK (quorum_share ~ '^[0-9]+/[0-9]+$'),
    quorum_of text CHECK (quorum_of IN ('members', 'weight')),
    max_proxies smallint NOT NULL CHECK (max_proxies >= 0),
    key_id uuid,
    adopting_option text,
    state text NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'cancelled')),
    drafted_at timestamptz NOT NULL,
    drafted_by text NOT NULL,
    opened_at timestamptz,
    opened_by text,
    cancelled_at timestamptz,
    cancelled_by text,
    cancelled_reason text,
    CHECK (closes_at > opens_at),
    CHECK (ballot_mode <> 'secret' OR weighting = 'one_each'),
    CHECK (num_nulls(quorum_share, quorum_of) IN (0, 2)),
    CHECK (num_nulls(opened_at, opened_by) IN (0, 2)),
    CHECK (state NOT IN ('open', 'closed') OR opened_at IS NOT NULL),
    CHECK (
        num_nulls(cancelled_at, cancelled_by, cancelled_reason)
        = CASE WHEN state = 'cancelled' THEN 0 ELSE 3 END
    )
);
CREATE INDEX poll_operation ON poll (operation_id, opens_at);
CREATE INDEX poll_due ON poll (closes_at) WHERE state = 'open';

-- Members vote on what they were asked: once open, a poll only comes to its end.
CREATE FUNCTION keep_poll() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := ARRAY['state', 'cancelled_at', 'cancelled_by', 'cancelled_reason'];
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' OR NEW.state NOT IN ('closed', 'cancelled')
        OR to_jsonb(NEW) - ending <> to_jsonb(OLD) - ending
    THEN
        RAISE EXCEPTION 'a poll that was opened does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_kept BEFORE UPDATE ON poll
FOR EACH ROW EXECUTE FUNCTION keep_poll();
SELECT audit.watch('poll');

-- Nothing here says when somebody voted, and nothing in a secret ballot says who.
CREATE TABLE poll_voter (
    poll_id uuid NOT NULL REFERENCES poll,
    member_id uuid NOT NULL REFERENCES member,
    weight bigint NOT NULL CHECK (weight > 0),
    has_voted boolean NOT NULL DEFAULT false,
    holder_id uuid,
    proxies_held smallint NOT NULL DEFAULT 0,
    max_proxies smallint NOT NULL,
    PRIMARY KEY (poll_id, member_id),
    FOREIGN KEY (poll_id, holder_id) REFERENCES poll_voter (poll_id, member_id),
    CHECK (holder_id <> member_id),
    CONSTRAINT poll_voter_no_chain CHECK (holder_id IS NULL OR proxies_held = 0),
    CONSTRAINT poll_voter_proxies CHECK (proxies_held BETWEEN 0 AND max_proxies)
);
CREATE INDEX poll_voter_member ON poll_voter (member_id);
CREATE INDEX poll_voter_holder ON poll_voter (poll_id, holder_id);

CREATE FUNCTION keep_poll_voter() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    poll_state text := (
        SELECT state FROM poll WHERE id = coalesce(NEW.poll_id, OLD.poll_id)
    );
BEGIN
    IF TG_OP = 'INSERT' AND poll_state = 'draft' THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' OR poll_state <> 'open'
        OR (NEW.poll_id, NEW.member_id, NEW.weight, NEW.max_proxies)
            <> (OLD.poll_id, OLD.member_id, OLD.weight, OLD.max_proxies)
        OR OLD.has_voted AND NOT NEW.has_voted
        OR OLD.has_voted AND NEW.holder_id IS DISTINCT FROM OLD.holder_id
    THEN
        RAISE EXCEPTION 'the roll is frozen, and a vote that was cast stays'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_voter_kept BEFORE INSERT OR UPDATE OR DELETE ON poll_voter
FOR EACH ROW EXECUTE FUNCTION keep_poll_voter();

-- The number of proxies is counted here, so that the limit is a constraint of one row.
CREATE FUNCTION count_proxies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE poll_voter SET proxies_held = proxies_held - 1
    WHERE poll_id = OLD.poll_id AND member_id = OLD.holder_id;
    UPDATE poll_voter SET proxies_held = proxies_held + 1
    WHERE poll_id = NEW.poll_id AND member_id = NEW.holder_id;
    RETURN NULL;
END $$;
CREATE TRIGGER poll_voter_counted AFTER UPDATE OF holder_id ON poll_voter
FOR EACH ROW WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id)
EXECUTE FUNCTION count_proxies();
-- When somebody voted is nobody's to know.
SELECT audit.watch('poll_voter', silent => '{has_voted,proxies_held}');

CREATE TABLE ballot (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    poll_id uuid NOT NULL REFERENCES poll,
    member_id uuid,
    receipt_sha256 text UNIQUE CHECK (receipt_sha256 ~ '^[0-9a-f]{64}$'),
    weight bigint NOT NULL CHECK (weight > 0),
    choice jsonb NOT NULL,
    UNIQUE (poll_id, member_id),
    FOREIGN KEY (poll_id, member_id) REFERENCES poll_voter (poll_id, member_id),
    CHECK (num_nulls(member_id, receipt_sha256) = 1)
);

CREATE FUNCTION check_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked poll%ROWTYPE;
BEGIN
    SELECT * INTO asked FROM poll WHERE id = coalesce(NEW.poll_id, OLD.poll_id);
    IF asked.state <> 'open' THEN
        RAISE EXCEPTION 'the ballots of a poll change while it is open only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND (asked.ballot_mode = 'secret') <> (NEW.member_id IS NULL)
    THEN
        RAISE EXCEPTION 'a ballot names its voter unless the poll is secret'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER ballot_checked BEFORE INSERT OR UPDATE OR DELETE ON ballot
FOR EACH ROW EXECUTE FUNCTION check_ballot();

-- A secret ballot names nobody, so this is what makes it count once.
CREATE FUNCTION count_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT poll_id FROM added) AS touched
        WHERE (SELECT count(*) FROM ballot WHERE ballot.poll_id = touched.poll_id)
            > (
                SELECT count(*) FROM poll_voter
                WHERE poll_voter.poll_id = touched.poll_id AND has_voted
            )
    ) THEN
        RAISE EXCEPTION 'there would be more ballots than members who voted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ballot_counted AFTER INSERT ON ballot REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION count_ballots();

CREATE TABLE poll_seal (
    poll_id uuid PRIMARY KEY REFERENCES poll,
    content bytea NOT NULL,
    sha256 text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
    sealed_at timestamptz NOT NULL
);

CREATE FUNCTION keep_poll_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a seal does not change'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER poll_seal_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON poll_seal
FOR EACH STATEMENT EXECUTE FUNCTION keep_poll_seal();

CREATE TABLE poll_reminder (
    poll_id uuid PRIMARY KEY REFERENCES poll
);
