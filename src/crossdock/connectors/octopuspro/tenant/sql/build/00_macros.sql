-- Chance without state: every value is a hash of the seed, the name of the stream and a record id,
-- so that it is the same whatever the order or the number of threads. The two are mixed before the
-- hash: DuckDB's hash of two values is so regular that streams would follow one another.
CREATE MACRO h(stream, i) AS hash(xor(i::UBIGINT, hash(stream, getvariable('seed'))));
CREATE MACRO u(stream, i) AS (h(stream, i) >> 11)::DOUBLE / 9007199254740992.0;
CREATE MACRO n(stream, i, k) AS (h(stream, i) % k::UBIGINT)::BIGINT;
CREATE MACRO pick(list, stream, i) AS
  getvariable(list)[1 + n(stream, i, len(getvariable(list)))];

-- How the account writes things: DD/MM/YYYY, h:mm A, plain decimals.
CREATE MACRO d(x) AS strftime(x, '%d/%m/%Y');
CREATE MACRO tm(x) AS strftime(x, '%-I:%M %p');
CREATE MACRO dt(x) AS strftime(x, '%d/%m/%Y %-I:%M %p');
CREATE MACRO yn(x) AS CASE WHEN x THEN 'Yes' ELSE 'No' END;
CREATE MACRO money(c) AS ((c) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2)::VARCHAR;
-- Hundredths without needless zeros: 300 is 3, 250 is 2.5.
CREATE MACRO qty(c) AS rtrim(rtrim(money(c), '0'), '.');
-- Prices contain 10 % tax: an eleventh, rounded half up.
CREATE MACRO tax_in(c) AS ((c) * 2 + 11) // 22;
-- Part p of `parts` of an amount; the parts add up to it exactly.
CREATE MACRO part_of(c, p, parts) AS (c) * (p) // (parts) - (c) * ((p) - 1) // (parts);

-- Numbers of nobody: 0491 570 xxx and (0x) 5550 xxxx, running on where a tenant is large.
CREATE MACRO mobile(k) AS
  '0' || substr((491570200 + k)::VARCHAR, 1, 3) || ' ' || substr((491570200 + k)::VARCHAR, 4, 3)
  || ' ' || substr((491570200 + k)::VARCHAR, 7, 3);
CREATE MACRO landline(state, k) AS
  CASE WHEN state IN ('NSW', 'ACT') THEN '(02) ' WHEN state IN ('VIC', 'TAS') THEN '(03) '
       WHEN state = 'QLD' THEN '(07) ' ELSE '(08) ' END
  || substr((55500000 + k)::VARCHAR, 1, 4) || ' ' || substr((55500000 + k)::VARCHAR, 5, 4);
CREATE MACRO slug(x) AS regexp_replace(lower(strip_accents(x)), '[^a-z0-9]', '', 'g');

CREATE MACRO street(stream, i) AS
  (1 + n(stream || ' no', i, 240)) || ' ' || pick('streets', stream || ' street', i) || ' '
  || pick('street_kinds', stream || ' kind', i);
CREATE MACRO unit(stream, i) AS
  CASE WHEN u(stream || ' unit', i) < 0.25 THEN (1 + n(stream || ' unit no', i, 40))::VARCHAR END;
CREATE MACRO suburb(stream, i) AS pick('suburbs', stream || ' suburb', i);
CREATE MACRO full_address(unit, street, suburb) AS
  CASE WHEN unit IS NULL THEN '' ELSE 'Unit ' || unit || ', ' END || street || ', '
  || suburb.suburb || ' ' || suburb.state || ' ' || suburb.postcode;

-- None, one or two labels of a list, joined as the product joins them.
CREATE MACRO labels(list, stream, i) AS
  CASE WHEN u(stream || ' labels', i) < 0.82 THEN NULL
       WHEN u(stream || ' labels', i) < 0.96 THEN pick(list, stream || ' label', i)
       ELSE getvariable(list)[1] || '; ' || getvariable(list)[2 + n(stream || ' label', i, 4)] END;

-- Days after the first day of the data on which a customer was first seen; early ids came early.
CREATE MACRO joined_day(id) AS
  (1030 * (id - 1)) // getvariable('customers') + n('joined', id, 20);
CREATE MACRO day(x) AS getvariable('first_day') + to_days((x)::INTEGER);
