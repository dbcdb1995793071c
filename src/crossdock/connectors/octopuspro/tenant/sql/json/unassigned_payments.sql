-- Also payments whose invoice is not in the export: they would be lost below no invoice.
SELECT to_json({'id': j_number("Payment ID"), 'date': j_moment("Received Date"),
  'amount': j_number("Amount"), 'description': "Note", 'reference': "Reference",
  'type': "Payment Type", 'invoice_number': "Invoice Number", 'booking_number': "Booking Number",
  'customer_name': "Customer Name", 'gateway': "Gateway", 'insert_type': "Insert Type",
  'status': "Status", 'added_by': "Added By", 'fieldworker': "Fieldworker",
  'deposit': j_flag("Is Deposit"), 'tip': j_number("Tip")})
FROM x_payments
WHERE "Invoice Number" IS NULL OR "Invoice Number" NOT IN (SELECT no FROM invoice_numbers)
ORDER BY rowid
