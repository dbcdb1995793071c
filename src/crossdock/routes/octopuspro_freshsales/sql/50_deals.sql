-- One row per deal, with everything that a mapping may take from its job.

-- Field workers with the user they would be: by e-mail, a sub-worker by his lead's.
CREATE OR REPLACE TABLE route.worker AS
SELECT
    f.*,
    'W' || as_key(coalesce(fieldworker_id, display_name)) AS key,
    lower(display_name) AS ref,
    lower(coalesce(status, 'active')) IN ('active', 'yes', 'true', '1') AS is_active,
    lower(display_name) LIKE 'general field%worker%' AS is_general,
    coalesce(f.email LIKE '%@example.invalid' OR f.email LIKE '%placeholder%', false)
        AS is_placeholder
FROM src.fieldworker f;

-- Somebody without any address gets a placeholder, so that there can be a user to own the records.
CREATE OR REPLACE MACRO placeholder_address(name, key) AS coalesce(nullif(trim(regexp_replace(
    strip_accents(lower(name)), '[^a-z0-9]+', '.', 'g'), '.'), ''), lower(key)) || '@no-email.invalid';

CREATE OR REPLACE TABLE route.person_email AS
SELECT ref, first(email ORDER BY rank, email) AS email, min(rank) = 4 AS is_placeholder FROM (
    SELECT ref, email, 1 AS rank FROM route.worker WHERE email IS NOT NULL AND NOT is_general
    UNION ALL
    SELECT lower(display_name), email, 2 FROM src.user WHERE email IS NOT NULL
    UNION ALL
    SELECT w.ref, lead.email, 3 FROM route.worker w
    JOIN route.worker lead ON lead.ref = lower(w.parent_fieldworker)
    WHERE lead.email IS NOT NULL
    UNION ALL
    SELECT ref, placeholder_address(display_name, key), 4 FROM route.worker
    WHERE email IS NULL AND NOT is_general AND display_name IS NOT NULL
) GROUP BY 1;

-- Who owns a deal: the job's first field worker with an address, else its sales rep, else the first
-- field worker without one.
CREATE OR REPLACE TABLE route.deal_owner AS
WITH workers AS (
    SELECT as_key(s.booking_number) AS booking_key,
        first(e.email ORDER BY s._row) FILTER (NOT e.is_placeholder) AS email,
        first(e.email ORDER BY s._row) FILTER (e.is_placeholder) AS unreachable
    FROM src.booking_fieldworker s JOIN route.person_email e ON e.ref = lower(s.fieldworker)
    GROUP BY 1
),
named AS (
    SELECT b.key AS booking_key,
        first(e.email ORDER BY position) FILTER (NOT e.is_placeholder) AS email,
        first(e.email ORDER BY position) FILTER (e.is_placeholder) AS unreachable
    FROM (SELECT key, unnest(as_list(fieldworkers)) AS name,
        generate_subscripts(as_list(fieldworkers), 1) AS position FROM route.booking) b
    JOIN route.person_email e ON e.ref = lower(b.name) GROUP BY 1
)
SELECT j.deal_key, coalesce(w.email, n.email, rep.email, w.unreachable, n.unreachable)
    AS email
FROM route.job j
LEFT JOIN workers w ON j.kind = 'booking' AND w.booking_key = j.document_key
LEFT JOIN named n ON j.kind = 'booking' AND n.booking_key = j.document_key
LEFT JOIN route.booking b ON j.kind = 'booking' AND b.key = j.document_key
LEFT JOIN route.quote q ON j.kind = 'quote' AND q.key = j.document_key
LEFT JOIN route.invoice i ON j.kind = 'invoice' AND i.key = j.document_key
LEFT JOIN route.person_email rep
    ON rep.ref = lower(coalesce(b.sales_rep, q.sales_rep, i.sales_rep));

CREATE OR REPLACE TABLE route.status_change AS
SELECT
    as_key(h.booking_number) AS booking_key, h._row, h.date_time AS moment, h.user AS by_name,
    h.old_value, h.new_value, as_status(h.new_value) AS status_key,
    row_number() OVER (PARTITION BY as_key(h.booking_number) ORDER BY h.date_time, h._row) AS n
FROM src.booking_history h
WHERE lower(h.action) LIKE '%status%' AND h.new_value IS NOT NULL;

CREATE OR REPLACE TABLE route.deal AS
WITH members AS (
    SELECT
        m.deal_key,
        first(q.key ORDER BY q.key) AS quote_key,
        string_agg(CASE WHEN i.key IS NOT NULL THEN i.invoice_number
            || CASE WHEN i.is_void THEN ' (void)' ELSE '' END END, '; ' ORDER BY i.key)
            AS invoice_numbers,
        string_agg(DISTINCT CASE WHEN NOT i.is_void THEN i.status END, '; '
            ORDER BY CASE WHEN NOT i.is_void THEN i.status END) AS invoice_status,
        min(i.issue_date) FILTER (WHERE NOT i.is_void) AS first_invoiced,
        max(i.due_date) FILTER (WHERE NOT i.is_void) AS due,
        bool_and(i.is_void) FILTER (WHERE i.key IS NOT NULL) AS only_void
    FROM route.member m
    LEFT JOIN route.quote q ON m.object = 'quote' AND q.key = m.key
    LEFT JOIN route.invoice i ON m.object = 'invoice' AND i.key = m.key
    GROUP BY 1
),
ended AS (
    SELECT c.booking_key, max(c.moment) AS moment FROM route.status_change c
    JOIN route.booking b ON b.key = c.booking_key AND b.status_key = c.status_key GROUP BY 1
),
said AS (
    SELECT as_key(booking_number) AS booking_key, first(service ORDER BY _row) AS service
    FROM src.booking_service GROUP BY 1
),
offered AS (
    SELECT as_key(quote_number) AS quote_key, first(item ORDER BY _row) AS item
    FROM src.quote_item GROUP BY 1
),
billed AS (
    SELECT as_key(invoice_number) AS invoice_key, first(item ORDER BY _row) AS item
    FROM src.invoice_item GROUP BY 1
)
SELECT
    j.deal_key AS source_key,
    j.kind, j._row AS source_row, j.customer_key,
    coalesce(b.booking_number, q.quote_number, i.invoice_number) AS number,
    s.key AS account_key,
    c.contact_key, x.key AS onsite_key,
    left(concat_ws(' · ',
        coalesce(b.booking_number, q.quote_number, i.invoice_number)
            || CASE WHEN greatest(b.copy, q.copy, i.copy) > 1
                THEN ' (' || greatest(b.copy, q.copy, i.copy) || ')' ELSE '' END,
        coalesce(said.service, offered.item, billed.item),
        coalesce(a.name, b.customer_name, q.customer_name, i.customer_name)), 250) AS deal_name,
    j.kind || ': ' || coalesce(b.status_key, q.status_key, i.status_key, 'NONE') AS status,
    j.kind || ': ' || coalesce(b.status_key, q.status_key, i.status_key, 'NONE')
        || coalesce(' / ' || own_quote.decline_reason, '') AS lost_status,
    own_quote.decline_reason,
    coalesce(b.created, q.created, i.issue_date::TIMESTAMP)::DATE AS created_on,
    coalesce(ended.moment::DATE, b.last_end::DATE, b.first_start::DATE, q.decided_at::DATE,
        q.expiry_date, m.first_invoiced, i.issue_date) AS ended_on,
    coalesce(b.first_start::DATE, q.expiry_date, i.due_date) AS expected_on,
    o.email AS owner_email,
    dollars(d.amount) AS amount, d.basis,
    dollars(d.invoiced) AS invoiced, dollars(d.paid) AS paid, dollars(d.refunded) AS refunded,
    dollars(d.outstanding) AS outstanding, dollars(d.quoted) AS quoted,
    own_quote.quote_number AS quote_number,
    own_quote.status AS quote_status,
    m.invoice_numbers, m.invoice_status, m.first_invoiced, m.due AS due_date,
    nullif(list_sort(list_distinct(list_concat(as_list(coalesce(b.labels, q.labels, i.labels)),
        coalesce(tagged.labels, [])))), []) AS tags,
    coalesce(b.address, q.address, i.billing_address) AS address,
    coalesce(b.sales_rep, q.sales_rep, i.sales_rep) AS sales_rep,
    b.* EXCLUDE (_row, _file, key, copy, status_key, customer_key, is_deleted, labels, address,
        sales_rep, created, status, quote_number, customer_id, customer_name, paid),
    answers.* EXCLUDE (deal_key),
    quotes_own.* EXCLUDE (deal_key, quote_own_nothing),
    invoices_own.* EXCLUDE (deal_key, invoice_own_nothing)
FROM route.job j
JOIN route.deal_money d USING (deal_key)
LEFT JOIN members m USING (deal_key)
LEFT JOIN route.deal_owner o USING (deal_key)
LEFT JOIN route.booking b ON j.kind = 'booking' AND b.key = j.document_key
LEFT JOIN route.quote q ON j.kind = 'quote' AND q.key = j.document_key
LEFT JOIN route.invoice i ON j.kind = 'invoice' AND i.key = j.document_key
LEFT JOIN route.answer_column answers USING (deal_key)
LEFT JOIN route.quote_own quotes_own USING (deal_key)
LEFT JOIN route.invoice_own invoices_own USING (deal_key)
LEFT JOIN route.quote own_quote ON own_quote.key = coalesce(q.key, m.quote_key)
LEFT JOIN route.account a ON a.key = j.customer_key
LEFT JOIN route.sales_account s ON s.key = j.customer_key
LEFT JOIN route.main_contact c ON c.customer_key = j.customer_key
LEFT JOIN (SELECT account_key, full_name, first(key ORDER BY key) AS key FROM route.person GROUP BY 1, 2) x
    ON x.account_key = j.customer_key AND x.full_name = lower(b.onsite_contact)
    AND x.key <> c.contact_key
LEFT JOIN (SELECT n.deal_key, list(l.label ORDER BY l._row) AS labels FROM src.label l
    JOIN route.number_ref n ON n.number = as_key(l.record_number) GROUP BY 1) tagged
    USING (deal_key)
LEFT JOIN ended ON j.kind = 'booking' AND ended.booking_key = b.key
LEFT JOIN said ON j.kind = 'booking' AND said.booking_key = b.key
LEFT JOIN offered ON j.kind = 'quote' AND offered.quote_key = q.key
LEFT JOIN billed ON j.kind = 'invoice' AND billed.invoice_key = i.key;

-- The destination upserts deals in bulk by name, so that two must never share one.
UPDATE route.deal SET deal_name = left(deal_name, 200) || ' · ' || source_key
WHERE lower(deal_name) IN (
    SELECT lower(deal_name) FROM route.deal GROUP BY 1 HAVING count(*) > 1);
