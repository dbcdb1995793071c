-- Answers to custom fields, on the deal of their record. One field may be answered once per
-- service line; the answers are then joined in the order of the file.
CREATE OR REPLACE TABLE route.answer AS
SELECT
    a.*, coalesce(a.field_id, a.label) AS field_ref, n.deal_key
FROM src.custom_field_answer a
LEFT JOIN route.number_ref n ON n.number = as_key(a.record_number);

-- One column per field: `answer_<field id>`.
CREATE OR REPLACE TABLE route.answer_column AS
PIVOT (SELECT deal_key, 'answer_' || field_ref AS field, value, _row FROM route.answer
    WHERE deal_key IS NOT NULL)
ON field USING string_agg(value, '; ' ORDER BY _row) GROUP BY deal_key;
