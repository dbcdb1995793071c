-- Services and products become the destination's products; so does every other thing that stands
-- on a line (a fee, a mileage charge), since a line there must name a product.

CREATE OR REPLACE TABLE route.item AS
WITH listed AS (
    SELECT 'S' || as_key(coalesce(service_id, service_name)) AS key, service_name AS name, category,
        concat_ws(chr(10), description,
            'Pricing: ' || nullif(concat_ws(', ', pricing_model, unit_label), ''),
            'Minimum price: ' || minimum_price::VARCHAR, 'Duration: ' || short(duration),
            'Tax rate: ' || tax_rate, 'Payment terms: ' || payment_terms, 'Deposit: ' || deposit,
            'Field worker share: ' || fieldworker_share,
            CASE WHEN NOT show_in_portal THEN 'Not shown in the portal' END, own.text)
            AS description,
        price, active, NULL AS item_code, pricing_model, unit_label, duration,
        minimum_price, tax_rate, 'service' AS kind, s._row
    FROM src.service s LEFT JOIN route.own_text own ON own.object = 'service' AND own._row = s._row
    WHERE service_name IS NOT NULL
    UNION ALL
    SELECT 'I' || as_key(product_name), product_name, 'Product',
        concat_ws(chr(10), 'Unit: ' || unit_label, 'Unit cost: ' || unit_cost::VARCHAR,
            'Markup: ' || markup, 'Tax rate: ' || tax_rate, 'Stock: ' || short(stock_qty),
            'Minimum stock: ' || short(minimum_stock), 'Supplier: ' || supplier, own.text),
        sale_price, available,
        item_code, NULL, unit_label, NULL, NULL, tax_rate, 'product', s._row
    FROM src.product s LEFT JOIN route.own_text own ON own.object = 'product' AND own._row = s._row
    WHERE product_name IS NOT NULL
),
used AS (
    SELECT DISTINCT item_name(name) AS name FROM (
        SELECT service AS name FROM src.booking_service
        UNION ALL SELECT product FROM src.booking_product
        UNION ALL SELECT charge FROM src.booking_charge
        UNION ALL SELECT item FROM src.invoice_item
        UNION ALL SELECT item FROM src.quote_item
    ) WHERE name IS NOT NULL AND lower(item_name(name)) NOT IN (SELECT lower(item_name(name)) FROM listed)
),
everything AS (
    SELECT * FROM listed
    UNION ALL
    SELECT 'X' || as_key(name), first(name ORDER BY name), 'Fee or unlisted item', NULL, NULL, true,
        NULL, NULL, NULL, NULL, NULL, NULL, 'charge', NULL FROM used GROUP BY as_key(name)
),
once AS (
    SELECT *, row_number() OVER (PARTITION BY key ORDER BY kind, _row) AS copy,
        row_number() OVER (PARTITION BY lower(name) ORDER BY kind DESC, _row, key) AS same_name
    FROM everything
)
SELECT
    * EXCLUDE (key, copy, same_name, name),
    key || CASE WHEN copy > 1 THEN '~' || copy ELSE '' END AS source_key,
    key || CASE WHEN copy > 1 THEN '~' || copy ELSE '' END AS key,
    name AS item_name,
    CASE WHEN same_name = 1 THEN name ELSE name || ' (' || kind || ' ' || same_name || ')' END
        AS name
FROM once;

CREATE OR REPLACE TABLE route.item_ref AS
SELECT lower(item_name(item_name)) AS ref, first(key ORDER BY kind DESC, _row, key) AS key FROM route.item GROUP BY 1;

-- Every document's lines as readable text, for the history: the deal itself carries one set only.
CREATE OR REPLACE TABLE route.line_text AS
WITH lines AS (
    SELECT 'booking' AS object, as_key(booking_number) AS number, quantity, service AS item,
        unit_price AS rate, amount, concat_ws(', ', unit_label, property,
            'discount ' || nullif(discount, 0)::VARCHAR, tax_rate) AS more, 1 AS part, _row,
        'booking_service' AS listed_in
    FROM src.booking_service
    UNION ALL
    SELECT 'booking', as_key(booking_number), quantity, product, sale_price,
        CAST(quantity * sale_price AS DECIMAL(18, 2)), concat_ws(', ', item_code, tax_rate,
            'unit cost ' || unit_cost::VARCHAR, 'added by ' || added_by), 2, _row,
        'booking_product'
    FROM src.booking_product
    UNION ALL
    SELECT 'booking', as_key(booking_number), quantity, charge, NULL, amount, tax_rate, 3, _row,
        'booking_charge'
    FROM src.booking_charge
    UNION ALL
    SELECT 'invoice', as_key(invoice_number), quantity, item, rate, amount,
        concat_ws(', ', type, tax_rate, 'discount ' || nullif(discount, 0)::VARCHAR,
            'tax ' || nullif(tax, 0)::VARCHAR), 1, _row, 'invoice_item'
    FROM src.invoice_item
    UNION ALL
    SELECT 'quote', as_key(quote_number), quantity, item, rate, amount,
        concat_ws(', ', type, description, 'discount ' || nullif(discount, 0)::VARCHAR, tax_rate),
        1, _row, 'quote_item'
    FROM src.quote_item
)
SELECT l.object, number, string_agg('  ' || concat_ws(' ', short(quantity) || ' ×', item,
    'at ' || rate::VARCHAR, '= ' || amount::VARCHAR, '(' || nullif(more, '') || ')',
    '(' || replace(own.text, chr(10), ', ') || ')'), chr(10) ORDER BY part, l._row) AS text
FROM lines l
LEFT JOIN route.own_text own ON own.object = l.listed_in AND own._row = l._row
GROUP BY 1, 2;

-- The lines of each deal, from the document that its amount stands on.
CREATE OR REPLACE TABLE route.line AS
WITH booked AS (
    SELECT as_key(booking_number) AS booking_key, service AS item, quantity, unit_price AS rate,
        amount, 1 AS part, _row FROM src.booking_service
    UNION ALL
    SELECT as_key(booking_number), product, quantity, sale_price,
        CAST(quantity * sale_price AS DECIMAL(18, 2)), 2, _row FROM src.booking_product
    UNION ALL
    SELECT as_key(booking_number), charge, quantity, NULL, amount, 3, _row FROM src.booking_charge
),
invoiced AS (
    SELECT m.deal_key, l.item, l.quantity, l.rate, l.amount, 1 AS part, l._row
    FROM src.invoice_item l
    JOIN route.invoice i ON i.copy = 1 AND i.key = as_key(l.invoice_number) AND NOT i.is_void
    JOIN route.member m ON m.object = 'invoice' AND m.key = i.key
    JOIN route.job j ON j.deal_key = m.deal_key
    WHERE j.kind <> 'booking' OR l.booking_number IS NULL OR as_key(l.booking_number) = m.deal_key
),
quoted AS (
    SELECT as_key(quote_number) AS quote_key, item, quantity, rate, amount, 1 AS part, _row
    FROM src.quote_item
),
chosen AS (
    SELECT d.deal_key, b.* EXCLUDE (booking_key) FROM route.deal_money d
    JOIN booked b ON b.booking_key = d.document_key WHERE d.basis = 'booking'
    UNION ALL
    SELECT d.deal_key, i.* EXCLUDE (deal_key) FROM route.deal_money d
    JOIN invoiced i USING (deal_key) WHERE d.basis = 'invoice'
    UNION ALL
    SELECT d.deal_key, q.* EXCLUDE (quote_key) FROM route.deal_money d
    JOIN quoted q ON q.quote_key = d.document_key WHERE d.basis = 'quote'
),
numbered AS (
    SELECT c.*, row_number() OVER (PARTITION BY deal_key ORDER BY part, _row) AS n
    FROM chosen c WHERE item IS NOT NULL
),
-- Everything from the hundredth line on shares the hundredth: the destination takes no more.
capped AS (
    SELECT deal_key, least(n, 100) AS n, first(item ORDER BY n) AS item,
        CASE WHEN count(*) = 1 THEN first(quantity) END AS quantity,
        CASE WHEN count(*) = 1 THEN first(rate) END AS rate,
        sum(greatest(coalesce(cents(amount), 0), 0)) AS weight, count(*) AS folded
    FROM numbered GROUP BY 1, 2
),
-- Lines must add up to the deal's amount, since the destination recomputes it from them: a
-- discount or a tax on the whole is spread over the lines, to the cent.
spread AS (
    SELECT c.*, d.amount AS total, sum(weight) OVER w AS weights,
        (d.amount * weight) // sum(weight) OVER w AS part,
        (d.amount * weight) % sum(weight) OVER w AS rest
    FROM capped c JOIN route.deal_money d USING (deal_key)
    WHERE d.amount > 0
    WINDOW w AS (PARTITION BY deal_key)
    QUALIFY sum(weight) OVER w > 0
)
SELECT deal_key, n, item, quantity, rate, weight, weights, total, folded,
    CAST(part + CASE WHEN row_number() OVER (PARTITION BY deal_key ORDER BY rest DESC, n)
        <= total - sum(part) OVER (PARTITION BY deal_key) THEN 1 ELSE 0 END AS HUGEINT) AS amount
FROM spread;

CREATE OR REPLACE TABLE route.deal_products AS
SELECT
    l.deal_key AS source_key,
    count(*) AS lines,
    max(weights) <> max(total) AS is_spread,
    to_json(list({
        'id': {'$ref': ['product', r.key]},
        'quantity': CASE WHEN whole THEN quantity ELSE 1 END,
        'unit_price': CASE WHEN whole THEN rate ELSE dollars(l.amount) END,
        'currency_code': getvariable('currency')
    } ORDER BY n)) AS products
FROM (
    SELECT *, coalesce(quantity > 0 AND quantity = floor(quantity)
        AND cents(rate * quantity) = amount, false) AS whole FROM route.line
) l
JOIN route.item_ref r ON r.ref = lower(item_name(l.item))
GROUP BY 1;
