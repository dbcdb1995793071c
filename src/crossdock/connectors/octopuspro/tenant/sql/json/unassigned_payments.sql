-- Also payments whose invoice is not in the export: they would be lost below no invoice.
SELECT to_json({'id': j_count("Payment ID"), 'date': j_moment("Received Date"),
  'amount': j_number("Amount"),
  'description': coalesce("Note", "Reference"), 'reference': "Reference", 'type': "Payment Type",
  'invoice_number': "Invoice Number", 'status': "Status"})
FROM x_payments
WHERE "Invoice Number" IS NULL OR "Invoice Number" NOT IN (SELECT "Invoice Number" FROM x_invoices)
ORDER BY rowid
