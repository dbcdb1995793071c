-- What would be lost because its record joined another one: a line in that one's history note.

-- A person who is there again: within the customer under the same name, or with another customer
-- under the same name and e-mail. The contact has one number of each kind; the others stand here.
INSERT INTO route.event
SELECT object, _row, moment, contact_key, false, event_text(moment, head, body),
    event_part(contact_key)
FROM (
    WITH again AS (
        SELECT r.*, k.key AS contact_key FROM route.person_row r
        JOIN route.person k ON k.account_key = r.account_key AND k.full_name = r.full_name
        WHERE r.n > 1 AND (r._row, r.n) NOT IN (SELECT (_row, n) FROM route.person)
        UNION ALL BY NAME
        SELECT * EXCLUDE (again, own_key, key), key AS contact_key FROM route.person
        WHERE key <> own_key
    )
    SELECT
        CASE WHEN p.n = 4 THEN 'customer_contact' ELSE 'customer' END,
        CASE WHEN p.n = 4 THEN p._row - 1000000000 ELSE p._row END,
        NULL, 'Also: ' || concat_ws(' ', p.first_name, p.last_name),
        concat_ws(chr(10),
            CASE WHEN p.email IS DISTINCT FROM c.email THEN 'E-mail: ' || p.email END,
            CASE WHEN p.mobile IS DISTINCT FROM c.mobile THEN 'Mobile: ' || p.mobile END,
            CASE WHEN p.phone IS DISTINCT FROM c.phone THEN 'Phone: ' || p.phone END,
            CASE WHEN p.title IS DISTINCT FROM c.title THEN 'Title: ' || p.title END,
            CASE WHEN p.relation IS DISTINCT FROM c.relation THEN 'Relation: ' || p.relation END,
            CASE WHEN a.key IS NOT NULL THEN concat_ws(chr(10), 'Customer: ' || a.account_name,
                'Joined: ' || a.date_joined::VARCHAR,
                'Invoice due days: ' || short(a.invoice_due_days), 'Rating: ' || short(a.rating),
                own.text) END) AS body,
        NULL, p.contact_key
    FROM again p
    JOIN route.contact c ON c.key = p.contact_key
    LEFT JOIN route.account a ON p.n = 1 AND a.key = p.account_key
    LEFT JOIN route.own_text own ON own.object = 'customer' AND own._row = a._row
    WHERE length(body) > 0
) AS e (object, _row, moment, head, body, deal_key, contact_key)
WHERE contact_key IS NOT NULL;

INSERT INTO route.event
SELECT object, _row, moment, contact_key, false, event_text(moment, head, body),
    event_part(contact_key)
FROM (
    SELECT 'customer_contact', x._row, NULL, 'Additional contact',
        concat_ws(chr(10), x.contact_name,
            CASE WHEN x.is_default THEN 'The default contact of this customer' END, own.text),
        NULL, m.contact_key
    FROM src.customer_contact x
    JOIN route.customer_ref r ON r.ref = x.customer_id
    JOIN route.main_contact m ON m.customer_key = r.key
    LEFT JOIN route.own_text own ON own.object = 'customer_contact' AND own._row = x._row
    WHERE x.is_default OR own.text IS NOT NULL
) AS e (object, _row, moment, head, body, deal_key, contact_key)
WHERE contact_key IS NOT NULL;

-- The own columns of a customer's row that was a duplicate of another: only one row fills fields.
INSERT INTO route.event
SELECT object, _row, moment, contact_key, false, event_text(moment, head, body),
    event_part(contact_key)
FROM (
    SELECT 'customer', c._row, c.date_joined::TIMESTAMP,
        'Merged duplicate customer ' || coalesce(c.customer_id, c.own_key), own.text, NULL, m.contact_key
    FROM route.customer c
    JOIN route.own_text own ON own.object = 'customer' AND own._row = c._row
    JOIN route.main_contact m ON m.customer_key = c.key
    WHERE c.own_key <> c.key
) AS e (object, _row, moment, head, body, deal_key, contact_key)
WHERE contact_key IS NOT NULL;
