WITH answers AS (
  SELECT "Service Line ID" AS line, list({'field_id': j_count("Field ID"), 'label': "Label",
    'value': CASE WHEN "Label" = 'Stains' THEN to_json(string_split("Value", '; '))
      ELSE to_json("Value") END}
    ORDER BY rowid) AS v FROM x_custom_field_answers GROUP BY 1
), shares AS (
  SELECT "Booking Number" AS no, list({'name': "Fieldworker", 'share_pct': j_number("Share %"),
    'share_amount': j_number("Share Amount"), 'paid': j_flag("Paid")} ORDER BY rowid) AS v
  FROM x_booking_fieldworkers GROUP BY 1
), visits AS (
  SELECT "Line ID" AS line, list({'visit': j_count("Visit No"), 'date': j_date("Date"),
    'start': j_clock("Start"),
    'end': j_clock("End"), 'time_mode': "Time Mode", 'actual_start': j_moment("Actual Start"),
    'actual_finish': j_moment("Actual Finish"), 'status': "Visit Status",
      'fieldworkers': j_list("Fieldworkers"),
    'subworkers': j_list("Subworkers")} ORDER BY rowid) AS v FROM x_appointments GROUP BY 1
), services AS (
  SELECT s."Booking Number" AS no, list({'line_id': j_count(s."Line ID"), 'service': s."Service",
    'quantity': j_number(s."Quantity"), 'unit': s."Unit Label",
      'unit_price': j_number(s."Unit Price"),
    'discount': j_number(s."Discount"), 'tax_rate': s."Tax Rate", 'amount': j_number(s."Amount"),
    'property': s."Property", 'answers': coalesce(a.v, []), 'appointments': coalesce(v.v, [])}
    ORDER BY s.rowid) AS v
  FROM x_booking_services s LEFT JOIN answers a ON a.line = s."Line ID"
  LEFT JOIN visits v ON v.line = s."Line ID" GROUP BY 1
), charges AS (
  SELECT "Booking Number" AS no, list({'kind': "Charge", 'quantity': j_number("Quantity"),
    'amount': j_number("Amount"), 'tax_rate': "Tax Rate"} ORDER BY rowid) AS v
      FROM x_booking_charges GROUP BY 1
), products AS (
  SELECT "Booking Number" AS no, list({'product': "Product", 'item_code': "Item Code",
    'quantity': j_number("Quantity"), 'unit_cost': j_number("Unit Cost"),
      'sale_price': j_number("Sale Price"),
    'tax_rate': "Tax Rate"} ORDER BY rowid) AS v FROM x_booking_products GROUP BY 1
), history AS (
  SELECT "Booking Number" AS no, list({'at': j_moment("Date Time"), 'user': "User",
    'action': "Action",
    'old': "Old Value", 'new': "New Value"} ORDER BY rowid) AS v FROM x_booking_history GROUP BY 1
), ratings AS (
  SELECT "Booking Number" AS no, any_value({'stars': j_count("Stars"), 'review': "Review",
    'tags': "Tag Scores", 'created': j_moment("Created")} ORDER BY rowid) AS v
      FROM x_ratings GROUP BY 1
), forms AS (
  SELECT "Booking Number" AS no, list({'form': "Form", 'by': "Submitted By",
    'at': j_moment("Submitted At"),
    'field': "Field", 'answer': "Answer"} ORDER BY rowid) AS v FROM x_form_submissions GROUP BY 1
), items AS (
  SELECT "Quote Number" AS no, list({'line': j_count("Line"), 'type': "Type", 'item': "Item",
    'quantity': j_number("Quantity"), 'rate': j_number("Rate"), 'discount': j_number("Discount"),
    'tax_rate': "Tax Rate", 'amount': j_number("Amount")} ORDER BY rowid) AS v
      FROM x_quote_items GROUP BY 1
), billed AS (
  SELECT no, list(invoice ORDER BY o) AS v FROM (
    SELECT unnest(string_split("Booking Numbers", '; ')) AS no, "Invoice Number" AS invoice,
      rowid AS o
    FROM x_invoices) GROUP BY 1
), talk AS (
  SELECT "Record Number" AS no, list({'at': j_moment("Date Time"), 'author': "Author",
    'visibility': "Visibility", 'pinned': j_flag("Pinned"), 'text': "Comment"} ORDER BY rowid) AS v
  FROM x_discussions GROUP BY 1
), issues AS (
  SELECT "Record Number" AS no, list({'number': "Issue Number", 'type': "Type", 'status': "Status",
    'raised_by': "Raised By", 'created': j_moment("Created"), 'closed': j_moment("Closed"),
    'visibility': "Visibility", 'message': "Message"} ORDER BY rowid) AS v FROM x_issues GROUP BY 1
), images AS (
  SELECT "Record Number" AS no, list({'file': "File Path", 'type': "Tag", 'caption': "Caption"}
    ORDER BY rowid) AS v FROM x_images GROUP BY 1
), papers AS (
  SELECT "Record Number" AS no, list({'file': "File Path", 'kind': "Kind", 'caption': "Caption"}
    ORDER BY rowid) AS v FROM x_attachments GROUP BY 1
), mails AS (
  SELECT "Ref" AS no, list({'at': j_moment("Date Time"), 'recipient': "Recipient",
    'subject': "Subject",
    'ref': "Ref", 'status': "Status", 'body': "Body (HTML)"} ORDER BY rowid) AS v
      FROM x_emails GROUP BY 1
), texts AS (
  SELECT "Ref" AS no, list({'at': j_moment("Date Time"), 'direction': "Direction", 'from': "From",
    'to': "To",
    'text': "Message", 'status': "Status"} ORDER BY rowid) AS v FROM x_sms GROUP BY 1
), rung AS (
  SELECT "Ref" AS no, list({'at': j_moment("Date Time"), 'direction': "Direction", 'from': "From",
    'to': "To",
    'user': "User", 'duration': "Duration", 'outcome': "Outcome"} ORDER BY rowid) AS v
      FROM x_calls GROUP BY 1
), chains AS (
  SELECT 1 AS o, b.rowid AS at_row, i."Inquiry Number" AS i, q."Quote Number" AS q,
    b."Booking Number" AS b
  FROM x_bookings b LEFT JOIN x_quotes q ON q."Quote Number" = b."Quote Number"
  LEFT JOIN x_inquiries i ON i."Converted To" = coalesce(q."Quote Number", b."Booking Number")
  UNION ALL
  SELECT 2, q.rowid, i."Inquiry Number", q."Quote Number", NULL FROM x_quotes q
  LEFT JOIN x_inquiries i ON i."Converted To" = q."Quote Number"
  WHERE q."Quote Number" NOT IN (SELECT "Quote Number"
    FROM x_bookings WHERE "Quote Number" IS NOT NULL)
  UNION ALL
  SELECT 3, rowid, "Inquiry Number", NULL, NULL FROM x_inquiries WHERE "Converted To" IS NULL
)
SELECT to_json({
  'numbers': {'inquiry': c.i, 'quote': c.q, 'booking': c.b, 'invoices': coalesce(billed.v, [])},
  'customer_id': j_count(coalesce(b."Customer ID", q."Customer ID", i."Customer ID")),
  'sales_rep': coalesce(b."Sales Rep", q."Sales Rep", i."Owner"), 'branch': b."Branch",
  'trading_name': b."Trading Name", 'source': coalesce(b."Source", i."Source"),
  'inquiry': CASE WHEN c.i IS NOT NULL THEN {'created': j_moment(i."Created"), 'status': i."Status",
    'name': i."Customer Name", 'mobile': i."Mobile", 'email': i."Email",
      'services': j_list(i."Services"),
    'message': i."Message", 'follow_up_date': j_date(i."Follow Up Date")} END,
  'quote': CASE WHEN c.q IS NOT NULL THEN {'created': j_moment(q."Created"), 'status': q."Status",
    'expiry_date': j_date(q."Expiry Date"), 'follow_up_date': j_date(q."Follow Up Date"),
    'decided_at': j_moment(q."Decided At"), 'decline_reason': q."Decline Reason",
    'sub_total': j_number(q."Sub Total"), 'discount': j_number(q."Discount"),
      'tax': j_number(q."Tax"),
    'total': j_number(q."Total"), 'items': coalesce(items.v, []), 'labels': j_list(q."Labels")} END,
  'booking': CASE WHEN c.b IS NOT NULL THEN {'created': j_moment(b."Created"), 'status': b."Status",
    'location_type': b."Location Type", 'property_type': b."Property Type", 'address': b."Address",
    'secondary_address': b."Secondary Address", 'onsite_contact': b."Onsite Contact",
    'services': coalesce(services.v, []), 'fieldworkers': coalesce(shares.v, []),
    'charges': coalesce(charges.v, []), 'products': coalesce(products.v, []),
    'sub_total': j_number(b."Sub Total"), 'discount': j_number(b."Discount"),
      'tax': j_number(b."Tax"),
    'total': j_number(b."Total"), 'paid': j_number(b."Paid"), 'balance': j_number(b."Balance"),
    'labels': j_list(b."Labels"), 'rating': ratings.v, 'deleted': j_flag(b."Deleted"),
    'history': coalesce(history.v, [])} END,
  'discussion': list_concat(list_concat(coalesce(ti.v, []), coalesce(tq.v, [])),
    coalesce(tb.v, [])),
  'emails': list_concat(list_concat(coalesce(mi.v, []), coalesce(mq.v, [])), coalesce(mb.v, [])),
  'sms': coalesce(texts.v, []), 'calls': coalesce(rung.v, []), 'issues': coalesce(issues.v, []),
  'forms': coalesce(forms.v, []), 'images': coalesce(images.v, []),
  'attachments': list_concat(coalesce(pq.v, []), coalesce(pb.v, []))
})
FROM chains c
LEFT JOIN x_inquiries i ON i."Inquiry Number" = c.i LEFT JOIN x_quotes q ON q."Quote Number" = c.q
LEFT JOIN x_bookings b ON b."Booking Number" = c.b
LEFT JOIN items ON items.no = c.q LEFT JOIN services ON services.no = c.b
LEFT JOIN shares ON shares.no = c.b LEFT JOIN charges ON charges.no = c.b
LEFT JOIN products ON products.no = c.b LEFT JOIN history ON history.no = c.b
LEFT JOIN ratings ON ratings.no = c.b LEFT JOIN forms ON forms.no = c.b
LEFT JOIN billed ON billed.no = c.b LEFT JOIN issues ON issues.no = c.b
LEFT JOIN images ON images.no = c.b LEFT JOIN texts ON texts.no = c.b
  LEFT JOIN rung ON rung.no = c.b
LEFT JOIN talk ti ON ti.no = c.i LEFT JOIN talk tq ON tq.no = c.q LEFT JOIN talk tb ON tb.no = c.b
LEFT JOIN mails mi ON mi.no = c.i LEFT JOIN mails mq ON mq.no = c.q
  LEFT JOIN mails mb ON mb.no = c.b
LEFT JOIN papers pq ON pq.no = c.q LEFT JOIN papers pb ON pb.no = c.b
ORDER BY c.o, c.at_row
