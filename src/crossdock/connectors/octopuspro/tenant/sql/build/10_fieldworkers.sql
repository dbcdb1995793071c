-- The crew: 1 is the calendar's pseudo worker, 2 shares its e-mail with an office user,
-- 3 is inactive, the last fifth are subworkers of a lead.
CREATE TABLE fieldworkers AS
WITH crew AS (
  SELECT id, id - getvariable('leads') AS sub, "First Name" AS first, "Last Name" AS last
  FROM cat_crew WHERE id <= getvariable('fieldworkers')
)
SELECT
  id, 500 + id AS fid, id > getvariable('leads') AS is_sub,
  CASE WHEN is_sub THEN 3 + 1 + n('parent', id, getvariable('leads') - 3) END AS parent,
  CASE WHEN id = 1 THEN 'General Fieldworker' ELSE first || ' ' || left(last, 1) END AS name,
  CASE WHEN id = 1 THEN 'General' WHEN id = 2 THEN 'Sam' ELSE first END AS first,
  CASE WHEN id = 1 THEN 'Fieldworker' WHEN id = 2 THEN 'Kelly' ELSE last END AS last,
  CASE WHEN id = 1 THEN 'office@brightclean.example.com'
       WHEN id = 2 THEN 'sam@brightclean.example.com'
       ELSE slug(first) || '.' || slug(last) || '@crew.example.com' END AS email,
  CASE WHEN id <> 1 THEN mobile(id - 100) END AS mobile,
  CASE WHEN id = 3 THEN 'Inactive' ELSE 'Active' END AS status,
  unit('crew', id) AS unit, street('crew', id) AS street, suburb('crew', id) AS suburb,
  u('employed', id) < 0.35 AS employed
FROM crew ORDER BY id;

-- The crew list is short and named 'Sam K' first: rank 2 keeps that name.
UPDATE fieldworkers SET name = 'Sam K' WHERE id = 2;
SET VARIABLE worker_names = (SELECT list(name ORDER BY id) FROM fieldworkers);
SET VARIABLE subs_of = (
  SELECT list(names ORDER BY id) FROM (
    SELECT l.id, list(s.name ORDER BY s.id) FILTER (s.id IS NOT NULL) AS names
    FROM fieldworkers l LEFT JOIN fieldworkers s ON s.parent = l.id GROUP BY l.id));
