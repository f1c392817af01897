-- A topic forgets what has had its time, as Kafka's do by themselves.

-- How far all have come who may read a topic: what one of them waits for stays.
CREATE VIEW read_by_all AS
SELECT partition.topic, partition.partition, min(
    CASE WHEN service IS NULL THEN partition.next_offset
        ELSE coalesce(progress.next_offset, 0) END
) AS next_offset
FROM partition
LEFT JOIN permission ON permission.topic = partition.topic AND action = 'read'
LEFT JOIN progress ON "group" = service AND progress.topic = partition.topic
    AND progress.partition = partition.partition
GROUP BY partition.topic, partition.partition;

-- Who appends to topics may call it: it deletes no more than the deployment has said. One call
-- works on these topics at a time, as two could wait for each other.
CREATE FUNCTION purge(topics text[], most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventlog, pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    deleted integer;
BEGIN
    PERFORM check_topics('append', topics);
    IF NOT pg_try_advisory_xact_lock(
        hashtextextended('eventlog purge ' || array_to_string(topics, ' '), 0)
    ) THEN
        RETURN false;
    END IF;
    WITH kept AS (
        SELECT topic, months FROM retention WHERE topic = ANY (topics)
    ), aged AS (
        SELECT record.topic, record.partition, record."offset"
        FROM kept JOIN read_by_all USING (topic),
        LATERAL (
            SELECT topic, partition, "offset", appended_at FROM record
            WHERE topic = read_by_all.topic AND partition = read_by_all.partition
                AND "offset" < read_by_all.next_offset
            ORDER BY "offset" LIMIT most
        ) AS record
        WHERE appended_at < now() - make_interval(months => months)
    ), followed AS (
        SELECT topic, partition, "offset"
        FROM (
            SELECT topic, partition, "offset",
                max("offset") OVER (PARTITION BY topic, partition, key) AS last_offset
            FROM record JOIN kept USING (topic) WHERE months IS NULL
        ) AS of_keys
        JOIN read_by_all USING (topic, partition)
        WHERE "offset" < last_offset AND "offset" < next_offset
    ), gone AS (
        DELETE FROM record WHERE (topic, partition, "offset") IN (
            (SELECT * FROM aged UNION SELECT * FROM followed) LIMIT most
        ) RETURNING 1
    )
    SELECT count(*) INTO deleted FROM gone;
    -- As an append locks them.
    PERFORM FROM partition WHERE topic = ANY (topics)
    ORDER BY topic, partition FOR UPDATE;
    UPDATE partition SET first_offset = first.first_offset
    FROM (
        SELECT topic, partition, coalesce(
            (
                SELECT min("offset") FROM record
                WHERE record.topic = partition.topic
                    AND record.partition = partition.partition
            ),
            next_offset
        ) AS first_offset
        FROM partition WHERE topic = ANY (topics)
    ) AS first
    WHERE partition.topic = first.topic AND partition.partition = first.partition
        AND partition.first_offset <> first.first_offset;
    RETURN deleted = most;
END $$;
