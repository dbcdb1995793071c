"""The rows of a small company that has a few jobs of every kind."""

from __future__ import annotations

from tests.integration.exports import Row

COMPANY: dict[str, list[Row]] = {
    "customers": [
        {
            "customer_id": "1",
            "customer_type": "Business",
            "business_name": "Citizen Strata",
            "first_name": "Jane",
            "last_name": "Citizen",
            "email": "jane@example.com",
            "first_name2": "Tom",
            "last_name2": "Citizen",
            "street": "12 Smith St",
            "suburb": "Bondi",
            "labels": "VIP; Weekly",
            "CF: Gate code": "0412",
            "CF: Has dog": "Yes",
            "CF: Pool volume": "45000",
            "CF: Surfaces": "Wood; Stone",
            "CF: Entry": "Front door",
            "CF: Signed": "signature.png",
        },
        {
            "customer_id": "2",
            "first_name": "Ann",
            "last_name": "Roe",
            "email": "ann@example.com",
            "CF: Has dog": "No",
            "CF: Surfaces": "Stone",
            "CF: Entry": "Back door",
        },
    ],
    "custom_fields": [
        {"field_id": "1", "label": "Gate code", "type": "Short Text"},
        {"field_id": "2", "label": "Has dog", "type": "Toggle"},
        {"field_id": "3", "label": "Pool volume", "type": "Number Stepper"},
        {"field_id": "4", "label": "Surfaces", "type": "Multi-select"},
        {"field_id": "5", "label": "Entry", "type": "Dropdown"},
        {"field_id": "6", "label": "Signed", "type": "Signature"},
    ],
    "services": [{"service_id": "5", "service_name": "Carpet clean", "price": "55.00"}],
    "fieldworkers": [{"fieldworker_id": "7", "display_name": "Sam K", "email": "sam@example.com"}],
    "bookings": [
        {
            "booking_number": "BOK-1",
            "quote_number": "EST-1",
            "customer_id": "1",
            "status": "COMPLETED",
            "total": "110.00",
            "source": "Website",
            "fieldworkers": "Sam K",
            "address": "12 Smith St, Bondi",
            "created": "20/03/2025 09:00",
            "first_start": "27/03/2025 09:00",
        },
        {
            "booking_number": "BOK-2",
            "customer_id": "2",
            "status": "TO DO",
            "total": "55.00",
            "created": "20/06/2025 09:00",
            "first_start": "27/07/2025 09:00",
        },
        {
            "booking_number": "BOK-3",
            "customer_id": "2",
            "status": "Waiting on strata",
            "total": "60.00",
        },
    ],
    "booking_services": [
        {
            "booking_number": number,
            "service": "Carpet clean",
            "quantity": quantity,
            "unit_price": "55.00",
            "amount": amount,
        }
        for number, quantity, amount in (("BOK-1", "2", "110.00"), ("BOK-2", "1", "55.00"))
    ],
    "quotes": [
        {
            "quote_number": "EST-1",
            "customer_id": "1",
            "status": "Accepted",
            "total": "110.00",
            "booking_number": "BOK-1",
        },
        {
            "quote_number": "EST-2",
            "customer_id": "2",
            "status": "Declined",
            "total": "75.50",
            "decline_reason": "Found a cheaper price",
        },
    ],
    "invoices": [
        {
            "invoice_number": "INV-1",
            "booking_numbers": "BOK-1",
            "customer_id": "1",
            "status": "Open",
            "issue_date": "28/03/2025",
            "total": "110.00",
        }
    ],
    "payments": [
        {
            "payment_id": "1",
            "invoice_number": "INV-1",
            "amount": "60.00",
            "status": "Approved",
            "received_date": "02/04/2025 10:00",
        }
    ],
    "appointments": [
        {"booking_number": "BOK-1", "date": "27/03/2025", "start": "09:00", "end": "11:00"}
    ],
    "booking_history": [
        {
            "booking_number": "BOK-1",
            "date_time": "27/03/2025 11:20",
            "user": "Sam K",
            "action": "Status changed",
            "old_value": "TO DO",
            "new_value": "COMPLETED",
        }
    ],
    "discussions": [
        {
            "record_number": "BOK-1",
            "date_time": "26/03/2025 16:02",
            "author": "Alex P",
            "comment": "Gate code 4412 & <b>dog</b> in the yard",
        }
    ],
    "images": [{"record_number": "BOK-1", "file_name": "a.jpg", "file_path": "files/BOK-1/a.jpg"}],
}
