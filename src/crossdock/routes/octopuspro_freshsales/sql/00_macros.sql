-- Small definitions that every other file uses.
CREATE SCHEMA IF NOT EXISTS route;

-- A number or name as a key: one spelling, no blanks (a source key must not contain any).
CREATE OR REPLACE MACRO as_key(t) AS regexp_replace(upper(trim(t)), '\s+', '_', 'g');

-- A status word as a value map knows it.
CREATE OR REPLACE MACRO as_status(t) AS regexp_replace(upper(trim(t)), '\s+', ' ', 'g');

CREATE OR REPLACE MACRO as_list(t) AS
    list_filter(list_transform(string_split(t, ';'), lambda x: trim(x)), lambda x: x <> '');

CREATE OR REPLACE MACRO cents(m) AS CAST(round(m * 100) AS HUGEINT);
CREATE OR REPLACE MACRO dollars(c) AS CAST(c / 100::DECIMAL(5, 2) AS DECIMAL(18, 2));

-- The export's times carry no zone; they are the tenant's local time.
CREATE OR REPLACE MACRO as_utc(t) AS
    strftime(timezone(getvariable('time_zone'), t) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ');

CREATE OR REPLACE MACRO stamp(t) AS strftime(t, '%Y-%m-%d %H:%M');
CREATE OR REPLACE MACRO coin(c, cur) AS cur || ' ' || format('{:,.2f}', c / 100.0);

-- A number without needless zeros.
CREATE OR REPLACE MACRO short(n) AS format('{:g}', CAST(n AS DOUBLE));

-- Text of an e-mail or comment without its markup. Looking for a sign is cheap beside taking it out.
CREATE OR REPLACE MACRO untagged(t) AS CASE WHEN contains(t, '<') THEN
    regexp_replace(regexp_replace(t, '<(br|/p|/div|/li)[^>]*>', chr(10), 'gi'), '<[^>]+>', '', 'g')
    ELSE t END;
CREATE OR REPLACE MACRO unescaped(t) AS
    replace(replace(replace(replace(replace(replace(t,
        '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&amp;', '&');
CREATE OR REPLACE MACRO plain(t) AS
    trim(regexp_replace(CASE WHEN contains(t, '&') THEN unescaped(untagged(t)) ELSE untagged(t) END,
        '\n{3,}', chr(10) || chr(10), 'g'), chr(10) || ' ');

-- What an item is called in the price book: `Carpet clean (part 1 of 3)` is `Carpet clean`.
CREATE OR REPLACE MACRO item_name(t) AS trim(regexp_replace(
    regexp_replace(t, '\s*\(part \d+ of \d+\)$', '', 'i'), '\s+', ' ', 'g'));
