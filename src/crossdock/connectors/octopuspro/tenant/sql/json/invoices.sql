WITH refunded AS (
  SELECT n.payment, {'received': j_moment("Received Refund Date"), 'type': "Payment Type",
    'booking_number': "Booking Number", 'fieldworker': "Fieldworker",
    'amount': j_number("Amount"), 'reference': "Reference", 'reason': "Reason",
    'description': "Description", 'kind': "Kind", 'status': "Status"} AS v
  FROM nested_refunds n JOIN x_refunds r ON r.rowid = n.at_row
), paid AS (
  SELECT "Invoice Number" AS no, list({'id': j_number("Payment ID"),
    'received': j_moment("Received Date"), 'booking_number': "Booking Number",
    'customer_name': "Customer Name", 'type': "Payment Type", 'gateway': "Gateway",
    'reference': "Reference", 'amount': j_number("Amount"), 'insert_type': "Insert Type",
    'status': "Status", 'added_by': "Added By", 'fieldworker': "Fieldworker",
    'deposit': j_flag("Is Deposit"), 'tip': j_number("Tip"), 'note': "Note", 'refund': r.v}
    ORDER BY p.rowid) AS v
  FROM x_payments p LEFT JOIN refunded r ON r.payment = p.rowid GROUP BY 1
), items AS (
  SELECT "Invoice Number" AS no, list({'booking_number': "Booking Number", 'line': j_number("Line"),
    'type': "Type", 'item': "Item", 'quantity': j_number("Quantity"), 'rate': j_number("Rate"),
    'discount': j_number("Discount"), 'tax_rate': "Tax Rate", 'tax': j_number("Tax"),
    'amount': j_number("Amount")} ORDER BY rowid) AS v FROM x_invoice_items GROUP BY 1
), mails AS (
  SELECT "Ref" AS no, list({'at': j_moment("Date Time"), 'from': "From", 'recipient': "Recipient",
    'subject': "Subject", 'status': "Status", 'opened_at': j_moment("Opened At"),
    'clicked_at': j_moment("Clicked At"), 'automated': j_flag("Automated"),
    'body': "Body (HTML)", 'attachments': j_list("Attachments")} ORDER BY rowid) AS v
  FROM x_emails WHERE "Ref" NOT IN (SELECT no FROM job_numbers) GROUP BY 1
), talk AS (
  SELECT "Record Number" AS no, list({'record_type': "Record Type", 'at': j_moment("Date Time"),
    'author': "Author", 'author_role': "Author Role", 'visibility': "Visibility",
    'pinned': j_flag("Pinned"), 'edited_by': "Edited By", 'text': "Comment",
    'attachments': j_list("Attachments")} ORDER BY rowid) AS v
  FROM x_discussions WHERE "Record Number" NOT IN (SELECT no FROM job_numbers) GROUP BY 1
), papers AS (
  SELECT "Record Number" AS no, list({'record_type': "Record Type", 'name': "File Name",
    'file': "File Path", 'kind': "Kind", 'tag': "Tag", 'caption': "Caption",
    'uploaded_by': "Uploaded By", 'uploaded_at': j_moment("Uploaded At")} ORDER BY rowid) AS v
  FROM x_attachments WHERE "Record Number" NOT IN (SELECT no FROM job_numbers) GROUP BY 1
)
SELECT to_json({
  'number': i."Invoice Number", 'booking_numbers': j_list("Booking Numbers"),
  'customer_id': j_number("Customer ID"), 'customer_name': "Customer Name",
  'billing_address': "Billing Address", 'status': "Status", 'issue_date': j_date("Issue Date"),
  'due_date': j_date("Due Date"), 'lines': coalesce(l.v, []), 'sub_total': j_number("Sub Total"),
  'discount': j_number("Discount"), 'total': j_number("Total"), 'tax': j_number("Tax"),
  'paid': j_number("Paid"), 'refunded': j_number("Refunded"), 'balance': j_number("Balance"),
  'sales_rep': "Sales Rep", 'trading_name': "Trading Name", 'invoice_entity': "Invoice Entity",
  'locked': j_flag("Locked"), 'labels': j_list("Labels"), 'voided_at': j_moment("Voided At"),
  'payments': coalesce(p.v, []), 'discussion': coalesce(t.v, []), 'emails': coalesce(m.v, []),
  'attachments': coalesce(a.v, [])
})
FROM x_invoices i LEFT JOIN invoice_numbers n ON n.at_row = i.rowid
LEFT JOIN items l ON l.no = n.no LEFT JOIN paid p ON p.no = n.no
LEFT JOIN mails m ON m.no = n.no LEFT JOIN talk t ON t.no = n.no
LEFT JOIN papers a ON a.no = n.no
ORDER BY i.rowid
