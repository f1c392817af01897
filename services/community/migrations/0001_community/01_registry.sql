-- Organisers, members, points, operations, and who takes part since when.

CREATE TABLE organiser (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    address text NOT NULL
);
SELECT audit.watch('organiser');

CREATE TABLE member (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('household', 'company', 'public_body')),
    name text NOT NULL,
    address text NOT NULL,
    email text,
    siren text CHECK (siren ~ '^[0-9]{9}$'),
    vat_number text,
    revision integer NOT NULL,
    consents_revision integer NOT NULL DEFAULT 0,
    language text NOT NULL CHECK (language IN ('fr', 'en')),
    delivery_address text,
    erased_at timestamptz,
    -- Empty: staff made it.
    made_in text[] NOT NULL DEFAULT '{}',
    made_on date
);

CREATE FUNCTION keep_erased_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'consents_revision' <> to_jsonb(OLD) - 'consents_revision' THEN
        RAISE EXCEPTION 'a member who was erased stays so'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER member_erased_kept BEFORE UPDATE ON member
FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION keep_erased_member();
SELECT audit.watch('member');

CREATE TABLE point (
    prm text PRIMARY KEY CHECK (prm ~ '^[0-9]{14}$'),
    label text NOT NULL,
    subscribed_power_va integer CHECK (subscribed_power_va > 0),
    installed_power_w integer CHECK (installed_power_w > 0),
    production_kind text CHECK (production_kind IN ('solar', 'wind', 'hydro', 'biomass'))
);
SELECT audit.watch('point');

CREATE TABLE point_location (
    prm text PRIMARY KEY REFERENCES point,
    latitude_deg double precision NOT NULL CHECK (latitude_deg BETWEEN -90 AND 90),
    longitude_deg double precision NOT NULL CHECK (longitude_deg BETWEEN -180 AND 180),
    source text NOT NULL CHECK (source IN ('dso', 'surveyed', 'geocoded', 'declared')),
    voltage text NOT NULL CHECK (voltage IN ('low', 'medium')),
    commune text CHECK (commune ~ '^([0-9]{2}|2[AB])[0-9]{3}$'),
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL
);
SELECT audit.watch('point_location');

CREATE TABLE operation (
    id text PRIMARY KEY CHECK (id ~ '^ACC[0-9]{8}$'),
    name text NOT NULL,
    organiser_id uuid NOT NULL REFERENCES organiser,
    step_min smallint NOT NULL CHECK (step_min IN (5, 10, 15, 30, 60)),
    valid_from date NOT NULL,
    revision integer NOT NULL,
    -- From which days it is settled in other steps.
    step_changes jsonb NOT NULL DEFAULT '[]'
);
SELECT audit.watch('operation');

CREATE TABLE legal_basis (
    operation_id text PRIMARY KEY REFERENCES operation,
    basis text NOT NULL CHECK (
        basis IN (
            'building', 'extended', 'derogation_10_km', 'derogation_20_km',
            'public_bodies'
        )
    ),
    zone text NOT NULL CHECK (zone IN ('mainland', 'non_interconnected')),
    policy text NOT NULL CHECK (policy IN ('warn', 'refuse')),
    decision text,
    communes text[] NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL
);
SELECT audit.watch('legal_basis');

-- Each side of a point takes part once at a time; storage has both. That both are in one operation
-- is checked under the locks of the points: GiST has no "another operation" without btree_gist.
CREATE TABLE participation (
    operation_id text NOT NULL REFERENCES operation,
    prm text NOT NULL REFERENCES point,
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    member_id uuid NOT NULL REFERENCES member,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to > valid_from),
    PRIMARY KEY (operation_id, prm, direction, valid_from),
    CONSTRAINT participation_once_at_a_time EXCLUDE USING gist (
        -- A number for each point and side.
        int8range(
            prm::bigint * 2 + (direction = 'production')::integer,
            prm::bigint * 2 + (direction = 'production')::integer,
            '[]'
        ) WITH &&,
        daterange(valid_from, valid_to) WITH &&
    )
);
CREATE INDEX participation_member_id ON participation (member_id);
CREATE INDEX participation_prm ON participation (prm);
SELECT audit.watch('participation');

-- Who a point was ever tied to.
CREATE TABLE point_holder (
    prm text NOT NULL REFERENCES point,
    operation_id text NOT NULL REFERENCES operation,
    member_id uuid NOT NULL REFERENCES member,
    left_on date,
    PRIMARY KEY (prm, operation_id, member_id)
);
CREATE INDEX point_holder_member ON point_holder (member_id);

-- What an organiser's own list calls a member (docs/use/members.md).
CREATE TABLE member_reference (
    operation_id text NOT NULL REFERENCES operation,
    reference text NOT NULL,
    member_id uuid NOT NULL REFERENCES member,
    PRIMARY KEY (operation_id, reference)
);
CREATE INDEX member_reference_member ON member_reference (member_id);
SELECT audit.watch('member_reference');

-- Who had an event tried again; what it says, and why it failed, may be personal data.
SELECT audit.watch('parked', silent => '{value,error}', people_only => true);
