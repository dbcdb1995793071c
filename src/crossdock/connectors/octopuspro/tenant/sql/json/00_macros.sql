-- From the text of the files to JSON: numbers, ISO dates, times with the zone's offset.
-- What cannot be read stays the text it was.
CREATE MACRO j_number(x) AS coalesce(to_json(try_cast(x AS DECIMAL(18, 2))), to_json(x));
CREATE MACRO j_count(x) AS coalesce(to_json(try_cast(x AS BIGINT)), to_json(x));
CREATE MACRO j_flag(x) AS to_json(coalesce(x, 'No') IN ('Yes', 'Y'));
CREATE MACRO j_list(x) AS coalesce(string_split(x, '; '), []);
CREATE MACRO j_date(x) AS coalesce(strftime(try_strptime(x, '%d/%m/%Y'), '%Y-%m-%d'), x);
CREATE MACRO j_clock(x) AS coalesce(strftime(try_strptime(x, '%-I:%M %p'), '%H:%M'), x);
-- Sydney is at +11:00 from the first Sunday of October to the first Sunday of April.
CREATE MACRO offset_of(ts) AS
  CASE WHEN month(ts) IN (11, 12, 1, 2, 3)
    OR (month(ts) = 10 AND date_part('day', ts) - dayofweek(ts) >= 1)
    OR (month(ts) = 4 AND date_part('day', ts) - dayofweek(ts) < 1) THEN '+11:00' ELSE '+10:00' END;
CREATE MACRO j_moment(x) AS coalesce(
  strftime(try_strptime(x, '%d/%m/%Y %-I:%M %p'), '%Y-%m-%dT%H:%M:%S')
  || offset_of(try_strptime(x, '%d/%m/%Y %-I:%M %p')), x);
