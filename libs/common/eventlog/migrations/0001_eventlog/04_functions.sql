-- What services do with the log.

-- In the order of the records. Offsets are taken under the locks of their partitions' rows, in
-- one order for all; so they appear in order, and nobody waits in a circle.
CREATE FUNCTION append(
    topics text[], partitions integer[], keys text[], "values" bytea[], headers text[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = eventlog, pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    offsets bigint[];
BEGIN
    PERFORM check_topics('append', topics);
    PERFORM FROM partition
    WHERE (topic, partition) IN (SELECT * FROM unnest(topics, partitions))
    ORDER BY topic, partition FOR UPDATE;
    WITH wanted AS (
        SELECT topic, number, count(*) AS records
        FROM unnest(topics, partitions) AS one (topic, number) GROUP BY topic, number
    ), moved AS (
        UPDATE partition SET next_offset = next_offset + records FROM wanted
        WHERE partition.topic = wanted.topic AND partition.partition = wanted.number
        RETURNING partition.topic, partition.partition, next_offset - records AS first
    )
    SELECT array_agg(first + rank - 1 ORDER BY place) INTO offsets
    FROM (
        SELECT topic, partition, place,
            row_number() OVER (PARTITION BY topic, partition ORDER BY place) AS rank
        FROM unnest(topics, partitions)
            WITH ORDINALITY AS one (topic, partition, place)
    ) AS ranked
    JOIN moved USING (topic, partition);
    ASSERT cardinality(offsets) = cardinality(topics), 'a partition is missing';
    -- One by one: as a set, large values would be copied to be taken apart.
    FOR i IN 1 .. cardinality(topics) LOOP
        INSERT INTO record (topic, partition, "offset", key, value, headers)
        VALUES (
            topics[i], partitions[i], offsets[i], keys[i], "values"[i], headers[i]::jsonb
        );
    END LOOP;
    PERFORM pg_notify('eventlog', '');
END $$;

-- Merges the partitions by age, keeping the order inside each whatever the clock did. Only the
-- records that are handed out have their values read; one of any size is, or it would never be.
CREATE FUNCTION read(
    topics text[], partitions integer[], positions bigint[], most integer, most_bytes bigint
) RETURNS TABLE (
    topic text, partition integer, "offset" bigint, key text, value bytea, headers jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = eventlog, pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM check_topics('read', topics);
    RETURN QUERY
    WITH next AS (
        SELECT record.*,
            max(appended_at) OVER (PARTITION BY topic, partition ORDER BY "offset") AS age
        FROM unnest(topics, partitions, positions)
            AS held (held_topic, held_partition, position),
        LATERAL (
            SELECT topic, partition, "offset", appended_at, octet_length(value) AS bytes
            FROM record
            WHERE topic = held_topic AND partition = held_partition AND "offset" >= position
            ORDER BY "offset" LIMIT most
        ) AS record
    ), queue AS (
        SELECT topic, partition, "offset", row_number() OVER oldest AS number,
            sum(bytes) OVER (oldest ROWS UNBOUNDED PRECEDING) - bytes AS bytes_before
        FROM next WINDOW oldest AS (ORDER BY age, topic, partition, "offset")
    )
    SELECT topic, partition, "offset", key, value, headers
    FROM queue JOIN record USING (topic, partition, "offset")
    WHERE number <= most AND bytes_before < most_bytes ORDER BY number;
END $$;

CREATE FUNCTION commit(
    name text, topics text[], partitions integer[], next_offsets bigint[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = eventlog, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM check_group(name);
    INSERT INTO progress ("group", topic, partition, next_offset)
    SELECT name, * FROM unnest(topics, partitions, next_offsets)
    ON CONFLICT ("group", topic, partition)
        DO UPDATE SET next_offset = excluded.next_offset;
END $$;

-- Those who were killed are forgotten.
CREATE FUNCTION enter(name text, member_id uuid, topics text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventlog, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM check_group(name);
    DELETE FROM member WHERE "group" = name AND id NOT IN (SELECT id FROM alive);
    INSERT INTO member ("group", id, topics) VALUES (name, member_id, enter.topics);
END $$;

CREATE FUNCTION leave(name text, member_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventlog, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM check_group(name);
    DELETE FROM member WHERE "group" = name AND id = member_id;
END $$;
