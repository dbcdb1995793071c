"""What an SQL expression may use. Everything else is refused.

The list is closed, so that a later version of the database adds nothing to it. All of these
functions give the same for the same input, whenever and wherever they are asked; none reads files,
tables, settings, variables, the clock or the network, and none makes much out of little, as
`repeat` and `range` do.
"""

from __future__ import annotations

from typing import Final

_TEXTS: Final = """
    ascii char_length character_length chr concat concat_ws contains ends_with instr lcase left
    len length like_escape not_like_escape ilike_escape not_ilike_escape lower ltrim md5
    nfc_normalize overlay ord position prefix regexp_escape regexp_extract regexp_extract_all
    regexp_full_match regexp_matches regexp_replace regexp_split_to_array replace reverse right
    rtrim sha256 split split_part starts_with str_split str_split_regex string_split
    string_split_regex string_to_array strip_accents strlen strpos substr substring suffix
    translate trim ucase unicode upper url_decode url_encode levenshtein jaro_winkler_similarity
    || ~~ !~~ ~~* !~~* ~~~ ~ ^@
"""
_NUMBERS: Final = """
    abs ceil ceiling even floor fmod greatest least ln log log10 log2 mod pow power round sign sqrt
    trunc isfinite isinf isnan + - * / // % ** ^ & |
"""
_DATES: Final = """
    date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day
    dayname dayofmonth dayofweek dayofyear decade century epoch epoch_ms hour isodow isoyear
    last_day make_date make_time make_timestamp minute month monthname quarter second strftime
    strptime try_strptime timezone to_days to_hours to_minutes to_months to_seconds to_timestamp
    to_weeks to_years week weekday weekofyear year yearweek
"""
_LISTS: Final = """
    array_extract array_length array_slice array_to_string element_at flatten list_any_value
    list_append list_apply list_cat list_concat list_contains list_distinct list_element
    list_extract list_filter list_first list_has list_has_all list_has_any list_intersect
    list_last list_max list_min list_pack list_position list_prepend list_reverse list_slice
    list_sort list_sum list_transform list_unique list_value row struct_extract struct_pack
"""
_OTHERS: Final = """
    coalesce if ifnull nullif constant_or_null json_array json_extract json_extract_string
    json_keys json_object json_type json_valid json_array_length to_json ->>
"""
FUNCTIONS: Final = frozenset(
    name for group in (_TEXTS, _NUMBERS, _DATES, _LISTS, _OTHERS) for name in group.split()
)
_TYPES: Final = """
    VARCHAR TEXT STRING CHAR BOOLEAN BOOL TINYINT SMALLINT INTEGER INT BIGINT LONG HUGEINT
    UTINYINT USMALLINT UINTEGER UBIGINT DECIMAL NUMERIC DOUBLE FLOAT REAL DATE TIME TIMESTAMP
    DATETIME TIMESTAMPTZ INTERVAL JSON LIST
"""
_OPERATORS: Final = """
    OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE OPERATOR_TRY COMPARE_IN
    COMPARE_NOT_IN ARRAY_EXTRACT ARRAY_SLICE ARRAY_CONSTRUCTOR STRUCT_EXTRACT
"""
#: The types that a value may be cast to.
TYPES: Final = frozenset(_TYPES.split()) | {"TIMESTAMP WITH TIME ZONE"}
#: The parts of an expression beside functions, columns and casts.
OPERATORS: Final = frozenset(_OPERATORS.split())
