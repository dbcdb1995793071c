"""What selectors, fields, forms and modules of the real Freshsales look like (see `shapes`)."""

from __future__ import annotations

from .shapes import USER
from .shaping import Shape, keys

NAMED = keys("id:id name:text position:int partial:flag")
STAGE = keys(
    "id:id name:text position:int forecast_type:text updated_at:utc deal_pipeline_id:id "
    "choice_type:int probability:int"
)
SELECTORS: dict[str, Shape] = {
    "owners": {"users": [USER]},
    "territories": {"territories": [keys("id:id name:text position:int")]},
    "currencies": {
        "currencies": [
            keys(
                "partial:flag id:id is_active:flag currency_code:text exchange_rate:money "
                "currency_type:int schedule_info:any"
            )
        ]
    },
    "deal_stages": {"deal_stages": [STAGE | keys("partial:flag")]},
    "deal_pipelines": {
        "deal_pipelines": [
            keys(
                "partial:flag id:id name:text position:int is_default:flag rotting_days:int "
                "aggregated_field:text",
                configs=[keys("field_name:text position:int highlight:flag")],
                deal_stages=[STAGE | keys("value:text is_deleted:flag")],
            )
        ]
    },
    "lifecycle_stages": {
        "lifecycle_stages": [
            keys(
                "id:id name:text position:int disabled:flag default:flag type:text "
                "contact_status_ids:list"
            )
        ]
    },
    "contact_statuses": {
        "contact_statuses": [NAMED | keys("forecast_type:text lifecycle_stage_id:id")]
    },
    "sales_activity_types": {
        "sales_activity_types": [
            NAMED
            | keys(
                "internal_name:text show_in_conversation:flag is_default:flag is_checkedin:flag "
                "is_checkedin_mandatory:flag is_outcome_mandatory:flag"
            )
        ]
    },
    "sales_activity_outcomes": {
        "sales_activity_outcomes": [NAMED | keys("sales_activity_type_id:id")]
    },
    "sales_activity_entity_types": {
        "sales_activity_entity_types": [
            NAMED | keys("sales_activity_type_id:id sales_activity_type_name:text")
        ]
    },
    **{
        name: {name: [NAMED]}
        for name in (
            "deal_reasons",
            "deal_types",
            "lead_sources",
            "industry_types",
            "business_types",
            "campaigns",
            "deal_payment_statuses",
            "deal_products",
        )
    },
}
FIELD = keys(
    "id:int label:text name:text type:text default:flag actionable:flag position:int "
    "base_model:text required:flag quick_add_position:int? visible:flag auto_suggest_url:text* "
    "creatable:flag* creatable_data_key:text* multiple:flag*",
    choices=[
        keys(
            "id:any value:text position:int is_active:flag* deal_pipeline_id:id* "
            "forecast_type:text* choice_type:int*"
        )
    ],
)
MADE_FIELD = keys(
    "id:text name:text label:text type:text form_id:id parent_id:text field_class:text "
    "required:flag visible:flag editable:flag custom:flag position:int quick_add_position:int? "
    "default_value:any choices:list hint:any placeholder:any link:any fields:list "
    "allow_clearing_default_value:flag",
    field_options=keys(
        "system_field:flag unique:text can_uniqueness_be_changed:flag can_label_be_renamed:flag "
        "can_required_be_changed:flag can_not_be_hidden:flag can_editable_be_changed:flag "
        "can_editable_be_changed_field_permission:flag can_choices_be_customized:flag "
        "allow_fields_to_be_added:flag"
    ),
)
_FORM_PART = keys(
    "id:text name:text label:text type:text fieldClass:text formId:id parentId:text? "
    "required:flag visible:flag editable:flag custom:flag position:int quickAddPosition:int? "
    "placeholder:any hint:any defaultValue:any link:any allowClearingDefaultValue:flag "
    "originalLabel:text originalPlaceholder:any",
    choices=[
        FIELD["choices"][0] | keys("disabled:flag inactive:flag isActive:flag"),
    ],
    fieldOptions=keys(
        "systemField:flag unique:flag canChoicesBeCustomized:flag canLabelBeRenamed:flag "
        "canRequiredBeChanged:flag canUniquenessBeChanged:flag canNotBeHidden:flag "
        "canEditableBeChanged:flag canEditableBeChangedFieldPermission:flag "
        "allowFieldsToBeAdded:flag allowSortInFilter:flag lookupType:text* "
        "lookupPrefetchUrl:text* defaultDisplayLabel:text*"
    ),
)
FORMS = {
    "forms": [
        keys(
            "id:id name:text active:flag description:text? formClass:text fieldClass:text "
            "groupedMandatoryFields:list",
            fields=[_FORM_PART | {"fields": [_FORM_PART | {"fields": "list"}]}],
        )
    ],
    "meta": {},
}
MODULE = keys(
    "id:id coll_id:text entity_name:text singular_name:text plural_name:text icon:text "
    "description:text? show_in_navigation_menu:flag custom:flag table_name:text position:int "
    "status:int renaming_customizations:object resource_path_for_navigation:text "
    "created_at:moment updated_at:moment",
    configs=keys("filters_v2_enabled:flag"),
    layout_customizations=keys("lookup_sections:list section_config:list"),
)
