-- How numbers and names are compared, beyond the letter.

-- The digits at the end of a number, without leading zeros: `BOK-0194`, `bok 194` and `194.0`
-- (a spreadsheet's) are all 194. A number without digits is itself.
CREATE OR REPLACE MACRO link.number_tail(t) AS coalesce(
    nullif(ltrim(regexp_extract(t, '([0-9]+)(\.0+)?$', 1), '0'), ''), upper(trim(t)));

-- What stands before those digits, without blanks and punctuation: `BOK`.
CREATE OR REPLACE MACRO link.number_stem(t) AS
    regexp_replace(regexp_replace(upper(t), '[0-9]+(\.0+)?$', ''), '[^\pL0-9]', '', 'g');

-- A name without case, accents, punctuation and needless blanks.
CREATE OR REPLACE MACRO link.plain_name(t) AS
    trim(regexp_replace(lower(strip_accents(t)), '[^\pL\pN]+', ' ', 'g'));

-- The same with its words in order of the alphabet: `Citizen, Jane` is `Jane Citizen`.
CREATE OR REPLACE MACRO link.name_words(t) AS
    array_to_string(list_sort(string_split(link.plain_name(t), ' ')), ' ');

-- A phone number in one spelling, when it is long enough to be somebody's.
CREATE OR REPLACE MACRO link.phone_digits(t) AS
    CASE WHEN length(phone_key(t)) >= 8 THEN phone_key(t) END;

-- The kind of record that a column "Record Type" means; the older words are documented.
CREATE OR REPLACE MACRO link.record_kind(t) AS CASE lower(trim(t))
    WHEN 'booking' THEN 'booking' WHEN 'job' THEN 'booking'
    WHEN 'quote' THEN 'quote' WHEN 'estimate' THEN 'quote'
    WHEN 'invoice' THEN 'invoice'
    WHEN 'inquiry' THEN 'inquiry' WHEN 'enquiry' THEN 'inquiry'
    WHEN 'issue' THEN 'issue' WHEN 'complaint' THEN 'issue'
    WHEN 'customer' THEN 'customer' WHEN 'client' THEN 'customer'
    WHEN 'fieldworker' THEN 'worker_id' WHEN 'contractor' THEN 'worker_id'
    ELSE '' END;
