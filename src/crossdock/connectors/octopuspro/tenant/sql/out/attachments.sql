SELECT type AS "Record Type", ref AS "Record Number", file AS "File Name", 'files/' || ref || '/'
  || file AS "File Path",
  kind AS "Kind", NULL AS "Tag", caption AS "Caption", maker AS "Uploaded By",
    dt(taken) AS "Uploaded At"
FROM media WHERE sort = 'paper'
