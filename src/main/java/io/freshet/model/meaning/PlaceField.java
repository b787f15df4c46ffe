package io.freshet.model.meaning;

/** The attribute of a place that a column holds. */
enum PlaceField {
    CITY,
    STATE_CODE,
    STATE,
    POSTAL_CODE,
    COUNTRY_CODE,
    COUNTRY,
    LATITUDE,
    LONGITUDE
}
