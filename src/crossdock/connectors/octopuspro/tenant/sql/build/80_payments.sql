-- Money that came in, as it is booked: in full, as deposit and rest, in part, or not yet.
CREATE TABLE payments AS
WITH chosen AS (
  SELECT iv, number, total, booking_numbers, customer, issued, age, j, u('pay', iv) AS p,
    CASE WHEN age > 45 THEN 0.93 WHEN age > 14 THEN 0.75 ELSE 0.5 END AS likely,
    CASE WHEN p < likely * 0.82 THEN 'full' WHEN p < likely * 0.96 THEN 'both'
      WHEN p < likely THEN 'deposit' ELSE 'none' END AS plan,
    total // 400 * 100 AS quarter,
    CASE WHEN quarter > 0 THEN quarter ELSE total // 2 END AS deposit
  FROM invoice_base WHERE NOT void AND NOT draft
), planned AS (
  SELECT *, unnest(CASE plan
      WHEN 'full' THEN [{'seq': 1, 'cents': total, 'deposit': false, 'bad': false}]
      WHEN 'both' THEN [{'seq': 1, 'cents': deposit, 'deposit': true, 'bad': false},
                        {'seq': 2, 'cents': total - deposit, 'deposit': false, 'bad': false}]
      WHEN 'deposit' THEN [{'seq': 1, 'cents': deposit, 'deposit': true, 'bad': false}]
      ELSE [] END
    || CASE WHEN u('refused card', iv) < 0.015
       THEN [{'seq': 3, 'cents': total, 'deposit': false, 'bad': true}] ELSE [] END) AS p1
  FROM chosen
), detailed AS (
  SELECT * EXCLUDE (p1, p), p1.seq AS seq, p1.cents AS cents, p1.deposit AS is_deposit,
    p1.bad AS bad, iv * 4 + p1.seq AS pk,
    CASE WHEN bad OR u('channel', pk) < 0.55 THEN 'card' WHEN u('channel', pk) < 0.8 THEN 'bank'
      WHEN u('channel', pk) < 0.95 THEN 'cash' ELSE 'other' END AS channel,
    issued + to_days((CASE WHEN seq = 2 THEN least(age, 3 + n('rest', pk, 18))
      WHEN is_deposit THEN 0 ELSE least(age, n('paid after', pk, 16)) END)::INTEGER)
      + to_minutes(540 + n('paid at', pk, 480)) AS received
  FROM planned
)
SELECT pk, iv, number AS invoice, booking_numbers, customer, j, cents, is_deposit, received,
  row_number() OVER (ORDER BY received, pk) AS pid,
  CASE channel WHEN 'card' THEN 'Credit card' WHEN 'bank' THEN 'Bank transfer' WHEN 'cash'
    THEN 'Cash'
    ELSE ['Cheque', 'Gift Card', 'Debit', 'Afterpay'][1 + n('other', pk, 4)] END AS type,
  CASE WHEN channel = 'card' THEN ['Stripe', 'Stripe', 'Stripe', 'Square', 'PayPal']
    [1 + n('gateway', pk, 5)] END AS gateway,
  CASE channel WHEN 'card' THEN 'pi_3' || lower(hex(h('reference', pk)))
    WHEN 'bank' THEN pick('payment_banks', 'bank', pk) || ' ' || strftime(received, '%d%m')
    WHEN 'cash' THEN NULL ELSE 'R' || lpad(n('slip', pk, 100000)::VARCHAR, 5, '0') END AS reference,
  CASE WHEN channel = 'card' THEN 'Online' ELSE 'Manual' END AS insert_type,
  CASE WHEN bad THEN 'Rejected' WHEN channel = 'cash' AND u('pending', pk) < 0.1 THEN 'Pending'
    WHEN channel = 'bank' AND u('pending', pk) < 0.02 THEN 'Unapproved' ELSE 'Approved'
      END AS status,
  channel = 'cash' AND u('by worker', pk) < 0.5 AS by_worker,
  NULL::VARCHAR AS note
FROM detailed ORDER BY pid;

-- Lines of the bank import that nobody could place.
CREATE TABLE stray_payments AS
SELECT (SELECT coalesce(max(pid), 0) FROM payments) + i AS pid,
  100 * (50 + n('stray', i, 900)) + 5 * n('stray cents', i, 20) AS cents,
  day(400 + n('stray day', i, 690)) + to_hours(10) AS received,
  pick('payment_banks', 'stray bank', i) || ' ' || strftime(received, '%d%m') AS reference,
  'Direct Credit ' || upper(pick('last_names', 'stray name', i)) AS note
FROM range(1, 2 + (SELECT count(*) FROM payments) // 200) t(i) ORDER BY i;

CREATE TABLE refunds AS
SELECT pk, pid, iv, invoice, booking_numbers, j, type,
  CASE WHEN u('half', pk) < 0.6 THEN cents // 2 ELSE cents END AS cents,
  least(received + to_days((3 + n('refund', pk, 25))::INTEGER), getvariable('today')) AS received,
  'RF-' || (2000 + row_number() OVER (ORDER BY pid)) AS reference,
  pick('refund_reasons', 'refund', pk) AS reason,
  CASE WHEN gateway IS NOT NULL THEN 'Process' ELSE 'Add' END AS kind,
  CASE WHEN u('refund new', pk) < 0.15 THEN 'New' ELSE 'Approved' END AS status
FROM payments WHERE status = 'Approved' AND cents > 1 AND u('refunded', pk) < 0.02 ORDER BY pid;

CREATE TABLE invoices AS
WITH paid AS (SELECT iv, sum(cents)::BIGINT AS paid, max(received) AS paid_at FROM payments
  WHERE status = 'Approved' GROUP BY iv),
back AS (SELECT iv, sum(cents)::BIGINT AS refunded
  FROM refunds WHERE status = 'Approved' GROUP BY iv)
SELECT i.*, coalesce(p.paid, 0) AS paid, p.paid_at, coalesce(b.refunded, 0) AS refunded,
  CASE WHEN void THEN 0 ELSE total - coalesce(p.paid, 0) END AS balance,
  issued + to_days(cu.due_days) AS due,
  CASE WHEN void THEN 'Void' WHEN draft THEN 'Draft' WHEN balance = 0 THEN 'Closed'
    WHEN due < getvariable('today') THEN 'Overdue' ELSE 'Open' END AS status,
  cu.cid, cu.name AS customer_name, cu.first AS first_name, cu.email, cu.billing
FROM invoice_base i JOIN customers cu ON cu.id = i.customer
LEFT JOIN paid p USING (iv) LEFT JOIN back b USING (iv)
ORDER BY i.number;
DROP TABLE invoice_base;

-- What of it belongs to each booking: a merged invoice fills its bookings oldest first.
CREATE TABLE booking_paid AS
WITH shared AS (
  SELECT b.j, b.iv, i.number, i.paid_at, i.paid, i.issued,
    CASE WHEN b.parts > 1 THEN i.total ELSE b.booking_total END AS share,
    sum(b.booking_total) OVER (PARTITION BY b.iv ORDER BY b.j)::BIGINT AS running,
    CASE WHEN b.parts > 1 THEN i.total ELSE running END AS upto
  FROM billed b JOIN invoices i USING (iv) WHERE NOT i.void AND b.booking IS NOT NULL
)
SELECT j, sum(greatest(0, least(share, paid - (upto - share))))::BIGINT AS paid,
  min(number) AS invoice, min(issued) AS issued, max(paid_at) AS paid_at
FROM shared GROUP BY j ORDER BY j;
