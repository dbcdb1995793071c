-- Events become notes: one per event, or one readable dated digest per deal that holds every event,
-- or recent events in full and the older ones digested. Texts are sorted and put together here,
-- which takes memory, so this file runs once for each part of the owners.

CREATE OR REPLACE TEMP TABLE placed AS
SELECT
    object, _row, moment,
    coalesce(deal_key, contact_key) AS owner_key,
    CASE WHEN deal_key IS NOT NULL THEN ['deal', deal_key] ELSE ['contact', contact_key] END
        AS target,
    getvariable('history') = 'full' OR (getvariable('history') = 'recent' AND moment IS NOT NULL
        AND moment >= getvariable('exported_at')::TIMESTAMP - INTERVAL 365 DAY) AS in_full,
    '— ' || coalesce(stamp(moment) || ' · ', '') || head
        || coalesce(chr(10) || nullif(trim(body), ''), '') AS text,
    row_number() OVER (PARTITION BY coalesce(deal_key, contact_key)
        ORDER BY moment NULLS FIRST, object, _row) AS n
FROM route.event
WHERE coalesce(deal_key, contact_key) IS NOT NULL
    AND hash(coalesce(deal_key, contact_key)) % getvariable('parts')::UBIGINT
        = getvariable('part')::UBIGINT;

INSERT INTO route.placed_event SELECT object, _row, owner_key, in_full FROM placed;

INSERT INTO route.note
SELECT owner_key || '/event/' || n, target, 1, text FROM placed WHERE in_full;

-- A digest is split into parts of at most this many characters, counted as the destination will
-- hold them (a line break is four); events are not cut. Short ones, nearly all, need no counting.
INSERT INTO route.note
WITH RECURSIVE sized AS (
    SELECT owner_key, n, text, target,
        length(text) + 3 * (length(text) - length(replace(text, chr(10), ''))) + 8 AS size,
        row_number() OVER (PARTITION BY owner_key ORDER BY n) AS place
    FROM placed WHERE NOT in_full
),
long AS (
    SELECT owner_key, place, size FROM sized WHERE owner_key IN (
        SELECT owner_key FROM sized GROUP BY 1
        HAVING sum(size) > getvariable('note_length')::BIGINT)
),
filled AS (
    SELECT owner_key, place, size AS used, 0::BIGINT AS piece FROM long WHERE place = 1
    UNION ALL
    SELECT l.owner_key, l.place,
        CASE WHEN f.used + l.size > getvariable('note_length')::BIGINT THEN l.size
            ELSE f.used + l.size END,
        f.piece + CASE WHEN f.used + l.size > getvariable('note_length')::BIGINT THEN 1 ELSE 0 END
    FROM filled f JOIN long l ON l.owner_key = f.owner_key AND l.place = f.place + 1
),
cut AS (
    SELECT s.*, coalesce(f.piece, 0) AS piece
    FROM sized s LEFT JOIN filled f USING (owner_key, place)
),
joined AS (
    SELECT owner_key, piece, first(target) AS target, count(*) AS source_rows,
        string_agg(text, chr(10) || chr(10) ORDER BY n) AS text
    FROM cut GROUP BY 1, 2
),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY owner_key ORDER BY piece) AS part,
        count(*) OVER (PARTITION BY owner_key) AS parts
    FROM joined
)
SELECT owner_key || '/history/' || part, target, source_rows,
    'History from OctopusPro' || CASE WHEN parts > 1 THEN ' (part ' || part || ')' ELSE '' END
        || chr(10) || text
FROM numbered;
DROP TABLE placed;
