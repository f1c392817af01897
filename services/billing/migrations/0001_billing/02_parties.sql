-- Who sells, and how accise is levied; both in versions.

CREATE TABLE issuer_profile (
    member_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    recorded_at timestamptz NOT NULL,
    profile jsonb NOT NULL,
    PRIMARY KEY (member_id, number)
);

CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of % never changes: record another', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON issuer_profile
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
SELECT audit.watch('issuer_profile');

CREATE TABLE accise_regime (
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    number integer NOT NULL CHECK (number > 0),
    recorded_at timestamptz NOT NULL,
    entry jsonb NOT NULL,
    PRIMARY KEY (operation_id, number)
);
CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON accise_regime
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
SELECT audit.watch('accise_regime');
