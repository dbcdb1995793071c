-- Who was written to, about what: one row per job, the base of e-mails, messages and comments.
CREATE TABLE threads AS
SELECT j.j, j.kind, c.first AS who, c.name AS customer_name, c.email, c.mobile,
  coalesce(b.first_service, q.first_service, i.services) AS what,
  i.number AS inquiry, i.inquired_at, q.number AS quote, q.quoted_at, q.status AS quote_status,
  q.expires, b.number AS booking, b.booked_at, b.start_at, b.status, b.rep, b.worker_name,
  p.invoice, p.issued, p.paid_at, b.past, b.waived
FROM jobs j JOIN customers c ON c.id = j.customer
LEFT JOIN inquiries i USING (j) LEFT JOIN quotes q USING (j) LEFT JOIN bookings b USING (j)
LEFT JOIN booking_paid p USING (j)
WHERE j.kind <> 'invoice' ORDER BY j.j;

-- Visits: one per service line, or two or three of the same line on following days.
CREATE TABLE visits AS
SELECT l.j, l.line_id, b.number, v.visit, b.status, b.mode, b.worker_name, b.helper_name,
  b.worker, b.start_at + to_days((v.visit - 1)::INTEGER) + to_minutes(120 * (l.l - 1)) AS starts,
  starts + to_minutes(45 + 15 * n('length', l.k * 4 + l.l, 5)) AS ends,
  CASE WHEN b.status IN ('COMPLETED', 'RETURN VISIT', 'IN PROGRESS') AND starts < getvariable('now')
    THEN starts + to_minutes(n('late', l.line_id * 4 + v.visit, 25) - 8) END AS began,
  CASE WHEN b.status IN ('COMPLETED', 'RETURN VISIT') AND starts < getvariable('today')
    THEN ends + to_minutes(n('over', l.line_id * 4 + v.visit, 40) - 10) END AS finished
FROM bookings b JOIN lines l USING (j), unnest(range(1, CASE WHEN l.l = 1 THEN b.visits
  ELSE 1 END + 1)) AS v(visit)
WHERE b.mode IS NOT NULL ORDER BY b.number, l.line_id, v.visit;

CREATE TABLE booking_times AS
SELECT j, min(CASE mode WHEN 'Timed' THEN starts WHEN 'Part of day' THEN date_trunc('day', starts)
    + to_hours(8) ELSE date_trunc('day', starts) END) AS first_start,
  max(CASE mode WHEN 'Timed' THEN ends WHEN 'Part of day'
    THEN date_trunc('day', ends) + to_hours(12)
    ELSE date_trunc('day', ends) + to_minutes(1439) END) AS last_end,
  min(began) AS began, max(finished) AS finished
FROM visits GROUP BY j ORDER BY j;

CREATE TABLE crews AS
SELECT b.number, b.j, w.name, w.share, b.total, b.status, b.start_at,
  (b.total * w.share + 50) // 100 AS amount,
  u('issue', b.j) < 0.02 AND u('issue open', b.j) < 0.35 AND b.past AS withheld,
  b.status = 'COMPLETED' AND b.start_at < getvariable('today') - to_days(21)
    AND NOT withheld AS paid
FROM bookings b, unnest([
  {'name': b.worker_name, 'share': CASE WHEN b.helper_name IS NULL THEN 50 ELSE 30 END},
  {'name': b.helper_name, 'share': 20}]) AS t(w)
WHERE w.name IS NOT NULL ORDER BY b.number, w.share DESC;

CREATE TABLE issues AS
SELECT j, row_number() OVER (ORDER BY number) AS issue, number, start_at,
  u('issue open', j) AS o, start_at + to_days(1) + to_minutes(n('issue at', j, 300)) AS created,
  CASE WHEN o >= 0.35 THEN 'Closed' WHEN o < 0.12 THEN 'New' WHEN o < 0.22 THEN 'In Progress'
    WHEN o < 0.3 THEN 'Awaiting Approval' ELSE 'Re-opened' END AS status
FROM bookings WHERE past AND u('issue', j) < 0.02 AND start_at < getvariable('today') - to_days(2)
ORDER BY number;

-- Files exist for at most `media_files` records; nothing else refers to a file in files/.
CREATE TABLE media AS
WITH shot AS (
  SELECT number, j, worker_name, finished, unnest(range(1, 3 + n('photos', j, 4))) AS i
  FROM bookings JOIN booking_times USING (j)
  WHERE getvariable('media_files') > 0 AND status = 'COMPLETED' AND finished IS NOT NULL
    AND u('photos taken', j) < 0.3
), kept AS (SELECT * FROM shot ORDER BY h('photo kept', j),
  i LIMIT getvariable('media_files') * 3 // 4),
papers AS (
  SELECT 'Quote' AS type, 'EST-' || number AS ref, 'quote_EST-' || number || '.pdf' AS file,
    rep AS maker, quoted_at AS taken, h('paper', j) AS r, 'PDF' AS kind, 'Quote as sent' AS caption
      FROM quotes
  WHERE u('quote pdf', j) < 0.2
  UNION ALL SELECT 'Booking', 'BOK-' || number, 'signed.pdf', worker_name, start_at, h('signed', j),
    'PDF', 'Signed job sheet' FROM bookings WHERE status = 'COMPLETED' AND u('job sheet', j) < 0.1
  UNION ALL SELECT 'Booking', 'BOK-' || number, 'notes.txt', worker_name, start_at, h('notes', j),
    'Document', 'Site notes' FROM bookings WHERE status = 'COMPLETED' AND u('notes', j) < 0.05
  UNION ALL SELECT 'Invoice', 'INV-' || number, 'INV-' || number || '.pdf', rep, issued,
    h('bill', iv),
    'PDF', 'Invoice as sent' FROM invoices WHERE u('invoice pdf', iv) < 0.1 AND NOT draft
)
SELECT 'image' AS sort, 'Booking' AS type, 'BOK-' || number AS ref,
  CASE WHEN i % 2 = 1 THEN 'before_' ELSE 'after_' END || ((i + 1) // 2)
    || CASE WHEN n('png', j, 4) = 0 THEN '.png' ELSE '.jpg' END AS file,
  CASE WHEN i % 2 = 1 THEN 'Before' ELSE 'After' END AS kind,
  pick('captions', 'caption', j * 8 + i) AS caption, worker_name AS maker, finished AS taken
FROM kept
UNION ALL
SELECT * FROM (SELECT 'paper', type, ref, file, kind, caption, maker, taken FROM papers
  WHERE getvariable('media_files') > 0 ORDER BY r, ref, file LIMIT getvariable('media_files') // 4)
ORDER BY 1, 2, 3, 4;
