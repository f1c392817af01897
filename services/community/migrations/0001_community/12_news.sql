-- What operations tell their members and the public.

CREATE TABLE article (
    id uuid PRIMARY KEY,
    operation_id text REFERENCES operation,
    audience text NOT NULL CHECK (
        audience IN ('everybody', 'producers', 'consumers', 'organisers')
    ),
    title text NOT NULL CHECK (title !~ '[\r\n]'),
    text text NOT NULL,
    is_pinned boolean NOT NULL,
    author_role text NOT NULL CHECK (author_role IN ('staff', 'organiser')),
    author_name text,
    state text NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    drafted_at timestamptz NOT NULL,
    drafted_by text NOT NULL,
    published_at timestamptz,
    withdrawn_at timestamptz,
    CHECK ((published_at IS NOT NULL) = (state <> 'draft')),
    CHECK ((withdrawn_at IS NOT NULL) = (state = 'withdrawn')),
    CHECK ((author_name IS NOT NULL) = (author_role = 'organiser'))
);
CREATE INDEX article_operation ON article (operation_id);

-- What was read is not put into other words afterwards: it is withdrawn, and stays so.
CREATE FUNCTION keep_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.state = 'draft'
        OR (OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn')
        OR (NEW.operation_id, NEW.audience, NEW.title, NEW.text)
            IS DISTINCT FROM (OLD.operation_id, OLD.audience, OLD.title, OLD.text)
    ) THEN
        RAISE EXCEPTION 'a published article is only withdrawn or pinned'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER article_kept BEFORE UPDATE ON article
FOR EACH ROW EXECUTE FUNCTION keep_article();
SELECT audit.watch('article');

-- What the organiser tells the public of an operation, once they want it shown.
CREATE TABLE presentation (
    operation_id text PRIMARY KEY REFERENCES operation,
    is_public boolean NOT NULL,
    takes_members boolean NOT NULL,
    contact_email text CHECK (contact_email = lower(contact_email)),
    commune_names text[] NOT NULL,
    text text,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL
);
CREATE INDEX presentation_public ON presentation (operation_id) WHERE is_public;
SELECT audit.watch('presentation');
