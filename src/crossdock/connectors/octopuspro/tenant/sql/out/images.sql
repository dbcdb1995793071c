SELECT type AS "Record Type", ref AS "Record Number", file AS "File Name", 'files/' || ref || '/'
  || file AS "File Path",
  'Job photo' AS "Image Type", kind AS "Tag", caption AS "Caption", maker AS "Uploaded By",
    dt(taken) AS "Uploaded At"
FROM media WHERE sort = 'image'
