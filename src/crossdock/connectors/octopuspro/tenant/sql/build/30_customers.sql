-- Who the jobs are for. Customers nobody has worked for may be deleted, others never are.
CREATE TABLE customers AS
WITH drawn AS (
  SELECT id, 10000 + id AS cid,
    u('business', id) < 0.2 AS business,
    n('people', id, 100) AS crowd,
    pick('first_names', 'first', id) AS first, pick('last_names', 'last', id) AS last,
    CASE WHEN crowd >= 68 THEN pick('first_names', 'first2', id) END AS first2,
    CASE WHEN crowd >= 68 THEN CASE WHEN business THEN pick('last_names', 'last2', id) ELSE last END
      END AS last2,
    CASE WHEN crowd >= 93 THEN pick('first_names', 'first3', id) END AS first3,
    CASE WHEN crowd >= 93 THEN pick('last_names', 'last3', id) END AS last3,
    CASE WHEN business THEN trim(pick('business_first', 'b1', id) || ' '
      || pick('business_second', 'b2', id) || ' ' || pick('business_forms', 'b3', id))
        END AS company,
    unit('home', id) AS unit, street('home', id) AS street, suburb('home', id) AS suburb,
    pick('mail_domains', 'domain', id) AS domain,
    CASE WHEN business THEN slug(pick('business_first', 'b1', id)) || id || '.' || domain
      ELSE domain END AS host
  FROM range(1, getvariable('customers') + 1) t(id)
)
SELECT d.* EXCLUDE (crowd, domain, host),
  CASE WHEN u('title', id) < 0.6 THEN pick('titles', 'title', id) END AS title,
  CASE WHEN u('no mail', id) >= 0.06
    THEN slug(first) || '.' || slug(last) || id || '@' || host END AS email,
  CASE WHEN first2 IS NOT NULL AND u('mail2', id) < 0.7
    THEN slug(first2) || '.' || slug(last2) || id || 'b@' || host END AS email2,
  CASE WHEN first3 IS NOT NULL AND u('mail3', id) < 0.5
    THEN slug(first3) || '.' || slug(last3) || id || 'c@' || host END AS email3,
  CASE WHEN u('mobile', id) < 0.93 THEN mobile(id * 4) END AS mobile,
  CASE WHEN first2 IS NOT NULL AND u('mobile2', id) < 0.8 THEN mobile(id * 4 + 1) END AS mobile2,
  CASE WHEN first3 IS NOT NULL AND u('mobile3', id) < 0.6 THEN mobile(id * 4 + 2) END AS mobile3,
  CASE WHEN business OR u('phone', id) < 0.25 THEN landline(suburb.state, id * 2) END AS phone,
  CASE WHEN business AND first2 IS NOT NULL THEN landline(suburb.state, id * 2 + 1) END AS phone2,
  full_address(unit, street, suburb) AS address,
  CASE WHEN business THEN company ELSE trim(first || ' ' || last) END AS name,
  CASE WHEN business AND u('po box', id) < 0.3 THEN 'PO Box ' || (1 + n('box', id, 900)) || ', '
      || suburb.suburb || ' ' || suburb.state || ' ' || suburb.postcode
    ELSE full_address(unit, street, suburb) END AS billing,
  day(joined_day(id)) - to_days(CASE WHEN u('old', id) < 0.25 THEN n('older', id, 1900) ELSE 0 END
    ::INTEGER) AS joined,
  CASE WHEN business THEN 30 ELSE [7, 14, 14][1 + n('due', id, 3)] END AS due_days,
  id NOT IN (SELECT customer FROM jobs) AND u('deleted', id) < 0.25 AS deleted
FROM drawn d ORDER BY id;
