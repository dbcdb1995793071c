"""The file set as documented: every file with its columns, in order."""

from __future__ import annotations

COLUMNS = {
    "customers": "Customer ID,Customer Type,Customer Title,First Name,Last Name,First_name2,"
    "Last_name2,First_name3,Last_name3,Business Name,Email,Email2,Email3,Mobile,Mobile2,Mobile3,"
    "Phone,Phone2,Phone3,Fax,Unit,Street,Suburb,State,Postcode,Country,Billing Address,"
    "Date Joined,Labels,Trading Name,Bill Payer,Invoice Due Days,Billing Cycle,Rating,Notes,"
    "Status,Deleted At",
    "customer_contacts": "Customer ID,Contact Name,Relation,Mobile,Email,Is Default",
    "customer_addresses": "Customer ID,Label,Unit,Street,Suburb,State,Postcode,Country,Latitude,"
    "Longitude",
    "customer_properties": "Property ID,Customer ID,Property Type,Name,Breed,Make,Model,"
    "Serial Number,Pool Volume,Access Notes,Created",
    "custom_fields": "Field ID,Scope,Label,Portal Label,Helper Text,Type,Mandatory,Group,"
    "Parent Field,Parent Value,Hidden From Portal,Hidden From Invoice,Active",
    "custom_field_values": "Field ID,Value ID,Value,Price Adjustment,Duration Adjustment (min)",
    "custom_field_answers": "Record Type,Record Number,Service Line ID,Field ID,Label,Value,Price",
    "labels": "Record Type,Record Number,Label",
    "booking_statuses": "Status Name,Color,Is Default,Show In Calendar,Push To Google,"
    "Delete From Google,Send Emails,Allow Invoice,Enabled",
    "services": "Service ID,Service Name,Category,Description,Pricing Model,Unit Label,Price,"
    "Minimum Price,Duration,Tax Rate,Payment Terms,Deposit,Fieldworker Share,Show In Portal,"
    "Active",
    "service_discounts": "Service,From Qty,To Qty,Discount Type,Discount Value,Extra Service Time",
    "price_zones": "Service,Zone,Postcodes,Price",
    "products": "Product Name,Item Code,Unit Cost,Markup,Sale Price,Tax Rate,Unit Label,Available,"
    "Stock Qty,Supplier,Minimum Stock",
    "tax_rates": "Tax Name,Percentage,Default",
    "users": "User ID,Display Name,First Name,Last Name,Role,Email,Timezone,Mobile,Phone,Fax,"
    "Emergency Phone,Status",
    "fieldworkers": "Fieldworker ID,Display Name,First Name,Last Name,Parent Fieldworker,"
    "Employment Type,Email,Mobile,Phone,Address,Timezone,Status,Labels,Licence,Licence Expiry,"
    "Insurance Expiry,Tax Number,GST Registered,Pay Structure,Hourly Rate,Overtime Rate,"
    "First Hour Rate,Bank Name,Account Name,BSB,Account Number,Services,Travel Radius,Rating",
    "inquiries": "Inquiry Number,Created,Status,Source,Customer ID,Customer Name,Mobile,Email,"
    "Address,Services,Message,Follow Up Date,Owner,Labels,Converted To",
    "quotes": "Quote Number,Created,Status,Customer ID,Customer Name,Address,Sales Rep,"
    "Expiry Date,Follow Up Date,Sub Total,Discount,Tax,Total,Deposit,Decided At,Decided By,"
    "Decline Reason,Booking Number,Labels",
    "quote_items": "Quote Number,Line,Type,Item,Description,Quantity,Rate,Discount,Tax Rate,Amount",
    "bookings": "Booking Number,Quote Number,Created,Status,Customer ID,Customer Name,"
    "Onsite Contact,Trading Name,Branch,Sales Rep,Source,Location Type,Address,Secondary Address,"
    "Property Type,First Start,Last End,Services,Fieldworkers,Sub Total,Discount,Tax,Total,"
    "Deposit,Paid,Balance,Cancellation Fee,Call Out Fee,Labels,Customer Rating,"
    "Auto Reminders Paused,Deleted",
    "booking_services": "Booking Number,Line ID,Service,Quantity,Unit Label,Unit Price,Discount,"
    "Tax Rate,Amount,Property",
    "appointments": "Booking Number,Line ID,Visit No,Date,Start,End,Time Mode,Actual Start,"
    "Actual Finish,Visit Status,Fieldworkers,Subworkers",
    "booking_fieldworkers": "Booking Number,Fieldworker,Share %,Share Amount,Paid,Payment Withheld",
    "job_requests": "Booking Number,Fieldworker,Sent,Response,Reject Answer",
    "booking_products": "Booking Number,Product,Item Code,Quantity,Unit Cost,Sale Price,Tax Rate,"
    "Added By",
    "booking_charges": "Booking Number,Charge,Quantity,Amount,Tax Rate",
    "booking_history": "Booking Number,Date Time,User,Action,Old Value,New Value",
    "invoices": "Invoice Number,Booking Numbers,Customer ID,Customer Name,Billing Address,Status,"
    "Issue Date,Due Date,Sub Total,Discount,Tax,Total,Paid,Refunded,Balance,Sales Rep,"
    "Trading Name,Invoice Entity,Locked,Labels,Voided At",
    "invoice_items": "Invoice Number,Booking Number,Line,Type,Item,Quantity,Rate,Discount,"
    "Tax Rate,Tax,Amount",
    "payments": "Payment ID,Invoice Number,Booking Number,Customer Name,Received Date,Amount,"
    "Payment Type,Gateway,Reference,Insert Type,Status,Added By,Fieldworker,Is Deposit,Tip,Note",
    "refunds": "Payment ID,Invoice Number,Booking Number,Received Refund Date,Payment Type,"
    "Fieldworker,Amount,Reference,Reason,Description,Kind,Status",
    "fieldworker_payments": "Fieldworker,Booking Number,Amount,Status,Batch Reference,Paid Date,"
    "Method",
    "issues": "Issue Number,Record Type,Record Number,Type,Status,To Follow,Deferred Date,"
    "Raised By,Created,Closed,Visibility,Message,Payment Withheld",
    "ratings": "Booking Number,Fieldworker,Stars,Review,Tag Scores,Created",
    "discussions": "Record Type,Record Number,Date Time,Author,Author Role,Visibility,Pinned,"
    "Edited By,Comment,Attachments",
    "emails": "Date Time,From,Recipient,Subject,Ref,Status,Opened At,Clicked At,Automated,"
    "Body (HTML),Attachments",
    "sms": "Date Time,Direction,From,To,Message,Status,Ref,User",
    "calls": "Date Time,Direction,From,To,User,Duration,Outcome,Recording File,Ref",
    "attachments": "Record Type,Record Number,File Name,File Path,Kind,Tag,Caption,Uploaded By,"
    "Uploaded At",
    "images": "Record Type,Record Number,File Name,File Path,Image Type,Tag,Caption,Uploaded By,"
    "Uploaded At",
    "forms": "Form,Display To,Display At,Services,Statuses,Active",
    "form_submissions": "Booking Number,Form,Submitted By,Submitted At,Field,Answer,Photo",
    "automations": "Name,Group,Channel,Enabled,Frequency,Template,Receiver",
    "user_activity": "Date Time,User,Module,Action,Record,IP Address",
}
