-- Properties and dependants: a row each, with whatever columns their type has, as readable text.
-- Long exports repeat the property with one field and value per row; those are put together.
CREATE OR REPLACE TABLE route.property AS
SELECT
    p._row, p.property_id, p.customer_id, p.property_type, p.name, p.created,
    nullif(concat_ws(chr(10), p.field || ': ' || p.value, extra.text), '') AS details
FROM src.customer_property p
LEFT JOIN (
    SELECT _row, string_agg(replace(regexp_replace(column_name, '^(own|cf)_', ''), '_', ' ') || ': ' || value,
        chr(10) ORDER BY column_name) AS text
    FROM (UNPIVOT (SELECT _row, COLUMNS(lambda c: c NOT IN ('_row', '_file', 'property_id',
        'customer_id', 'property_type', 'name', 'field', 'value', 'created'))
        FROM (SELECT * REPLACE (CAST(created AS VARCHAR) AS created), NULL::VARCHAR AS nothing
            FROM src.customer_property))
        ON COLUMNS(* EXCLUDE (_row)) INTO NAME column_name VALUE value)
    GROUP BY 1
) extra USING (_row);

-- As records of a custom module, where the policy says so: one per property, linked by the
-- customer's name, since how a lookup field is written is not documented.
CREATE OR REPLACE TABLE route.property_record AS
SELECT
    p._row, a.key AS account_key,
    'PROP' || as_key(coalesce(p.property_id, 'row' || p._row)) AS source_key
FROM route.property p
JOIN route.customer_ref r ON r.ref = p.customer_id
JOIN route.account a ON a.key = r.key
WHERE getvariable('properties') = 'module';

CREATE OR REPLACE TABLE route.cm_property AS
SELECT
    r.source_key,
    left(coalesce(first(p.name ORDER BY p._row), first(p.property_type ORDER BY p._row), 'Property') || ' · '
        || min(a.account_name), 250) AS property_name,
    first(p.property_type ORDER BY p._row) AS property_type,
    min(a.account_name) AS customer,
    min(m.contact_key) AS contact_key,
    min(p.created) AS created_on,
    string_agg(p.details, chr(10) ORDER BY p._row) AS details
FROM route.property_record r
JOIN route.property p USING (_row)
JOIN route.account a ON a.key = r.account_key
LEFT JOIN route.main_contact m ON m.customer_key = a.key
GROUP BY 1;
