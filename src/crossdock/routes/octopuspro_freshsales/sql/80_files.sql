-- Files become documents on the deal or contact of their record, where the export holds the file.
CREATE OR REPLACE TABLE route.file AS
WITH listed AS (
    SELECT 'attachment' AS object, _row, record_type, record_number, file_name, file_path,
        kind AS what, tag, caption, uploaded_by, uploaded_at FROM src.attachment
    UNION ALL
    SELECT 'image', _row, record_type, record_number, file_name, file_path, image_type, tag,
        caption, uploaded_by, uploaded_at FROM src.image
),
named AS (
    SELECT *, coalesce(file_name, parse_filename(file_path)) AS name FROM listed
),
placed AS (
    SELECT
        f.*,
        n.deal_key,
        coalesce(m.contact_key, c.contact_key) AS contact_key,
        d.path AS disk_path, d.bytes
    FROM named f
    LEFT JOIN route.number_ref n ON n.number = as_key(f.record_number)
    LEFT JOIN route.main_contact m ON n.deal_key IS NULL
        AND m.customer_key = 'C' || as_key(f.record_number)
    LEFT JOIN route.customer_ref r ON n.deal_key IS NULL AND r.ref = f.record_number
    LEFT JOIN route.main_contact c ON c.customer_key = r.key
    LEFT JOIN stage._media d
        ON d.place = coalesce(f.file_path, 'files/' || f.record_number || '/' || f.file_name)
)
SELECT
    *,
    CASE WHEN deal_key IS NOT NULL THEN ['deal', deal_key] ELSE ['contact', contact_key] END
        AS target,
    coalesce(deal_key, contact_key) || '_' || row_number() OVER (
        PARTITION BY coalesce(deal_key, contact_key) ORDER BY object, _row) || '_'
        || regexp_replace(name, '[^A-Za-z0-9._-]+', '_', 'g') AS source_key,
    CASE
        WHEN disk_path IS NULL THEN 'the file is listed, but not in the export'
        WHEN coalesce(deal_key, contact_key) IS NULL THEN 'its record is not in the export'
    END AS problem
FROM placed;

CREATE OR REPLACE TABLE route.document AS
SELECT source_key, object, _row AS source_row, disk_path AS path, bytes, target
FROM route.file WHERE problem IS NULL;
