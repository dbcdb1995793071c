-- What was written and is no living record's number, letter by letter: read more closely.

-- A cell may hold several, with `;` between them, or with `,` where they are numbers.
CREATE OR REPLACE TEMP TABLE part AS
SELECT m.* EXCLUDE (parts), p.part, p.place
FROM (
    SELECT *, list_filter(list_transform(
        CASE WHEN NOT many THEN [written] WHEN names THEN string_split(written, ';')
            ELSE regexp_split_to_array(written, '[;,]') END,
        lambda x: trim(regexp_replace(x, '\s+', ' ', 'g'))), lambda x: x <> '') AS parts
    FROM miss
) m, (SELECT unnest(m.parts) AS part, generate_subscripts(m.parts, 1) AS place) p;

CREATE OR REPLACE TEMP TABLE wanted AS
SELECT p.*, a.kind FROM (SELECT DISTINCT target, type, names, part FROM part) p
JOIN aim a USING (target, type);

CREATE OR REPLACE TEMP TABLE letter AS
SELECT w.target, w.type, w.part, 1 AS rank, k.number, k.state, k._row FROM wanted w
JOIN known k ON k.kind = w.kind AND k.number = w.part;

CREATE OR REPLACE TEMP TABLE unclear AS
SELECT *, CASE WHEN names
    THEN link.name_words(regexp_replace(part, '\s*\(part \d+ of \d+\)$', '', 'i'))
    ELSE link.number_tail(part) END AS tail
FROM wanted w ANTI JOIN letter USING (target, type, part);

CREATE OR REPLACE TEMP TABLE near AS
SELECT u.*, k.number, k.state, k._row
FROM unclear u
JOIN (SELECT k.*, c.names, CASE WHEN c.names THEN link.name_words(number)
        ELSE link.number_tail(number) END AS tail
    FROM known k JOIN (SELECT DISTINCT kind, names FROM unclear) c USING (kind)) k
    USING (kind, names, tail);

-- What each of them means: the closer a record's own number is, the better. Without its prefix a
-- number may still be told, but not when what stands before the digits is no prefix of letters.
CREATE OR REPLACE TEMP TABLE meaning AS
WITH stems AS (
    SELECT *, link.number_stem(part) AS own, link.number_stem(number) AS other FROM near
    WHERE NOT names
),
found AS (
    FROM letter
    UNION ALL
    SELECT target, type, part, CASE WHEN upper(number) = upper(part) THEN 2
        WHEN own = other THEN 3 ELSE 4 END, number, state, _row
    FROM stems
    WHERE own = other OR (own = '' AND regexp_full_match(other, '\pL+'))
       OR (other = '' AND regexp_full_match(own, '\pL+'))
    UNION ALL
    SELECT target, type, part, CASE WHEN lower(number) = lower(part) THEN 2
        WHEN link.plain_name(number) = link.plain_name(part) THEN 3 ELSE 4 END, number, state, _row
    FROM near WHERE names
),
closest AS (
    SELECT *, min(rank) OVER (PARTITION BY target, type, part) AS best FROM found
)
SELECT target, type, part, best AS rank, count(DISTINCT number) AS numbers,
    first(number ORDER BY _row) AS number,
    CASE WHEN count(state) = count(*) THEN any_value(state) END AS state,
    array_to_string(list_sort(list_distinct(list(number)))[1:3], ', ') AS candidates
FROM closest WHERE rank = best GROUP BY ALL;

-- Letters in the other case are the same number to everybody: then the first record has it.
CREATE OR REPLACE TEMP TABLE read_part AS
SELECT p.*, m.rank, m.candidates,
    CASE WHEN m.numbers = 1 OR m.rank <= 2 THEN m.number END AS number,
    CASE WHEN m.part IS NULL THEN 'missing'
         WHEN m.numbers > 1 AND m.rank > 2 THEN 'several' ELSE m.state END AS state
FROM part p LEFT JOIN meaning m USING (target, type, part);

INSERT INTO link.spelling BY NAME
SELECT object, field, type, written, any_value(n) AS n, max(rank) AS rank, any_value(_row) AS _row,
    string_agg(coalesce(number, part), '; ' ORDER BY place) AS number
FROM read_part WHERE spelled
GROUP BY object, field, type, written HAVING number <> written;

INSERT INTO link.dangling BY NAME
SELECT code, object, field, part AS written, state, candidates, sum(n)::BIGINT AS n,
    min(_row) AS _row
FROM read_part WHERE state IS NOT NULL GROUP BY ALL;
