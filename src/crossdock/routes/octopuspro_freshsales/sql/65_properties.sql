-- Properties and dependants: a row each, with whatever columns their type has, as readable text.
-- Long exports repeat the property with one field and value per row; those are put together.
CREATE OR REPLACE TABLE route.property AS
SELECT
    p._row, p.property_id, p.customer_id, p.property_type, p.name, p.created,
    nullif(concat_ws(chr(10), p.field || ': ' || p.value, extra.text), '') AS details
FROM src.customer_property p
LEFT JOIN (
    SELECT _row, string_agg(column_name || ': ' || value, chr(10)) AS text
    FROM (UNPIVOT (SELECT _row, COLUMNS(lambda c: c NOT IN ('_row', '_file', 'property_id',
        'customer_id', 'property_type', 'name', 'field', 'value', 'created'))
        FROM (SELECT * REPLACE (CAST(created AS VARCHAR) AS created) FROM src.customer_property))
        ON COLUMNS(* EXCLUDE (_row)) INTO NAME column_name VALUE value)
    GROUP BY 1
) extra USING (_row);
