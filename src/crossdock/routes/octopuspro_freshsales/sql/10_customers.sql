-- Customers become accounts and people become contacts.

-- Every customer row with the name its account would have and the row it is a duplicate of.
-- The same name together with the same e-mail or the same phone number, in whatever spelling, is the
-- same customer; `profile/identity` tells of the same ones.
CREATE OR REPLACE TABLE route.customer AS
WITH RECURSIVE named AS (
    SELECT
        *,
        coalesce(business_name, nullif(concat_ws(' ', first_name, last_name), ''), email, mobile,
            'Customer ' || customer_id) AS name,
        link.phone_digits(coalesce(mobile, phone)) AS digits
    FROM src.customer
),
same_email AS (
    SELECT *, CASE WHEN email IS NULL THEN _row
        ELSE min(_row) OVER (PARTITION BY lower(name), email) END AS step1
    FROM named
),
same_phone AS (
    SELECT *, CASE WHEN digits IS NULL THEN step1
        ELSE min(step1) OVER (PARTITION BY lower(name), digits) END AS step2
    FROM same_email
),
-- A row leads to an earlier one, which may lead further; each chain is followed to its end.
chase AS (
    SELECT _row, step2 AS first_row FROM same_phone
    UNION
    SELECT c._row, s.step2 FROM chase c JOIN same_phone s ON s._row = c.first_row
    WHERE s.step2 < c.first_row
),
chained AS (
    SELECT s.* EXCLUDE (step1, step2), e.first_row
    FROM same_phone s
    JOIN (SELECT _row, min(first_row) AS first_row FROM chase GROUP BY 1) e USING (_row)
),
keyed AS (
    SELECT
        *,
        'C' || as_key(coalesce(customer_id, 'row' || _row))
            || CASE WHEN n > 1 THEN '~' || n ELSE '' END AS own_key
    FROM (
        SELECT *, row_number() OVER (PARTITION BY coalesce(as_key(customer_id), 'row' || _row)
            ORDER BY _row) AS n
        FROM chained
    )
),
linked AS (
    SELECT DISTINCT customer_id FROM (
        SELECT customer_id FROM src.booking UNION ALL SELECT customer_id FROM src.quote
        UNION ALL SELECT customer_id FROM src.invoice
    )
),
merged AS (
    SELECT
        k.* EXCLUDE (n),
        CASE WHEN getvariable('duplicates') = 'merge' THEN coalesce(m.own_key, k.own_key)
            ELSE k.own_key END AS key
    FROM keyed k LEFT JOIN keyed m ON m._row = k.first_row
)
-- A customer is deleted when every row of it is, and has records when any row has.
SELECT
    *,
    bool_and(coalesce(lower(status) = 'deleted' OR deleted_at IS NOT NULL, false))
        OVER (PARTITION BY key) AS is_deleted,
    bool_or(coalesce(customer_id IN (SELECT customer_id FROM linked), false))
        OVER (PARTITION BY key) AS is_linked
FROM merged;

-- Where a reference to a customer leads: by id, or by name where an export shows no ids.
CREATE OR REPLACE TABLE route.customer_ref AS
SELECT customer_id AS ref, first(key ORDER BY _row) AS key FROM route.customer
WHERE customer_id IS NOT NULL GROUP BY 1;
CREATE OR REPLACE TABLE route.customer_name_ref AS
SELECT lower(name) AS ref, first(key ORDER BY _row) AS key FROM route.customer
GROUP BY 1 HAVING count(DISTINCT key) = 1;

-- One row per account. Names are unique at the destination: a second Jane Citizen carries her
-- number, or her suburb by the policy, unless a Jane Citizen of that suburb is there before her.
CREATE OR REPLACE TABLE route.account AS
WITH moved AS (
    SELECT *, lower(left(name, 240)) AS plain,
        row_number() OVER (PARTITION BY plain ORDER BY _row) > 1 AS again
    FROM route.customer
    WHERE own_key = key AND (getvariable('deleted_customers') = 'all' OR NOT is_deleted OR is_linked)
),
called AS (
    SELECT *, CASE WHEN again AND getvariable('same_names') = 'place'
        THEN left(name, 140) || ' (' || left(suburb, 90) || ')' END AS with_place
    FROM moved
),
renamed AS (
    SELECT * EXCLUDE (plain, again, with_place),
        CASE WHEN NOT again THEN left(name, 240)
            WHEN row_number() OVER (PARTITION BY lower(with_place) ORDER BY _row) = 1
                AND lower(with_place) NOT IN (SELECT plain FROM moved) THEN with_place
            ELSE left(name, 230) || ' (' || coalesce(customer_id, own_key) || ')' END
            AS account_name
    FROM called
)
SELECT
    c.* EXCLUDE (own_key, first_row),
    nullif(concat_ws(' ', CASE WHEN unit IS NULL THEN NULL ELSE unit || ',' END, street), '')
        AS street_line,
    tags.merged AS all_labels,
    c.key AS source_key
FROM renamed c
LEFT JOIN (
    SELECT key, list_sort(list_distinct(flatten(list(as_list(labels))))) AS merged FROM (
        SELECT key, labels, _row FROM route.customer WHERE labels IS NOT NULL
        UNION ALL
        SELECT r.key, l.label, 1000000000 + l._row FROM src.label l
        JOIN route.customer_ref r ON r.ref = l.record_number
    ) GROUP BY 1
) tags USING (key);

-- Deleted customers without any record stay behind, and what belongs to them.
CREATE OR REPLACE TABLE route.skipped_customer AS
SELECT ref, key FROM route.customer_ref WHERE key NOT IN (SELECT key FROM route.account);

-- The accounts that are made, by the policy.
CREATE OR REPLACE TABLE route.sales_account AS
SELECT * FROM route.account
WHERE getvariable('accounts') = 'all' OR lower(customer_type) = 'business';

-- Everyone who stands in a customer's row or among its additional contacts.
CREATE OR REPLACE TABLE route.person_row AS
WITH rows AS (
    SELECT _row, 1 AS n, key, first_name, last_name, email, mobile, phone, customer_title AS title,
        NULL AS relation
    FROM route.customer
    UNION ALL
    SELECT _row, 2, key, first_name2, last_name2, email2, mobile2, phone2, NULL, NULL
    FROM route.customer
    WHERE coalesce(first_name2, last_name2, email2, mobile2, phone2) IS NOT NULL
    UNION ALL
    SELECT _row, 3, key, first_name3, last_name3, email3, mobile3, phone3, NULL, NULL
    FROM route.customer
    WHERE coalesce(first_name3, last_name3, email3, mobile3, phone3) IS NOT NULL
    UNION ALL
    SELECT c._row + 1000000000, 4, r.key, split_part(contact_name, ' ', 1),
        nullif(substr(contact_name, length(split_part(contact_name, ' ', 1)) + 2), ''),
        c.email, c.mobile, NULL, NULL, c.relation
    FROM src.customer_contact c JOIN route.customer_ref r ON r.ref = c.customer_id
)
SELECT
    rows.* EXCLUDE (key, first_name, last_name),
    a.key AS account_key,
    a._row AS account_row,
    a.business_name,
    rows.first_name,
    coalesce(rows.last_name, rows.first_name, a.name) AS last_name,
    coalesce(nullif(lower(concat_ws(' ', rows.first_name, rows.last_name)), ''), lower(rows.email),
        lower(a.name)) AS full_name
FROM rows JOIN route.account a ON a.key = rows.key;

-- Within one account the same name is the same person; across accounts it takes the same name and
-- the same e-mail.
CREATE OR REPLACE TABLE route.person AS
WITH own AS (
    SELECT *, row_number() OVER (PARTITION BY account_key, full_name
        ORDER BY n = 4, _row, n) AS again
    FROM route.person_row
),
keyed AS (
    SELECT
        *,
        account_key || '-' || row_number() OVER (PARTITION BY account_key ORDER BY n = 4, _row, n)
            AS own_key
    FROM own WHERE again = 1
)
SELECT
    *,
    CASE WHEN email IS NULL THEN own_key ELSE
        first(own_key) OVER (PARTITION BY full_name, email ORDER BY account_row, _row, n) END AS key
FROM keyed;

-- Inquiries that became nothing and belong to no customer are people as well: early leads.
CREATE OR REPLACE TABLE route.inquiry AS
SELECT
    i.*,
    as_key(inquiry_number) || CASE WHEN row_number() OVER (PARTITION BY as_key(inquiry_number)
        ORDER BY i._row) > 1 THEN '~' || i._row ELSE '' END AS key,
    coalesce(r.key, n.key, p.account_key) AS customer_key,
    p.key AS person_key
FROM src.inquiry i
LEFT JOIN route.customer_ref r ON r.ref = i.customer_id
LEFT JOIN route.customer_name_ref n ON i.customer_id IS NULL AND n.ref = lower(i.customer_name)
LEFT JOIN (SELECT email, first(key ORDER BY key) AS key, first(account_key ORDER BY key)
    AS account_key FROM route.person WHERE email IS NOT NULL GROUP BY 1) p
    ON r.key IS NULL AND n.key IS NULL AND p.email = i.email;

-- One row per contact. An e-mail address is unique at the destination: whoever has it second
-- keeps it as work e-mail, and gets a placeholder where the destination demands an address. So
-- does whoever has something that is no address.
CREATE OR REPLACE TABLE route.contact AS
WITH people AS (
    SELECT key, own_key, n, _row, account_key, account_row, first_name, last_name, full_name,
        email, mobile, phone, title, relation, business_name, NULL::TIMESTAMP AS inquired,
        NULL AS inquiry_source
    FROM route.person WHERE key = own_key
    UNION ALL
    SELECT key, key, 9, i._row, NULL, 2000000000 + i._row,
        CASE WHEN customer_name LIKE '% %' THEN split_part(customer_name, ' ', 1) END,
        coalesce(nullif(regexp_replace(customer_name, '^\S+\s+', ''), ''), email, mobile, key),
        lower(customer_name), email, mobile, NULL, NULL, NULL, NULL, created, source
    FROM route.inquiry i
    WHERE customer_key IS NULL AND (nullif(converted_to, '') IS NULL)
),
ranked AS (
    SELECT *,
        row_number() OVER (PARTITION BY email ORDER BY account_row, n, _row) AS holder,
        coalesce(regexp_full_match(email, '[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+'), false) AS is_address
    FROM people
)
SELECT
    r.* EXCLUDE (holder, is_address),
    CASE WHEN holder = 1 AND is_address THEN r.email END AS own_email,
    CASE WHEN holder > 1 OR NOT is_address THEN r.email END AS shared_email,
    CASE
        WHEN holder = 1 AND is_address THEN r.email
        WHEN getvariable('missing_email') = 'placeholder'
            THEN lower(regexp_replace(r.key, '[^A-Za-z0-9-]', '-', 'g')) || '@no-email.invalid'
    END AS address_to_send,
    accounts.keys AS account_keys,
    r.n = 9 AS is_lead,
    r.key AS source_key,
    -- What the customer row says of the customer as a whole stands on its first person.
    a.* EXCLUDE (_row, _file, key, first_name, last_name, email, mobile, phone, business_name)
FROM ranked r
LEFT JOIN route.account a ON r.n = 1 AND a.key = r.account_key
LEFT JOIN (
    SELECT p.key, list(p.account_key ORDER BY p.own_key <> p.key, p.account_row) AS keys
    FROM route.person p JOIN route.sales_account s ON s.key = p.account_key GROUP BY 1
) accounts ON accounts.key = r.key;

-- Whom a record of a customer is put on: the first person of its row.
CREATE OR REPLACE TABLE route.main_contact AS
SELECT account_key AS customer_key, first(key ORDER BY n = 4, _row, n) AS contact_key
FROM route.person GROUP BY 1;
