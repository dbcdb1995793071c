-- Everyone in the source by the e-mail address that he is matched by, with what is his.
CREATE SCHEMA IF NOT EXISTS provision;

-- One row per row of the source. Who works under somebody else's address is that person's business.
CREATE OR REPLACE TABLE provision.source_person AS
SELECT e.email, w.display_name AS name, w.email AS source_email, 'field worker' AS kind,
    NULL::VARCHAR AS role, w.is_active AS active, e.is_placeholder OR w.is_placeholder AS placeholder
FROM route.worker w JOIN route.person_email e ON e.ref = w.ref
WHERE NOT w.is_general AND (w.email = e.email OR e.is_placeholder)
UNION ALL
-- A second field worker of the same name, whose address is not the one that the name leads to.
SELECT w.email, w.display_name, w.email, 'field worker', NULL, w.is_active, w.is_placeholder
FROM route.worker w JOIN route.person_email e ON e.ref = w.ref
WHERE NOT w.is_general AND w.email <> e.email
UNION ALL
SELECT email, coalesce(display_name, concat_ws(' ', first_name, last_name)), email, 'office user',
    role, lower(coalesce(status, 'active')) IN ('active', 'yes', 'true', '1'), false
FROM src.user WHERE email IS NOT NULL;

-- What each address owns or takes part in.
CREATE OR REPLACE TABLE provision.owned AS
SELECT email, count(*) FILTER (what = 'deal') AS deals, count(*) FILTER (what = 'task') AS tasks,
    count(*) FILTER (what = 'visit') AS visits
FROM (
    SELECT lower(email) AS email, 'deal' AS what FROM route.deal_owner WHERE email IS NOT NULL
    UNION ALL
    SELECT lower(owner_email), 'task' FROM route.task WHERE owner_email IS NOT NULL
    UNION ALL
    SELECT e.email, 'visit' FROM (
        SELECT DISTINCT _row, lower(unnest(list_concat(coalesce(as_list(fieldworkers), []),
            coalesce(as_list(subworkers), [])))) AS ref FROM src.appointment
    ) a JOIN route.person_email e ON e.ref = a.ref
) GROUP BY 1;

CREATE OR REPLACE TABLE provision.person AS
SELECT
    o.email,
    coalesce(first(p.name ORDER BY p.active DESC, p.kind, p.name), '') AS name,
    coalesce(bool_or(p.kind = 'field worker'), false) AS works_in_field,
    coalesce(string_agg(DISTINCT p.role, ', ' ORDER BY p.role), '') AS role,
    coalesce(bool_or(p.active), true) AS active,
    coalesce(bool_and(p.placeholder), false) AS placeholder,
    coalesce(any_value(p.source_email), '') AS source_email,
    o.deals, o.tasks, o.visits,
    CASE WHEN any_value(u.active) THEN 'there'
        WHEN any_value(u.email) IS NOT NULL THEN 'deactivated'
        ELSE 'missing' END AS user
FROM provision.owned o
LEFT JOIN provision.source_person p ON p.email = o.email
LEFT JOIN dest.user u ON u.email = o.email
GROUP BY o.email, o.deals, o.tasks, o.visits;
