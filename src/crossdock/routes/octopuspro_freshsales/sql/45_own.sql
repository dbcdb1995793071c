-- Own columns of quotes and invoices, on the deal of the job: `quote_own_…`, `invoice_own_…`. Where
-- several documents are one deal, their values stand side by side. Without such columns nothing is
-- read; the text of every row is in the history note as well, which says whose value it is.

CREATE OR REPLACE TABLE route.quote_own AS
SELECT m.deal_key,
    string_agg(DISTINCT CAST(COLUMNS('^((own|cf)_.*)$') AS VARCHAR), '; '
        ORDER BY CAST(COLUMNS('^((own|cf)_.*)$') AS VARCHAR)) AS 'quote_\1'
FROM (SELECT *, NULL::VARCHAR AS own_nothing FROM route.quote
    WHERE EXISTS (SELECT 1 FROM stage._column WHERE object = 'quote' AND NOT known)) q
JOIN route.member m ON m.object = 'quote' AND m.key = q.key
GROUP BY 1;

CREATE OR REPLACE TABLE route.invoice_own AS
SELECT m.deal_key,
    string_agg(DISTINCT CAST(COLUMNS('^((own|cf)_.*)$') AS VARCHAR), '; '
        ORDER BY CAST(COLUMNS('^((own|cf)_.*)$') AS VARCHAR)) AS 'invoice_\1'
FROM (SELECT *, NULL::VARCHAR AS own_nothing FROM route.invoice
    WHERE EXISTS (SELECT 1 FROM stage._column WHERE object = 'invoice' AND NOT known)) i
JOIN route.member m ON m.object = 'invoice' AND m.key = i.key
GROUP BY 1;
