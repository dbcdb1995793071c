SELECT 'INQ-' || number AS "Inquiry Number", dt(inquired_at) AS "Created", status AS "Status",
  source AS "Source", cid AS "Customer ID", customer_name AS "Customer Name", mobile AS "Mobile",
  email AS "Email", address AS "Address", services AS "Services",
  pick('inquiry_messages', 'asks', j) AS "Message",
  CASE WHEN status = 'Open' THEN d(inquired_at + to_days((2 + n('follow', j, 9))::INTEGER))
    END AS "Follow Up Date",
  rep AS "Owner", labels('record_labels', 'inquiry', j) AS "Labels", converted_to AS "Converted To"
FROM inquiries
