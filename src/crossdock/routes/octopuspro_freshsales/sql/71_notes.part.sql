-- Events become notes: one per event, or one readable dated digest per deal that holds every event,
-- or recent events in full and the older ones digested. Texts are sorted and put together here,
-- which takes memory, so this file runs once for each part of the owners. What decides where a text
-- goes is worked out without the texts: each is moved once.
CREATE OR REPLACE TEMP VIEW turn AS
SELECT rowid AS event, *, is_in_full(moment) AS in_full FROM route.event
WHERE part >= 4096 * getvariable('part') // getvariable('parts')
    AND part < 4096 * (getvariable('part') + 1) // getvariable('parts');

-- A digest is split into parts of at most this many characters, counted as the destination will
-- hold them (a line break is four); events are not cut. Nearly all are short and need no counting.
CREATE OR REPLACE TEMP TABLE ranked AS
WITH sized AS (
    SELECT event, owner_key, moment, object, _row, in_full,
        length(text) + 3 * (length(text) - length(replace(text, chr(10), ''))) + 8 AS size
    FROM turn
)
SELECT event, owner_key, in_full, size,
    row_number() OVER (PARTITION BY owner_key
        ORDER BY moment NULLS FIRST, object, _row, event) AS n,
    row_number() OVER (PARTITION BY owner_key, in_full
        ORDER BY moment NULLS FIRST, object, _row, event) AS place
FROM sized
WHERE getvariable('history') <> 'digest' OR owner_key IN (
    SELECT owner_key FROM sized GROUP BY 1 HAVING sum(size) > getvariable('note_length')::BIGINT);

INSERT INTO route.note
SELECT e.owner_key || '/event/' || n,
    [CASE WHEN on_deal THEN 'deal' ELSE 'contact' END, e.owner_key], 1, text
FROM turn e JOIN ranked USING (event) WHERE e.in_full;

INSERT INTO route.note
WITH RECURSIVE long AS (
    SELECT event, owner_key, place, size FROM ranked WHERE NOT in_full
),
filled AS (
    SELECT event, owner_key, place, size AS used, 0::BIGINT AS piece FROM long WHERE place = 1
    UNION ALL
    SELECT l.event, l.owner_key, l.place,
        CASE WHEN f.used + l.size > getvariable('note_length')::BIGINT THEN l.size
            ELSE f.used + l.size END,
        f.piece + CASE WHEN f.used + l.size > getvariable('note_length')::BIGINT THEN 1 ELSE 0 END
    FROM filled f JOIN long l ON l.owner_key = f.owner_key AND l.place = f.place + 1
),
cut AS (
    SELECT event, piece, max(piece) OVER (PARTITION BY owner_key) AS last FROM filled
),
joined AS (
    SELECT e.owner_key, coalesce(c.piece, 0) AS piece, coalesce(first(c.last), 0) AS last,
        first(e.on_deal) AS on_deal, count(*) AS source_rows,
        -- Sorted as a list, in half the time of an ordered string_agg.
        list_sort(list({'at': coalesce(e.moment, '-infinity'::TIMESTAMP), 'object': e.object,
            'row': e._row, 'event': e.event, 'text': e.text})) AS events
    FROM turn e LEFT JOIN cut c USING (event) WHERE NOT e.in_full GROUP BY 1, 2
)
SELECT owner_key || '/history/' || (piece + 1),
    [CASE WHEN on_deal THEN 'deal' ELSE 'contact' END, owner_key], source_rows,
    'History from OctopusPro' || CASE WHEN last > 0 THEN ' (part ' || (piece + 1) || ')' ELSE '' END
        || chr(10) || array_to_string(list_transform(events, lambda e: e.text), chr(10) || chr(10))
FROM joined;
DROP VIEW turn;
DROP TABLE ranked;
