-- Numbers by how they are written: what stands before the digits, and the digits.
CREATE OR REPLACE TEMP TABLE identity_number AS
SELECT object, rtrim(number, '0123456789') AS prefix,
    substr(number, length(rtrim(number, '0123456789')) + 1) AS digits
FROM (
    SELECT 'booking' AS object, booking_number AS number FROM src.booking
    UNION ALL SELECT 'quote', quote_number FROM src.quote
    UNION ALL SELECT 'invoice', invoice_number FROM src.invoice
    UNION ALL SELECT 'inquiry', inquiry_number FROM src.inquiry
) WHERE number IS NOT NULL;

-- The usual prefix of each object, and the others; the bare one has letters and digits only.
CREATE OR REPLACE TEMP TABLE identity_prefix AS
SELECT object, prefix, count(*) AS n,
    regexp_replace(upper(prefix), '[^\pL0-9]', '', 'g') AS bare,
    row_number() OVER (PARTITION BY object ORDER BY count(*) DESC, prefix) = 1 AS usual,
    prefix || min(digits) AS example
FROM identity_number GROUP BY object, prefix;

CREATE OR REPLACE TEMP TABLE identity_number_odd AS
SELECT n.*, p.usual FROM identity_number n JOIN identity_prefix p USING (object, prefix)
WHERE NOT p.usual OR starts_with(digits, '0') OR digits = '';

-- Numbers that differ in letters' case, punctuation or leading zeros alone: one of them is odd.
CREATE OR REPLACE TEMP TABLE identity_number_alike AS
SELECT n.object, list_sort(list(DISTINCT n.prefix || n.digits)) AS numbers
FROM identity_number n JOIN identity_prefix p USING (object, prefix)
WHERE (n.object, ltrim(n.digits, '0')) IN (
    SELECT (object, ltrim(digits, '0')) FROM identity_number_odd)
GROUP BY n.object, p.bare, ltrim(n.digits, '0')
HAVING count(DISTINCT n.prefix || n.digits) > 1;
