"""What answers of the real Freshsales look like: their keys, and the kind of each value.

Taken from recorded answers of 2023, and from documented ones where nothing was recorded. `*` marks
what answers of 2026 have beside those. The notation is that of `shaping`.
"""

from __future__ import annotations

from .shaping import keys

USER = keys(
    "id:id display_name:text email:text is_active:flag work_number:text? mobile_number:text?"
)
MESSAGE = keys("message:text")
TARGETS = [keys("id:id type:text")]
FEWER_LINKS = keys(
    "conversations:text document_associations:text notes:text tasks:text appointments:text"
)

CONTACT = keys(
    "id:id first_name:text? last_name:text? display_name:text avatar:text? job_title:text? "
    "city:text? state:text? zipcode:text? country:text? email:text? time_zone:text? "
    "work_number:text? mobile_number:text? address:text? last_seen:any lead_score:int "
    "last_contacted:moment? open_deals_amount:money won_deals_amount:money "
    "last_contacted_sales_activity_mode:text? custom_field:object created_at:moment "
    "updated_at:moment keyword:text? medium:text? last_contacted_mode:text? recent_note:text? "
    "won_deals_count:int last_contacted_via_sales_activity:moment? "
    "completed_sales_sequences:any active_sales_sequences:any web_form_ids:any "
    "open_deals_count:int last_assigned_at:moment? facebook:text? twitter:text? linkedin:text? "
    "is_deleted:flag team_user_ids:list? external_id:text? work_email:text? "
    "subscription_status:int subscription_types:text unsubscription_reason:any "
    "other_unsubscription_reason:any customer_fit:int whatsapp_subscription_status:int "
    "sms_subscription_status:int last_seen_chat:any first_seen_chat:any locale:any "
    "total_sessions:any system_tags:list first_campaign:any first_medium:any first_source:any "
    "last_campaign:any last_medium:any last_source:any latest_campaign:any latest_medium:any "
    "latest_source:any mcr_id:id tags:list sales_accounts:list* record_type_id:text*",
    emails=[keys("id:id value:text is_primary:flag label:text? _destroy:flag")],
    phone_numbers=[keys("id:id value:text label:text? _destroy:flag")],
    links=FEWER_LINKS | keys("timeline_feeds:text reminders:text duplicates:text connections:text"),
)
ACCOUNT_IN_CONTACT = keys(
    "partial:flag id:id name:text avatar:text? website:text? last_contacted:moment?* "
    "is_primary:flag"
)
ACCOUNT = keys(
    "id:id name:text address:text? city:text? state:text? zipcode:text? country:text? "
    "number_of_employees:int? annual_revenue:number? website:text? owner_id:id? phone:text? "
    "open_deals_amount:money open_deals_count:int won_deals_amount:money won_deals_count:int "
    "last_contacted:moment? last_contacted_mode:text? facebook:text? twitter:text? "
    "linkedin:text? custom_field:object created_at:moment updated_at:moment avatar:text? "
    "parent_sales_account_id:id? recent_note:text? last_contacted_via_sales_activity:moment? "
    "last_contacted_sales_activity_mode:text? completed_sales_sequences:any "
    "active_sales_sequences:any last_assigned_at:moment? is_deleted:flag team_user_ids:list? "
    "web_form_ids:any tags:list has_connections:flag child_sales_accounts_count:int "
    "record_type_id:text",
    links=FEWER_LINKS,
)
DEAL = keys(
    "id:id name:text amount:money base_currency_amount:money expected_close:day? "
    "closed_date:day? stage_updated_time:moment custom_field:object probability:int "
    "updated_at:moment created_at:moment deal_pipeline_id:id deal_stage_id:id age:int "
    "recent_note:text? completed_sales_sequences:any active_sales_sequences:any web_form_id:any "
    "upcoming_activities_time:any collaboration:object last_assigned_at:moment? "
    "last_contacted_sales_activity_mode:text? last_contacted_via_sales_activity:moment? "
    "expected_deal_value:money is_deleted:flag team_user_ids:list? avatar:text? "
    "forecast_category:int? deal_prediction:int deal_prediction_last_updated_at:any "
    "freddy_forecast_metrics:any last_deal_prediction:any has_products:flag rotten_days:int? "
    "tags:list record_type_id:text*",
    links=FEWER_LINKS,
    fc_widget_collaboration=keys("convo_token:text auth_token:text encoded_jwt_token:text"),
)
DEAL_PRODUCT = keys(
    "product_id:id unit_price:number setup_fee:number? billing_type:int? billing_cycle:int? "
    "currency_code:text quantity:int discount:number discount_type:int deal_id:id "
    "association_id:id _id:text id:id name:text pricing_type:int avatar:text? owner_id:id? "
    "category:text?"
)
FILTER = keys(
    "id:id name:text model_class_name:text user_id:int is_default:flag updated_at:moment "
    "user_name:text? current_user_permissions:list"
)
NOTE = keys(
    "id:id description:text created_at:moment updated_at:moment url:text? duration:number? "
    "creater_id:id has_access:flag html_content:text* has_mentions:flag*",
    collab_context=keys("hasSlackViewAccess:flag messageId:text"),
    targetables=TARGETS,
)
TASK = keys(
    "id:id status:int title:text description:text? created_at:moment updated_at:moment "
    "owner_id:id? due_date:moment completed_date:moment? creater_id:id updater_id:id "
    "outcome_id:id? task_type_id:id? has_multiple_emails:flag* is_linkedin_type:flag* "
    "targetables_with_email:list* user_ids:list*",
    targetables=TARGETS,
)
TARGET = keys("type:text id:id")
USER_BESIDE = USER | keys("avatar:text? type:text uuid:text")
CONTACT_BESIDE = keys(
    "id:id avatar:text? display_name:text first_name:text? last_name:text? email:text? "
    "work_number:text? mobile_number:text? job_title:text?* linkedin:text?* "
    "subscription_status:int* subscription_types:text*"
)
TASKS = {
    "users": [USER_BESIDE],
    "sales_accounts": [keys("id:id avatar:text? name:text")],
    "deals": [keys("id:id avatar:text? name:text deal_pipeline_id:id")],
    "contacts": [CONTACT_BESIDE],
    "tasks": [TASK | {"targetable": TARGET}],
    "meta": keys("total:int"),
}
APPOINTMENT = {
    "appointment_attendees": "list",
    "conferences": "list",
    "notes": "list",
    "appointment": keys(
        "id:id time_zone:text? title:text description:text? location:text? is_allday:flag "
        "outcome_id:id? from_date:moment end_date:moment created_at:moment updated_at:moment "
        "provider:text creater_id:id latitude:number? longitude:number? checkedin_at:any "
        "can_checkin_checkout:flag checkedout_latitude:any checkedout_longitude:any "
        "checkedout_location:any checkedout_at:any checkedin_duration:any can_checkin:flag "
        "conference_id:any appointment_attendee_ids:list note_id:any has_multiple_emails:flag* "
        "targetables_with_email:list*",
        targetables=TARGETS,
    ),
}
ACTIVITY = keys(
    "id:id title:text start_date:moment end_date:moment sales_activity_type_id:id "
    "created_at:moment updated_at:moment notes:text? owner_id:id sales_activity_outcome_id:id? "
    "remote_id:any import_id:any creater_id:id updater_id:id conversation_time:moment "
    "targetable_id:id targetable_type:text latitude:text? longitude:text? location:text? "
    "checkedin_at:any conversation_id:any checkedout_latitude:any checkedout_longitude:any "
    "checkedout_location:any checkedout_at:any checkedin_duration:any custom_field:object "
    "completed_date:moment? status:flag",
    targetables=TARGETS,
)
JOB = keys(
    "status:text job_type_name:text created_at:utc status_updated_at:utc progress:int",
    data={
        "record_status": keys("succeeded:int failed:int"),
        "detailed_failure_report": [keys("emails:text* mobile_number:text* error_message:list")],
    },
)
KEPT = keys("id:id msg:text url:text")
ASSOCIATIONS = {
    "users": [USER],
    "documents": [
        keys(
            "id:id url:text name:text is_shared:flag content_file_size:int "
            "content_content_type:text content_updated_at:moment content_file_size_readable:text "
            "created_at:moment is_attached:flag creater_id:id"
        )
    ],
    "document_links": [
        keys(
            "id:id url:text name:text is_shared:flag created_at:moment is_attached:flag "
            "creater_id:id"
        )
    ],
    "meta": keys("total:int totalPages:int"),
}
CALL = keys(
    "id:id call_direction:flag status:text? conversation_time:moment cost:any is_manual:flag "
    "is_external_recording_url:flag note_id:id? root_phone_call_id:any user_id:id",
    targetable=TARGET,
)
LOGGED = keys(
    "contacts:list deals:list sales_accounts:list tasks:list* appointments:list* "
    "currencies:list* deal_payment_statuses:list* deal_pipelines:list* deal_stages:list* "
    "lead_sources:list* sales_activity_entity_types:list* targetables:list* user:list* "
    "users:list*",
    phone_calls=[CALL],
    notes=[NOTE | {"targetable": TARGET}],
)
HIT = keys(
    "id:text type:text name:text email:text? avatar:text? updated_at:moment* owner:object?* "
    "mcr_id:id* website:text?* country:text?* primary_sales_account_name:text?* "
    "stage_name:text?* record_type_id:text*"
)
FOUND = keys(
    "partial:flag id:id job_title:text? lead_score:int email:text? work_number:text? "
    "mobile_number:text? open_deals_amount:money display_name:text avatar:text? "
    "last_contacted_mode:text? last_contacted:moment? first_name:text? last_name:text? "
    "city:text? country:text? created_at:moment updated_at:moment"
)
LIST = keys("id:id name:text")
FEED = {
    "activities": [
        keys(
            "id:text action_type:text actionable_type:text actionable_id:id "
            "targetable_type:text targetable_id:id user_activity:flag created_at:moment "
            "composite_id:text"
        )
    ],
    "meta": keys("has_next:flag has_previous:flag"),
}
PRODUCT = keys(
    "id:id name:text category:text? custom_field:object product_code:text? sku_number:text? "
    "parent_product:text? territory_id:id? valid_till:day? is_active:flag owner_id:id? "
    "is_deleted:flag created_at:moment updated_at:moment pricing_type:int avatar:text? "
    "base_currency_amount:number? creater_id:id updater_id:id description:text?"
)
PRICE = keys(
    "id:id currency_code:text _destroy:flag billing_cycle:int? billing_type:int? "
    "unit_price:number setup_fee:number? is_locked:flag"
)
DOCUMENT = keys(
    "id:id deal_id:id contact_id:id? sales_account_id:id? document_type:text "
    "document_number:text display_name:text? stage:text amount:number "
    "base_currency_amount:number currency_code:text cpq_document_template_name:text? "
    "valid_till:day? owner_id:id? territory_id:id? creater_id:id updater_id:id "
    "created_at:moment updated_at:moment is_deleted:flag is_deal_primary:flag has_products:flag "
    "has_signatures:flag signing_order_modified:flag cpq_signature_limit:int "
    "cpq_signatures_used:int pricing_table_settings:text? shipping_address:text? "
    "shipping_city:text? shipping_state:text? shipping_zipcode:text? shipping_country:text? "
    "billing_address:text? billing_city:text? billing_state:text? billing_zipcode:text? "
    "billing_country:text?"
)
TEAM = {
    "team_users": [
        keys("user_id:id designation_id:id entity_id:id created_at:moment updated_at:moment")
    ]
}
