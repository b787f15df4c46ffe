package io.freshet.model.meaning;

import java.util.List;

/** A town with its attributes, all as texts. */
record Place(String city, String stateCode, String state, String postalCode, String countryCode, String country,
        String latitude, String longitude) {

    String text(PlaceField field) {
        return switch (field) {
            case CITY -> city;
            case STATE_CODE -> stateCode;
            case STATE -> state;
            case POSTAL_CODE -> postalCode;
            case COUNTRY_CODE -> countryCode;
            case COUNTRY -> country;
            case LATITUDE -> latitude;
            case LONGITUDE -> longitude;
        };
    }

    /** Reads a line of the list of places. */
    static Place parse(String line, List<String> countries) {
        String[] fields = line.split("\\|", -1);
        String country = countries.stream().filter(known -> known.startsWith(fields[0] + "="))
                .map(known -> known.substring(fields[0].length() + 1)).findFirst().orElse(fields[0]);
        return new Place(fields[3], fields[1], fields[2], fields[4], fields[0], country, fields[5], fields[6]);
    }
}
