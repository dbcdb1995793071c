WITH refunded AS (
  SELECT "Payment ID" AS id, any_value({'received': j_date("Received Refund Date"),
    'type': "Payment Type",
    'fieldworker': "Fieldworker", 'amount': j_number("Amount"), 'reference': "Reference",
      'reason': "Reason",
    'description': "Description", 'kind': "Kind", 'status': "Status"} ORDER BY rowid) AS v
  FROM x_refunds GROUP BY 1
), paid AS (
  SELECT "Invoice Number" AS no, list({'id': j_count("Payment ID"),
    'received': j_moment("Received Date"),
    'type': "Payment Type", 'gateway': "Gateway", 'reference': "Reference",
      'amount': j_number("Amount"),
    'insert_type': "Insert Type", 'status': "Status", 'added_by': "Added By",
      'fieldworker': "Fieldworker",
    'deposit': j_flag("Is Deposit"), 'refund': r.v} ORDER BY p.rowid) AS v
  FROM x_payments p LEFT JOIN refunded r ON r.id = p."Payment ID" GROUP BY 1
), items AS (
  SELECT "Invoice Number" AS no, list({'booking_number': "Booking Number", 'line': j_count("Line"),
    'type': "Type", 'item': "Item", 'quantity': j_number("Quantity"), 'rate': j_number("Rate"),
    'discount': j_number("Discount"), 'tax_rate': "Tax Rate", 'tax': j_number("Tax"),
    'amount': j_number("Amount")} ORDER BY rowid) AS v FROM x_invoice_items GROUP BY 1
), mails AS (
  SELECT "Ref" AS no, list({'at': j_moment("Date Time"), 'recipient': "Recipient",
    'subject': "Subject",
    'status': "Status", 'body': "Body (HTML)"} ORDER BY rowid) AS v FROM x_emails
  WHERE "Ref" LIKE 'INV-%' GROUP BY 1
), talk AS (
  SELECT "Record Number" AS no, list({'at': j_moment("Date Time"), 'author': "Author",
    'visibility': "Visibility", 'text': "Comment"} ORDER BY rowid) AS v FROM x_discussions
  WHERE "Record Type" = 'Invoice' GROUP BY 1
)
SELECT to_json({
  'number': i."Invoice Number", 'booking_numbers': j_list("Booking Numbers"),
  'customer_id': j_count("Customer ID"), 'customer_name': "Customer Name",
  'billing_address': "Billing Address", 'status': "Status", 'issue_date': j_date("Issue Date"),
  'due_date': j_date("Due Date"), 'lines': coalesce(l.v, []), 'sub_total': j_number("Sub Total"),
  'discount': j_number("Discount"), 'total': j_number("Total"), 'tax': j_number("Tax"),
  'paid': j_number("Paid"), 'refunded': j_number("Refunded"), 'balance': j_number("Balance"),
  'sales_rep': "Sales Rep", 'trading_name': "Trading Name", 'invoice_entity': "Invoice Entity",
  'locked': j_flag("Locked"), 'labels': j_list("Labels"), 'voided_at': j_moment("Voided At"),
  'payments': coalesce(p.v, []), 'discussion': coalesce(t.v, []), 'emails': coalesce(m.v, [])
})
FROM x_invoices i LEFT JOIN items l ON l.no = i."Invoice Number"
  LEFT JOIN paid p ON p.no = i."Invoice Number"
LEFT JOIN mails m ON m.no = i."Invoice Number" LEFT JOIN talk t ON t.no = i."Invoice Number"
ORDER BY i.rowid
