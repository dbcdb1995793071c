-- Quotes and inquiries, each with a counter of its own.
CREATE TABLE quotes AS
WITH numbered AS (
  SELECT j.*, 399 + sum(CASE WHEN u('deleted quote', j.j) < 0.01 THEN 2 ELSE 1 END)
      OVER (ORDER BY quoted_at, j.j ROWS UNBOUNDED PRECEDING)::BIGINT AS number,
    u('quote status', j.j) AS s,
    date_diff('day', quoted_at, getvariable('today')) AS age
  FROM jobs j WHERE has_quote
)
SELECT q.* EXCLUDE (s, age), t.services, t.first_service, t.amount AS subtotal,
  CASE WHEN u('discount', q.k) < 0.035 THEN (t.amount * 10 + 50) // 100
       WHEN u('discount', q.k) < 0.07 AND t.amount > 10000 THEN 2000 ELSE 0 END AS discount,
  subtotal - discount AS total,
  CASE WHEN kind = 'booking' THEN 'Accepted'
       WHEN age < 30 THEN CASE WHEN s < 0.2 THEN 'Draft' WHEN s < 0.9 THEN 'Sent'
         ELSE 'Declined' END
       WHEN s < 0.36 THEN 'Declined' WHEN s < 0.85 THEN 'Expired' WHEN s < 0.91 THEN 'Accepted'
       WHEN s < 0.96 THEN 'Sent' ELSE 'Draft' END AS status,
  CASE WHEN status = 'Accepted' AND kind = 'booking' THEN booked_at
       WHEN status IN ('Accepted', 'Declined')
       THEN least(quoted_at + to_minutes(1440 * n('decide', q.k, 20) + 95),
                  getvariable('today') + to_hours(12)) END AS decided_at,
  CASE WHEN status = 'Declined' THEN pick('decline_reasons', 'decline', q.j) END AS reason,
  date_trunc('day', quoted_at) + to_days(30) AS expires,
  cu.cid, cu.name AS customer_name, cu.first AS first_name, cu.email, cu.address,
  b.number AS booking
FROM numbered q JOIN job_totals t USING (j) JOIN customers cu ON cu.id = q.customer
LEFT JOIN (SELECT j, number FROM bookings) b USING (j)
ORDER BY q.number;

CREATE TABLE inquiries AS
WITH numbered AS (
  SELECT j.*, 399 + row_number() OVER (ORDER BY inquired_at, j.j) AS number
  FROM jobs j WHERE has_inquiry
)
SELECT i.*, cu.cid, cu.name AS customer_name, cu.first AS first_name, cu.email, cu.mobile,
  cu.address, coalesce(t.services, getvariable('services')[pick('popular', 'asked', i.j)].name)
    AS services,
  CASE WHEN i.kind = 'inquiry' THEN CASE
      WHEN inquired_at > getvariable('today') - to_days(21) AND u('inquiry', i.j) < 0.8 THEN 'Open'
      WHEN u('inquiry', i.j) < 0.2 THEN 'Open' ELSE 'Closed' END
    ELSE 'Converted' END AS status,
  CASE WHEN q.number IS NOT NULL THEN 'EST-' || q.number
       WHEN b.number IS NOT NULL THEN 'BOK-' || b.number END AS converted_to
FROM numbered i JOIN customers cu ON cu.id = i.customer
LEFT JOIN job_totals t USING (j)
LEFT JOIN (SELECT j, number FROM quotes) q USING (j)
LEFT JOIN (SELECT j, number FROM bookings) b USING (j)
ORDER BY i.number;
