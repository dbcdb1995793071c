"""Time zones by the names that Freshsales knows: those of Rails, never IANA's.

An IANA name is refused as ``Not a supported time zone`` (Freshsales API documentation:
appointments; certainty: observed). The names are those that its own field offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Rails names with their own IANA zone first, then IANA zones that keep the same clocks.
_TABLE: Final = """
American Samoa|Pacific/Pago_Pago Pacific/Samoa
Midway Island|Pacific/Midway
Hawaii|Pacific/Honolulu US/Hawaii Pacific/Johnston
Alaska|America/Juneau America/Anchorage America/Nome America/Sitka US/Alaska
Pacific Time (US & Canada)|America/Los_Angeles America/Vancouver
Tijuana|America/Tijuana
Arizona|America/Phoenix US/Arizona
Mazatlan|America/Mazatlan
Mountain Time (US & Canada)|America/Denver America/Edmonton America/Boise
Central America|America/Guatemala America/Costa_Rica America/El_Salvador America/Tegucigalpa
Central Time (US & Canada)|America/Chicago America/Winnipeg America/Menominee
Chihuahua|America/Chihuahua
Mountain Time (US & Canada)|US/Mountain Canada/Mountain
Central Time (US & Canada)|US/Central Canada/Central
Eastern Time (US & Canada)|US/Eastern Canada/Eastern
Pacific Time (US & Canada)|US/Pacific Canada/Pacific
Indiana (East)|US/East-Indiana
Mexico City|America/Mexico_City
Monterrey|America/Monterrey
Saskatchewan|America/Regina Canada/Saskatchewan
Bogota|America/Bogota
Eastern Time (US & Canada)|America/New_York America/Toronto America/Detroit
Indiana (East)|America/Indiana/Indianapolis America/Indianapolis
Lima|America/Lima
Quito|America/Guayaquil
Atlantic Time (Canada)|America/Halifax Atlantic/Bermuda Canada/Atlantic
Caracas|America/Caracas
Georgetown|America/Guyana
La Paz|America/La_Paz
Santiago|America/Santiago
Newfoundland|America/St_Johns Canada/Newfoundland
Brasilia|America/Sao_Paulo Brazil/East
Buenos Aires|America/Argentina/Buenos_Aires America/Buenos_Aires
Greenland|America/Nuuk America/Godthab
Montevideo|America/Montevideo
Mid-Atlantic|Atlantic/South_Georgia
Azores|Atlantic/Azores
Cape Verde Is.|Atlantic/Cape_Verde
Casablanca|Africa/Casablanca
Dublin|Europe/Dublin
Lisbon|Europe/Lisbon
London|Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man GB
Monrovia|Africa/Monrovia Africa/Accra Africa/Abidjan Atlantic/Reykjavik
UTC|Etc/UTC UTC Etc/GMT GMT Etc/UCT Zulu
Amsterdam|Europe/Amsterdam
Belgrade|Europe/Belgrade
Berlin|Europe/Berlin Europe/Busingen
Bern|Europe/Zurich Europe/Vaduz
Bratislava|Europe/Bratislava
Brussels|Europe/Brussels Europe/Luxembourg
Budapest|Europe/Budapest
Copenhagen|Europe/Copenhagen
Ljubljana|Europe/Ljubljana
Madrid|Europe/Madrid Africa/Ceuta Europe/Gibraltar
Paris|Europe/Paris Europe/Monaco
Prague|Europe/Prague
Rome|Europe/Rome Europe/Malta Europe/Vatican Europe/San_Marino
Sarajevo|Europe/Sarajevo
Skopje|Europe/Skopje
Stockholm|Europe/Stockholm Europe/Oslo
Vienna|Europe/Vienna
Warsaw|Europe/Warsaw
West Central Africa|Africa/Algiers Africa/Lagos Africa/Luanda Africa/Tunis
Zagreb|Europe/Zagreb
Athens|Europe/Athens Asia/Nicosia
Bucharest|Europe/Bucharest
Cairo|Africa/Cairo
Harare|Africa/Harare Africa/Lusaka Africa/Maputo Africa/Gaborone
Helsinki|Europe/Helsinki Europe/Mariehamn
Jerusalem|Asia/Jerusalem Asia/Tel_Aviv
Kaliningrad|Europe/Kaliningrad
Kyiv|Europe/Kyiv Europe/Kiev
Pretoria|Africa/Johannesburg
Riga|Europe/Riga
Sofia|Europe/Sofia
Tallinn|Europe/Tallinn
Vilnius|Europe/Vilnius
Baghdad|Asia/Baghdad
Istanbul|Europe/Istanbul
Kuwait|Asia/Kuwait Asia/Qatar Asia/Bahrain
Minsk|Europe/Minsk
Moscow|Europe/Moscow
Nairobi|Africa/Nairobi Africa/Kampala Africa/Dar_es_Salaam Africa/Addis_Ababa
Riyadh|Asia/Riyadh
Volgograd|Europe/Volgograd
Tehran|Asia/Tehran
Abu Dhabi|Asia/Dubai
Muscat|Asia/Muscat
Baku|Asia/Baku
Samara|Europe/Samara
Tbilisi|Asia/Tbilisi
Yerevan|Asia/Yerevan
Kabul|Asia/Kabul
Ekaterinburg|Asia/Yekaterinburg
Karachi|Asia/Karachi
Tashkent|Asia/Tashkent
Kolkata|Asia/Kolkata Asia/Calcutta
Sri Jayawardenepura|Asia/Colombo
Kathmandu|Asia/Kathmandu Asia/Katmandu
Dhaka|Asia/Dhaka
Urumqi|Asia/Urumqi
Rangoon|Asia/Rangoon Asia/Yangon
Bangkok|Asia/Bangkok Asia/Phnom_Penh Asia/Vientiane
Hanoi|Asia/Ho_Chi_Minh Asia/Saigon
Jakarta|Asia/Jakarta
Krasnoyarsk|Asia/Krasnoyarsk
Novosibirsk|Asia/Novosibirsk
Beijing|Asia/Shanghai
Chongqing|Asia/Chongqing
Hong Kong|Asia/Hong_Kong
Irkutsk|Asia/Irkutsk
Kuala Lumpur|Asia/Kuala_Lumpur
Perth|Australia/Perth Australia/West
Singapore|Asia/Singapore Asia/Manila
Taipei|Asia/Taipei
Ulaanbaatar|Asia/Ulaanbaatar
Tokyo|Asia/Tokyo Japan
Seoul|Asia/Seoul
Yakutsk|Asia/Yakutsk
Adelaide|Australia/Adelaide Australia/South Australia/Broken_Hill
Darwin|Australia/Darwin Australia/North
Brisbane|Australia/Brisbane Australia/Queensland Australia/Lindeman
Canberra|Australia/Canberra Australia/ACT
Guam|Pacific/Guam
Hobart|Australia/Hobart Australia/Tasmania
Melbourne|Australia/Melbourne Australia/Victoria
Port Moresby|Pacific/Port_Moresby
Sydney|Australia/Sydney Australia/NSW
Vladivostok|Asia/Vladivostok
Magadan|Asia/Magadan
New Caledonia|Pacific/Noumea
Solomon Is.|Pacific/Guadalcanal
Srednekolymsk|Asia/Srednekolymsk
Auckland|Pacific/Auckland NZ
Fiji|Pacific/Fiji
Kamchatka|Asia/Kamchatka
Marshall Is.|Pacific/Majuro
Chatham Is.|Pacific/Chatham
Nuku'alofa|Pacific/Tongatapu
Samoa|Pacific/Apia
Tokelau Is.|Pacific/Fakaofo
"""


def _read(table: str) -> Mapping[str, str]:
    lines = (line.split("|") for line in table.strip().splitlines())
    return MappingProxyType({zone: name for name, zones in lines for zone in zones.split()})


#: Rails names by IANA name.
RAILS_ZONES: Final = _read(_TABLE)


def rails_zone(iana: str) -> str | None:
    """Return the Rails name of an IANA zone, or None where no zone keeps the same clocks."""
    return RAILS_ZONES.get(iana)
