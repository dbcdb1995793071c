-- Who has a name, by how closely it is the same: 1 letter by letter, 2 in words, 3 not the name
-- that the customer goes by, 4 with the words in any order.
CREATE OR REPLACE TEMP TABLE candidate AS
WITH called AS (
    SELECT DISTINCT rank, key, _row FROM (
        SELECT 1 AS rank, lower(display_name) AS key, _row FROM customer
        UNION ALL SELECT 2, link.plain_name(display_name), _row FROM customer
        UNION ALL SELECT 3, link.plain_name(full_name), _row FROM customer
        UNION ALL SELECT 3, link.plain_name(business_name), _row FROM customer
        UNION ALL SELECT 4, link.name_words(full_name), _row FROM customer
        UNION ALL SELECT 4, link.name_words(business_name), _row FROM customer
    ) WHERE key <> ''
),
name AS (
    SELECT DISTINCT name FROM asking
),
wanted AS (
    SELECT name, 1 AS rank, lower(name) AS key FROM name
    UNION ALL SELECT name, 2, link.plain_name(name) FROM name
    UNION ALL SELECT name, 3, link.plain_name(name) FROM name
    UNION ALL SELECT name, 4, link.name_words(name) FROM name
),
met AS (
    SELECT w.name, w.rank, c._row, min(w.rank) OVER (PARTITION BY w.name) AS best
    FROM wanted w JOIN called c USING (rank, key)
)
SELECT DISTINCT m.name, c.* FROM met m JOIN customer c USING (_row) WHERE m.rank = m.best;

-- Customers of one name who share an e-mail or a phone number are one customer, twice in the list.
-- A name that very many have is not looked into: its bearers stay apart.
CREATE OR REPLACE TEMP TABLE same AS
WITH RECURSIVE several AS (
    SELECT * FROM candidate
    WHERE name IN (SELECT name FROM candidate GROUP BY 1 HAVING count(*) BETWEEN 2 AND 100)
),
pair AS (
    SELECT a.name, a._row, b._row AS other FROM several a JOIN several b
        ON a.name = b.name AND b._row < a._row
        AND (list_has_any(a.emails, b.emails) OR list_has_any(a.phones, b.phones))
),
chain AS (
    SELECT name, _row, other AS root FROM pair
    UNION
    SELECT c.name, c._row, p.other FROM chain c JOIN pair p ON p.name = c.name AND p._row = c.root
)
SELECT name, _row, min(root) AS root FROM chain GROUP BY 1, 2;

CREATE OR REPLACE TEMP TABLE bearer AS
SELECT c.name, coalesce(s.root, c._row) AS root, list(c.customer_id ORDER BY c._row)[1] AS customer_id,
    flatten(list(c.emails)) AS emails, flatten(list(c.phones)) AS phones,
    flatten(list(c.places)) AS places,
    list({'street': c.street, 'suburb': c.suburb, 'postcode': c.postcode}) AS homes,
    count(*) OVER (PARTITION BY c.name) AS bearers
FROM candidate c LEFT JOIN same s ON s.name = c.name AND s._row = c._row
GROUP BY c.name, coalesce(s.root, c._row);

INSERT INTO link.customer_of
SELECT a.object, a._row, b.customer_id, 'name', a.name
FROM asking a JOIN bearer b USING (name) WHERE b.bearers = 1;

-- Several have the name: what else does the row say of its customer?
INSERT INTO link.customer_of
SELECT object, _row, any_value(customer_id), 'contact', any_value(name)
FROM (
    SELECT a.object, a._row, a.name, b.customer_id
    FROM asking a JOIN bearer b USING (name)
    WHERE b.bearers > 1 AND (list_has_any(a.emails, b.emails) OR list_has_any(a.phones, b.phones)
        OR list_has_any(a.places, b.places)
        OR len(list_filter(b.homes, lambda h: h.street <> '' AND len(list_filter(a.places,
            lambda p: contains(p, h.street) AND (contains(p, coalesce(nullif(h.suburb, ''), '?'))
                OR contains(p, coalesce(h.postcode, '?'))))) > 0)) > 0)
)
GROUP BY 1, 2 HAVING count(*) = 1;

-- Or whose are the documents of the same job?
CREATE OR REPLACE TEMP TABLE known_document AS
SELECT d.number, d.names, coalesce(l.customer_id, d.customer_id) AS customer_id
FROM document d LEFT JOIN link.customer_of l USING (object, _row)
WHERE coalesce(l.customer_id, d.customer_id) IS NOT NULL;

CREATE OR REPLACE TEMP TABLE open_document AS
SELECT a.object, a._row, a.name, d.number, d.names
FROM asking a ANTI JOIN link.customer_of l USING (object, _row) JOIN document d USING (object, _row);

INSERT INTO link.customer_of
SELECT object, _row, any_value(customer_id), 'number', any_value(name)
FROM (
    SELECT o.object, o._row, o.name, k.customer_id
    FROM open_document o JOIN known_document k ON k.number = o.names
    UNION ALL
    SELECT o.object, o._row, o.name, k.customer_id
    FROM open_document o JOIN known_document k ON k.names = o.number
) JOIN bearer b USING (name, customer_id)
GROUP BY 1, 2 HAVING count(DISTINCT customer_id) = 1;

INSERT INTO link.customer_doubt
SELECT a.object, a._row, a.name, list(b.customer_id ORDER BY b.root) FILTER (b.customer_id IS NOT NULL)
FROM asking a ANTI JOIN link.customer_of l USING (object, _row)
LEFT JOIN bearer b ON b.name = a.name
GROUP BY ALL;
