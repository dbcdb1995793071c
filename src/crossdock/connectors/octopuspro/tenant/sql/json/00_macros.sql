-- From the text of the files to JSON: numbers, ISO dates, times with the zone's offset.
-- What cannot be read, or would read otherwise than it is written, stays the text it was.
CREATE MACRO j_number(x) AS
  CASE WHEN regexp_full_match(x, '-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?') THEN x::JSON
    ELSE to_json(x) END;
CREATE MACRO j_flag(x) AS
  CASE WHEN x IN ('Yes', 'Y') THEN to_json(true) WHEN x IN ('No', 'N') THEN to_json(false)
    ELSE to_json(x) END;
CREATE MACRO j_list(x) AS coalesce(string_split(x, '; '), []);
-- A list keeps the place of each element; only those missing at its end are left out.
CREATE MACRO j_places(x) AS
  x[:coalesce(list_max(list_transform(x, lambda v, i: CASE WHEN v IS NOT NULL THEN i END)), 0)];
CREATE MACRO j_date(x) AS coalesce(strftime(try_strptime(x, '%d/%m/%Y'), '%Y-%m-%d'), x);
CREATE MACRO j_clock(x) AS coalesce(strftime(try_strptime(x, '%-I:%M %p'), '%H:%M'), x);
-- Sydney is at +11:00 from the first Sunday of October, 2 AM, to the first of April, 3 AM.
CREATE MACRO first_sunday(y, m) AS
  make_date(y, m, 1) + ((7 - dayofweek(make_date(y, m, 1))) % 7)::INTEGER;
CREATE MACRO offset_of(ts) AS
  CASE WHEN ts < first_sunday(year(ts), 4) + INTERVAL 3 HOUR
    OR ts >= first_sunday(year(ts), 10) + INTERVAL 2 HOUR THEN '+11:00' ELSE '+10:00' END;
CREATE MACRO j_moment(x) AS coalesce(
  strftime(try_strptime(x, '%d/%m/%Y %-I:%M %p'), '%Y-%m-%dT%H:%M:%S')
  || offset_of(try_strptime(x, '%d/%m/%Y %-I:%M %p')), j_date(x));
