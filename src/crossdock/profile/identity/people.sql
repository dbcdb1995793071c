-- Customers by what tells them: name, e-mails, phone numbers, address.
CREATE OR REPLACE TEMP TABLE identity_customer AS
SELECT _row, customer_id, email, mobile, phone,
    coalesce(business_name, nullif(concat_ws(' ', first_name, last_name), '')) AS named,
    lower(coalesce(named, email, mobile, 'Customer ' || customer_id)) AS exact,
    list_distinct(list_filter([email, email2, email3], lambda x: x <> '')) AS emails,
    list_distinct(list_filter([link.phone_digits(mobile), link.phone_digits(mobile2),
        link.phone_digits(mobile3), link.phone_digits(phone), link.phone_digits(phone2),
        link.phone_digits(phone3)], lambda x: x <> '')) AS phones,
    CASE WHEN regexp_matches(street, '[0-9]')
        THEN link.plain_name(concat_ws(' ', unit, street, coalesce(postcode, suburb))) END AS address,
    link.phone_digits(coalesce(mobile, phone)) AS digits
FROM src.customer;

-- Twice: the same name with the same e-mail or the same phone number. The mapping's policy
-- `duplicates` merges these.
CREATE OR REPLACE TEMP TABLE identity_twice AS
WITH by_email AS (
    SELECT *, CASE WHEN email IS NULL THEN _row
        ELSE min(_row) OVER (PARTITION BY exact, email) END AS root1
    FROM identity_customer
)
SELECT _row, named, email, coalesce(mobile, phone) AS number,
    CASE WHEN digits IS NOT NULL THEN min(root1) OVER (PARTITION BY exact, digits)
        ELSE root1 END AS root
FROM by_email;

CREATE OR REPLACE TEMP TABLE identity_contact AS
SELECT 'e-mail' AS kind, unnest(emails) AS value, _row FROM identity_customer
UNION ALL
SELECT 'phone', unnest(phones), _row FROM identity_customer
UNION ALL
SELECT 'address', address, _row FROM identity_customer WHERE address IS NOT NULL;

-- Contact details that several rows have, who are not the same already. What very many share is an
-- office or a placeholder, and says nothing about anybody.
CREATE OR REPLACE TEMP TABLE identity_shared AS
SELECT c.kind, c.value, c._row, t.root, k.named,
    -- Without titles and forms of companies, which are written or not.
    list_filter(string_split(regexp_replace(link.plain_name(k.named),
        '\b(pty|ltd|limited|inc|llc|co|mr|mrs|ms|miss|dr)\b', ' ', 'g'), ' '), lambda w: w <> '')
        AS words,
    count(DISTINCT t.root) OVER (PARTITION BY c.kind, c.value) AS roots
FROM identity_contact c
JOIN (SELECT kind, value FROM identity_contact GROUP BY ALL HAVING count(*) BETWEEN 2 AND 50)
    USING (kind, value)
JOIN identity_twice t USING (_row)
JOIN identity_customer k USING (_row)
WHERE k.named IS NOT NULL
QUALIFY roots > 1;

-- Alike: they share a contact detail, and their names differ in case, blanks, order or initials.
CREATE OR REPLACE TEMP TABLE identity_alike AS
SELECT b._row, first(a.named ORDER BY a._row) AS first_name_found, any_value(b.named) AS named,
    any_value(a.kind) AS kind, any_value(a.value) AS value
FROM identity_shared a
JOIN identity_shared b ON a.kind = b.kind AND a.value = b.value AND a._row < b._row
    AND a.root <> b.root
    AND (list_sort(a.words) = list_sort(b.words)
        OR (a.words[-1] = b.words[-1] AND a.kind <> 'address'
            AND (starts_with(a.words[1], b.words[1]) OR starts_with(b.words[1], a.words[1]))))
GROUP BY b._row;

-- Addresses and numbers in the logs that nobody in the export has.
CREATE OR REPLACE TEMP TABLE identity_email AS
SELECT value FROM identity_contact WHERE kind = 'e-mail'
UNION ALL
SELECT unnest(regexp_extract_all(value, '[^\s<>;,]+@[^\s<>;,]+'))
FROM identity_contact WHERE kind = 'e-mail' AND value LIKE '%@%@%'
UNION ALL SELECT email FROM src.customer_contact
UNION ALL SELECT email FROM src.inquiry
UNION ALL SELECT lower(email) FROM src.fieldworker
UNION ALL SELECT lower(email) FROM src.user;

CREATE OR REPLACE TEMP TABLE identity_phone AS
SELECT value FROM identity_contact WHERE kind = 'phone'
UNION ALL SELECT link.phone_digits(mobile) FROM src.customer_contact
UNION ALL SELECT link.phone_digits(mobile) FROM src.inquiry
UNION ALL SELECT link.phone_digits(unnest([mobile, phone])) FROM src.fieldworker
UNION ALL SELECT link.phone_digits(unnest([mobile, phone, emergency_phone])) FROM src.user;

CREATE OR REPLACE TEMP TABLE identity_stranger AS
WITH mailed AS (
    -- As they stand first: of most e-mails nothing more is asked.
    SELECT recipient, count(*) AS n FROM stage.email e
    WHERE recipient <> ''
        AND NOT EXISTS (SELECT 1 FROM identity_email r WHERE r.value = e.recipient)
    GROUP BY ALL
),
dialled AS (
    SELECT other AS number, count(*) AS n FROM (
        SELECT CASE WHEN lower(direction) LIKE 'in%' THEN "from" ELSE "to" END AS other
        FROM stage.sms
        UNION ALL
        SELECT CASE WHEN lower(direction) LIKE 'in%' THEN "from" ELSE "to" END FROM stage.call
    ) WHERE other <> '' GROUP BY ALL
),
told AS (
    SELECT 'e-mail' AS kind, lower(regexp_extract(recipient, '[^\s<>;,]+@[^\s<>;,]+')) AS value, n
    FROM mailed
    UNION ALL
    SELECT 'phone', link.phone_digits(number), n FROM dialled
)
SELECT kind, value, sum(n)::BIGINT AS n
FROM told t
WHERE value <> '' AND NOT EXISTS (
        SELECT 1 FROM identity_email e WHERE t.kind = 'e-mail' AND e.value = t.value)
    AND NOT EXISTS (SELECT 1 FROM identity_phone p WHERE t.kind = 'phone' AND p.value = t.value)
GROUP BY ALL ORDER BY n DESC, value;
