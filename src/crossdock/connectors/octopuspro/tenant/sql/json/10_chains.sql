-- Which inquiry, quote and booking are one job, by their rows: a number may be there twice.
CREATE TEMP TABLE chains AS
WITH quoted AS (
  SELECT "Quote Number" AS no, min(rowid) AS q FROM x_quotes GROUP BY 1
), booked AS (
  SELECT b.rowid AS b, CASE WHEN row_number() OVER (PARTITION BY b."Quote Number"
    ORDER BY b.rowid) = 1 THEN quoted.q END AS q
  FROM x_bookings b LEFT JOIN quoted ON quoted.no = b."Quote Number"
), begun AS (
  SELECT 1 AS o, b AS at_row, q, b FROM booked
  UNION ALL
  SELECT 2, rowid, rowid, NULL FROM x_quotes
  WHERE rowid NOT IN (SELECT q FROM booked WHERE q IS NOT NULL)
), targets AS (
  SELECT no, min_by((o, at_row), (o, at_row)) AS job FROM (
    SELECT o, at_row, x_quotes."Quote Number" AS no FROM begun JOIN x_quotes
      ON x_quotes.rowid = begun.q
    UNION ALL
    SELECT o, at_row, x_bookings."Booking Number" FROM begun JOIN x_bookings
      ON x_bookings.rowid = begun.b
  ) GROUP BY no
), asked AS (
  SELECT job, min(i.rowid) AS i FROM x_inquiries i JOIN targets ON targets.no = i."Converted To"
  GROUP BY 1
), whole AS (
  SELECT o, at_row, asked.i, q, b FROM begun LEFT JOIN asked ON asked.job = (o, at_row)
  UNION ALL
  SELECT 3, rowid, rowid, NULL, NULL FROM x_inquiries WHERE rowid NOT IN (SELECT i FROM asked)
)
SELECT row_number() OVER (ORDER BY o, at_row) AS id, i, q, b FROM whole;

-- Which job, or which invoice, a number belongs to: the first that has it.
CREATE TEMP TABLE job_numbers AS
SELECT no, min(id) AS id FROM (
  SELECT id, x."Inquiry Number" AS no FROM chains JOIN x_inquiries x ON x.rowid = i
  UNION ALL SELECT id, x."Quote Number" FROM chains JOIN x_quotes x ON x.rowid = q
  UNION ALL SELECT id, x."Booking Number" FROM chains JOIN x_bookings x ON x.rowid = b
) WHERE no IS NOT NULL GROUP BY 1;
CREATE TEMP TABLE invoice_numbers AS
SELECT "Invoice Number" AS no, min(rowid) AS at_row FROM x_invoices GROUP BY 1;

-- Rows that stand in a record are not in the lists beside: those hold what belongs to no record.
CREATE TEMP TABLE service_lines AS
SELECT "Booking Number" AS no, "Line ID" AS line, min(rowid) AS at_row FROM x_booking_services
WHERE "Booking Number" IN (SELECT no FROM job_numbers) GROUP BY 1, 2;
CREATE TEMP TABLE nested_refunds AS
SELECT p.at_row AS payment, min(r.rowid) AS at_row FROM x_refunds r JOIN (
  SELECT "Payment ID" AS id, min(rowid) AS at_row FROM x_payments
  WHERE "Invoice Number" IN (SELECT no FROM invoice_numbers) GROUP BY 1) p ON p.id = r."Payment ID"
JOIN x_payments paid ON paid.rowid = p.at_row AND paid."Invoice Number" = r."Invoice Number"
GROUP BY 1;
CREATE TEMP TABLE nested_ratings AS
SELECT job_numbers.id, min(r.rowid) AS at_row FROM x_ratings r
JOIN job_numbers ON job_numbers.no = r."Booking Number" GROUP BY 1;
