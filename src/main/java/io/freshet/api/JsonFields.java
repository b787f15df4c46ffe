package io.freshet.api;

import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks the names of the fields of a JSON object, which must all be known. */
final class JsonFields {

    private JsonFields() {
    }

    /** @return the first field of the object that is not known */
    static Optional<String> unknown(JsonNode object, Collection<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!known.contains(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** @return an error message that suggests the field that was probably meant */
    static String complaint(String unknown, Collection<String> known) {
        return "unknown field " + unknown + NearestName.question(unknown, known);
    }
}
