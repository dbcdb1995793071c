WITH answers AS (
  SELECT l.at_row, list({'record_type': "Record Type", 'record_number': "Record Number",
    'field_id': j_number("Field ID"), 'label': "Label", 'price': j_number("Price"),
    'value': CASE WHEN "Label" = 'Stains' THEN to_json(string_split("Value", '; '))
      ELSE to_json("Value") END} ORDER BY a.rowid) AS v
  FROM x_custom_field_answers a JOIN service_lines l
    ON l.line = a."Service Line ID" AND l.no = a."Record Number" GROUP BY 1
), visits AS (
  SELECT l.at_row, list({'visit': j_number("Visit No"), 'date': j_date("Date"),
    'start': j_clock("Start"), 'end': j_clock("End"), 'time_mode': "Time Mode",
    'actual_start': j_moment("Actual Start"), 'actual_finish': j_moment("Actual Finish"),
    'status': "Visit Status", 'fieldworkers': j_list("Fieldworkers"),
    'subworkers': j_list("Subworkers")} ORDER BY a.rowid) AS v
  FROM x_appointments a JOIN service_lines l
    ON l.line = a."Line ID" AND l.no = a."Booking Number" GROUP BY 1
), services AS (
  SELECT n.id, list({'line_id': j_number(s."Line ID"), 'service': s."Service",
    'quantity': j_number(s."Quantity"), 'unit': s."Unit Label",
    'unit_price': j_number(s."Unit Price"), 'discount': j_number(s."Discount"),
    'tax_rate': s."Tax Rate", 'amount': j_number(s."Amount"), 'property': s."Property",
    'answers': coalesce(a.v, []), 'appointments': coalesce(v.v, [])} ORDER BY s.rowid) AS v
  FROM x_booking_services s JOIN job_numbers n ON n.no = s."Booking Number"
  LEFT JOIN answers a ON a.at_row = s.rowid LEFT JOIN visits v ON v.at_row = s.rowid GROUP BY 1
), shares AS (
  SELECT n.id, list({'name': "Fieldworker", 'share_pct': j_number("Share %"),
    'share_amount': j_number("Share Amount"), 'paid': j_flag("Paid"),
    'payment_withheld': j_flag("Payment Withheld")} ORDER BY x.rowid) AS v
  FROM x_booking_fieldworkers x JOIN job_numbers n ON n.no = "Booking Number" GROUP BY 1
), requests AS (
  SELECT n.id, list({'fieldworker': "Fieldworker", 'sent': j_moment("Sent"),
    'response': "Response", 'reject_answer': "Reject Answer"} ORDER BY x.rowid) AS v
  FROM x_job_requests x JOIN job_numbers n ON n.no = "Booking Number" GROUP BY 1
), charges AS (
  SELECT n.id, list({'kind': "Charge", 'quantity': j_number("Quantity"),
    'amount': j_number("Amount"), 'tax_rate': "Tax Rate"} ORDER BY x.rowid) AS v
  FROM x_booking_charges x JOIN job_numbers n ON n.no = "Booking Number" GROUP BY 1
), products AS (
  SELECT n.id, list({'product': "Product", 'item_code': "Item Code",
    'quantity': j_number("Quantity"), 'unit_cost': j_number("Unit Cost"),
    'sale_price': j_number("Sale Price"), 'tax_rate': "Tax Rate", 'added_by': "Added By"}
    ORDER BY x.rowid) AS v
  FROM x_booking_products x JOIN job_numbers n ON n.no = "Booking Number" GROUP BY 1
), history AS (
  SELECT n.id, list({'at': j_moment("Date Time"), 'user': "User", 'action': "Action",
    'old': "Old Value", 'new': "New Value"} ORDER BY x.rowid) AS v
  FROM x_booking_history x JOIN job_numbers n ON n.no = "Booking Number" GROUP BY 1
), ratings AS (
  SELECT n.id, {'fieldworker': COLUMNS('Fieldworker|Contractor'), 'stars': j_number("Stars"),
    'review': "Review", 'tags': j_list("Tag Scores"), 'created': j_moment("Created")} AS v
  FROM nested_ratings n JOIN x_ratings x ON x.rowid = n.at_row
), forms AS (
  SELECT n.id, list({'form': "Form", 'by': "Submitted By", 'at': j_moment("Submitted At"),
    'field': "Field", 'answer': "Answer", 'photo': "Photo"} ORDER BY x.rowid) AS v
  FROM x_form_submissions x JOIN job_numbers n ON n.no = "Booking Number" GROUP BY 1
), items AS (
  SELECT n.id, list({'line': j_number("Line"), 'type': "Type", 'item': "Item",
    'description': "Description", 'quantity': j_number("Quantity"), 'rate': j_number("Rate"),
    'discount': j_number("Discount"), 'tax_rate': "Tax Rate", 'amount': j_number("Amount")}
    ORDER BY x.rowid) AS v
  FROM x_quote_items x JOIN job_numbers n ON n.no = "Quote Number" GROUP BY 1
), billed AS (
  SELECT n.id, list(invoice ORDER BY o) AS v FROM (
    SELECT unnest(string_split("Booking Numbers", '; ')) AS no, "Invoice Number" AS invoice,
      rowid AS o FROM x_invoices) b JOIN job_numbers n USING (no) GROUP BY 1
), talk AS (
  SELECT n.id, list({'record_type': "Record Type", 'record_number': "Record Number",
    'at': j_moment("Date Time"), 'author': "Author", 'author_role': "Author Role",
    'visibility': "Visibility", 'pinned': j_flag("Pinned"), 'edited_by': "Edited By",
    'text': "Comment", 'attachments': j_list("Attachments")} ORDER BY x.rowid) AS v
  FROM x_discussions x JOIN job_numbers n ON n.no = "Record Number" GROUP BY 1
), issues AS (
  SELECT n.id, list({'number': "Issue Number", 'record_type': "Record Type",
    'record_number': "Record Number", 'type': "Type", 'status': "Status",
    'to_follow': j_flag("To Follow"), 'deferred_date': j_date("Deferred Date"),
    'raised_by': "Raised By", 'created': j_moment("Created"), 'closed': j_moment("Closed"),
    'visibility': "Visibility", 'message': "Message",
    'payment_withheld': j_flag("Payment Withheld")} ORDER BY x.rowid) AS v
  FROM x_issues x JOIN job_numbers n ON n.no = "Record Number" GROUP BY 1
), images AS (
  SELECT n.id, list({'record_type': "Record Type", 'record_number': "Record Number",
    'name': "File Name", 'file': "File Path", 'image_type': "Image Type", 'type': "Tag",
    'caption': "Caption", 'uploaded_by': "Uploaded By", 'uploaded_at': j_moment("Uploaded At")}
    ORDER BY x.rowid) AS v
  FROM x_images x JOIN job_numbers n ON n.no = "Record Number" GROUP BY 1
), papers AS (
  SELECT n.id, list({'record_type': "Record Type", 'record_number': "Record Number",
    'name': "File Name", 'file': "File Path", 'kind': "Kind", 'tag': "Tag", 'caption': "Caption",
    'uploaded_by': "Uploaded By", 'uploaded_at': j_moment("Uploaded At")} ORDER BY x.rowid) AS v
  FROM x_attachments x JOIN job_numbers n ON n.no = "Record Number" GROUP BY 1
), mails AS (
  SELECT n.id, list({'at': j_moment("Date Time"), 'from': "From", 'recipient': "Recipient",
    'subject': "Subject", 'ref': "Ref", 'status': "Status", 'opened_at': j_moment("Opened At"),
    'clicked_at': j_moment("Clicked At"), 'automated': j_flag("Automated"),
    'body': "Body (HTML)", 'attachments': j_list("Attachments")} ORDER BY x.rowid) AS v
  FROM x_emails x JOIN job_numbers n ON n.no = "Ref" GROUP BY 1
), texts AS (
  SELECT n.id, list({'at': j_moment("Date Time"), 'direction': "Direction", 'from': "From",
    'to': "To", 'text': "Message", 'status': "Status", 'ref': "Ref", 'user': "User"}
    ORDER BY x.rowid) AS v
  FROM x_sms x JOIN job_numbers n ON n.no = "Ref" GROUP BY 1
), rung AS (
  SELECT n.id, list({'at': j_moment("Date Time"), 'direction': "Direction", 'from': "From",
    'to': "To", 'user': "User", 'duration': "Duration", 'outcome': "Outcome",
    'recording_file': "Recording File", 'ref': "Ref"} ORDER BY x.rowid) AS v
  FROM x_calls x JOIN job_numbers n ON n.no = "Ref" GROUP BY 1
)
SELECT to_json({
  'numbers': {'inquiry': i."Inquiry Number", 'quote': q."Quote Number",
    'booking': b."Booking Number", 'invoices': coalesce(billed.v, [])},
  'customer_id': j_number(coalesce(b."Customer ID", q."Customer ID", i."Customer ID")),
  'sales_rep': coalesce(b."Sales Rep", q."Sales Rep", i."Owner"), 'branch': b."Branch",
  'trading_name': b."Trading Name",
  'source': CASE WHEN c.b IS NULL THEN i."Source" ELSE b."Source" END,
  'inquiry': CASE WHEN c.i IS NOT NULL THEN {'created': j_moment(i."Created"), 'status': i."Status",
    'source': i."Source", 'customer_id': j_number(i."Customer ID"), 'name': i."Customer Name",
    'mobile': i."Mobile", 'email': i."Email", 'address': i."Address",
    'services': j_list(i."Services"), 'message': i."Message",
    'follow_up_date': j_date(i."Follow Up Date"), 'owner': i."Owner",
    'labels': j_list(i."Labels"), 'converted_to': i."Converted To"} END,
  'quote': CASE WHEN c.q IS NOT NULL THEN {'created': j_moment(q."Created"), 'status': q."Status",
    'customer_id': j_number(q."Customer ID"), 'customer_name': q."Customer Name",
    'address': q."Address", 'sales_rep': q."Sales Rep",
    'expiry_date': j_date(q."Expiry Date"), 'follow_up_date': j_date(q."Follow Up Date"),
    'decided_at': j_moment(q."Decided At"), 'decided_by': q."Decided By",
    'decline_reason': q."Decline Reason", 'sub_total': j_number(q."Sub Total"),
    'discount': j_number(q."Discount"), 'tax': j_number(q."Tax"), 'total': j_number(q."Total"),
    'deposit': q."Deposit", 'booking_number': q."Booking Number",
    'items': coalesce(items.v, []), 'labels': j_list(q."Labels")} END,
  'booking': CASE WHEN c.b IS NOT NULL THEN {'quote_number': b."Quote Number",
    'created': j_moment(b."Created"), 'status': b."Status",
    'customer_id': j_number(b."Customer ID"), 'customer_name': b."Customer Name",
    'location_type': b."Location Type", 'property_type': b."Property Type", 'address': b."Address",
    'secondary_address': b."Secondary Address", 'onsite_contact': b."Onsite Contact",
    'first_start': j_moment(b."First Start"), 'last_end': j_moment(b."Last End"),
    'services': coalesce(services.v, []), 'fieldworkers': coalesce(shares.v, []),
    'charges': coalesce(charges.v, []), 'products': coalesce(products.v, []),
    'job_requests': coalesce(requests.v, []), 'sub_total': j_number(b."Sub Total"),
    'discount': j_number(b."Discount"), 'tax': j_number(b."Tax"), 'total': j_number(b."Total"),
    'deposit': j_number(b."Deposit"), 'paid': j_number(b."Paid"),
    'balance': j_number(b."Balance"), 'cancellation_fee': j_number(b."Cancellation Fee"),
    'call_out_fee': j_number(b."Call Out Fee"), 'labels': j_list(b."Labels"),
    'customer_rating': j_number(b."Customer Rating"), 'rating': ratings.v,
    'auto_reminders_paused': j_flag(b."Auto Reminders Paused"), 'deleted': j_flag(b."Deleted"),
    'service_names': j_list(b."Services"), 'fieldworker_names': j_list(b."Fieldworkers"),
    'history': coalesce(history.v, [])} END,
  'discussion': coalesce(talk.v, []), 'emails': coalesce(mails.v, []),
  'sms': coalesce(texts.v, []), 'calls': coalesce(rung.v, []), 'issues': coalesce(issues.v, []),
  'forms': coalesce(forms.v, []), 'images': coalesce(images.v, []),
  'attachments': coalesce(papers.v, [])
})
FROM chains c LEFT JOIN x_inquiries i ON i.rowid = c.i LEFT JOIN x_quotes q ON q.rowid = c.q
LEFT JOIN x_bookings b ON b.rowid = c.b
LEFT JOIN items USING (id) LEFT JOIN services USING (id) LEFT JOIN shares USING (id)
LEFT JOIN charges USING (id) LEFT JOIN products USING (id) LEFT JOIN history USING (id)
LEFT JOIN ratings USING (id) LEFT JOIN forms USING (id) LEFT JOIN billed USING (id)
LEFT JOIN issues USING (id) LEFT JOIN images USING (id) LEFT JOIN texts USING (id)
LEFT JOIN rung USING (id) LEFT JOIN talk USING (id) LEFT JOIN mails USING (id)
LEFT JOIN papers USING (id) LEFT JOIN requests USING (id)
ORDER BY c.id
