"""What an export says about its account: manifest, company settings, portal settings."""

from __future__ import annotations

from typing import Any

#: The moment of the export. A constant, so that a tenant does not change with the calendar.
EXPORTED_AT = "2026-06-30T23:10:00+10:00"
STARTING_NUMBERS = {"inquiry": 400, "quote": 400, "booking": 400, "invoice": 400}


def manifest(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the manifest; `entries` name the files with their rows and digests."""
    return {
        "account_name": "Bright Clean Pty Ltd",
        "exported_at": EXPORTED_AT,
        "exported_by": "Alex P",
        "time_zone": "Australia/Sydney",
        "date_format": "DD/MM/YYYY",
        "time_format": "h:mm A",
        "currency": "AUD",
        "country": "Australia",
        "tax_mode": "inclusive",
        "starting_numbers": STARTING_NUMBERS,
        "files": entries,
    }


def company() -> dict[str, Any]:
    """Return `company_settings.json`."""
    return {
        "legal_name": "Bright Clean Pty Ltd",
        "trading_names": ["Bright Clean", "Bright Clean Carpet Care"],
        "branches": ["Sydney", "Newcastle"],
        "tax_number": "00 000 000 000",
        "country": "Australia",
        "currency": "AUD",
        "time_zone": "Australia/Sydney",
        "date_format": "DD/MM/YYYY",
        "time_format": "h:mm A",
        "tax_mode": "inclusive",
        "default_tax_rate": "GST 10%",
        "starting_numbers": STARTING_NUMBERS,
        "inquiry_sources": [
            "Website",
            "Google",
            "Referral",
            "Facebook",
            "Letterbox flyer",
            "Phone",
        ],
        "property_types": ["House", "Apartment", "Unit / Studio", "Office", "Commercial"],
        "service_areas": [
            {"name": "Greater Sydney", "postcodes": ["2000-2249", "2555-2574", "2740-2786"]},
            {"name": "Newcastle", "postcodes": ["2287-2310"]},
        ],
        "gps": {"track_fieldworkers": True, "interval_minutes": 5, "working_hours_only": True},
        "image_types": ["Job photo", "Damage", "Receipt"],
    }


def portal() -> dict[str, Any]:
    """Return `portal_settings.json`."""
    return {
        "enabled": True,
        "url": "https://portal.brightclean.example.com",
        "languages": ["en-AU"],
        "allow_guest_bookings": True,
        "allow_repeat_bookings": True,
        "generate_invoices_automatically": False,
        "payment_methods": ["Credit card", "Bank transfer"],
        "booking_disclaimer": "Prices include GST. Cancellations within 24 hours may incur a fee.",
        "faqs": [
            {"question": "Do I need to be at home?", "answer": "No, a key safe is fine."},
            {"question": "Are products pet-safe?", "answer": "Yes, all of them."},
        ],
    }
