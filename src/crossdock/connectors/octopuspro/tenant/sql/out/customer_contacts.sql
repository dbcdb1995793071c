SELECT cid AS "Customer ID",
  pick('first_names', 'contact', id * 2 + i) || ' '
    || pick('last_names', 'contact last', id * 2 + i)
    AS "Contact Name",
  pick('relations', 'relation', id * 2 + i) AS "Relation",
  CASE WHEN i = 0 THEN mobile(id * 4 + 3) END AS "Mobile",
  CASE WHEN u('contact mail', id * 2 + i) < 0.6
    THEN 'contact' || (id * 2 + i) || '@' || pick('mail_domains', 'contact mail', id)
      END AS "Email",
  yn(i = 0) AS "Is Default"
FROM (SELECT id, cid, unnest(range(0, 1 + n('contacts', id, 2))) AS i FROM customers
      WHERE u('contacts', id) < 0.2)
