package io.freshet.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/** Column names as identifiers: letters, digits and underscores, no digit first, no two alike. */
final class FieldNames {

    private FieldNames() {
    }

    static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }

    /** One for each column, in order; those that would be alike get a number. */
    static List<String> of(Schema schema) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>(List.of(BatchMetadata.GENERATED_AT, BatchMetadata.BATCH_ID));
        for (Column column : schema.columns()) {
            String name = identifier(column.name());
            String free = name;
            for (int i = 2; !taken.add(free); i++) {
                free = name + "_" + i;
            }
            names.add(free);
        }
        return names;
    }
}
