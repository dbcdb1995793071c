-- Recurring jobs. The product copies a booking to every date of a series and keeps no word of it:
-- each is a booking of its own. They are told again by their customer, their services and their
-- rhythm: at least three in a row, a day more or less.
INSERT INTO link.series BY NAME
WITH dated AS (
    SELECT booking_number, _row, first_start::DATE AS day,
        coalesce(customer_id, lower(customer_name)) AS customer,
        array_to_string(list_sort(string_split_regex(lower(services), '\s*;\s*')), '; ') AS work
    FROM src.booking
    WHERE first_start IS NOT NULL AND booking_number IS NOT NULL AND services IS NOT NULL
        AND coalesce(customer_id, customer_name) IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY customer, work) >= 3
),
spaced AS (
    SELECT *, day - lag(day) OVER w AS gap,
        -- The same day of the month, or the last one of a month that is too short for it.
        day(day) = least(day(first(day) OVER w), day(last_day(day))) AS monthly
    FROM dated WINDOW w AS (PARTITION BY customer, work ORDER BY day, _row)
),
paced AS (
    SELECT *, CASE
        WHEN gap BETWEEN 6 AND 8 THEN 'week'
        WHEN gap BETWEEN 13 AND 15 THEN 'fortnight'
        WHEN gap = 28 AND monthly THEN 'either'
        WHEN gap BETWEEN 27 AND 29 AND NOT monthly THEN 'four weeks'
        WHEN gap BETWEEN 28 AND 32 THEN 'month'
        ELSE 'none' END AS seen
    FROM spaced
),
-- From the third of one month to the third of March it is a month and four weeks: the gaps
-- before and after it tell which.
told AS (
    SELECT *, CASE WHEN seen <> 'either' THEN nullif(seen, 'none')
        WHEN 'month' IN (before, after) THEN 'month' ELSE 'four weeks' END AS pace
    FROM (SELECT *, lag(seen) OVER w AS before, lead(seen) OVER w AS after FROM paced
        WINDOW w AS (PARTITION BY customer, work ORDER BY day, _row))
),
-- A run begins where the pace changes. The booking before it is its first.
turned AS (
    SELECT *, lead(pace) OVER w AS next_pace, count(*) FILTER (turns) OVER w AS run
    FROM (SELECT *, pace IS DISTINCT FROM lag(pace) OVER w AS turns FROM told
        WINDOW w AS (PARTITION BY customer, work ORDER BY day, _row))
    WINDOW w AS (PARTITION BY customer, work ORDER BY day, _row)
),
member AS (
    SELECT customer, work, run, pace, booking_number, _row, day FROM turned WHERE pace IS NOT NULL
    UNION ALL
    SELECT customer, work, run + 1, next_pace, booking_number, _row, day FROM turned
    WHERE next_pace IS NOT NULL AND pace IS DISTINCT FROM next_pace
)
SELECT booking_number, _row, first(booking_number) OVER w AS series, pace,
    row_number() OVER w AS place, count(*) OVER (PARTITION BY customer, work, run) AS bookings, day
FROM member
WINDOW w AS (PARTITION BY customer, work, run ORDER BY day, _row)
QUALIFY bookings >= 3;
