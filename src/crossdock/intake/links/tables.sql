-- What the room says of an export; each table is there, and empty when there is nothing to say.

-- Text that is to be read as a record's own number or name. `rank` is how far it is from it:
-- 2 in another case, 3 in punctuation, blanks or zeros, 4 without its prefix or in another order.
CREATE TABLE link.spelling (
    object VARCHAR, field VARCHAR, type VARCHAR, written VARCHAR, n BIGINT, rank INTEGER,
    _row BIGINT, number VARCHAR
);

-- What leads nowhere: `missing`, `deleted`, `void`, or `several` when more than one record fits.
CREATE TABLE link.dangling (
    code VARCHAR, object VARCHAR, field VARCHAR, written VARCHAR, state VARCHAR,
    candidates VARCHAR, n BIGINT, _row BIGINT
);

-- Ids of records that show none, and names that stood in one column.
CREATE TABLE link.made_id (object VARCHAR, _row BIGINT, id VARCHAR);
CREATE TABLE link.split_name (
    _row BIGINT, first_name VARCHAR, last_name VARCHAR, written VARCHAR
);

-- Customers that records name without an id: told by `name`, `contact` or `number`; or not told,
-- because several may be meant, or nobody (no candidates).
CREATE TABLE link.customer_of (
    object VARCHAR, _row BIGINT, customer_id VARCHAR, how VARCHAR, name VARCHAR
);
CREATE TABLE link.customer_doubt (
    object VARCHAR, _row BIGINT, name VARCHAR, candidates VARCHAR[]
);

-- Bookings of a recurring series, which is called by the number of its first; `place` counts from
-- 1, `pace` is week, fortnight, four weeks or month.
CREATE TABLE link.series (
    booking_number VARCHAR, _row BIGINT, series VARCHAR, pace VARCHAR, place BIGINT,
    bookings BIGINT, day DATE
);
