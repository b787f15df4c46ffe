package io.freshet.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/** Turns column names into unique identifiers of letters, digits and underscores that do not start with a digit. */
final class FieldNames {

    private FieldNames() {
    }

    static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }

    /**
     * Returns one name for each column, in order. A column whose name is an identifier keeps it; generated names that collide
     * get a number.
     *
     * @param metadata whether the records carry {@link BatchMetadata}, whose names no column may have then
     */
    static List<String> of(Schema schema, boolean metadata) {
        return of(schema, metadata, name -> name);
    }

    /**
     * Returns names for formats that treat some different names as equal. The first of such columns keeps its name.
     *
     * @param key returns the part of a name that must be unique
     */
    static List<String> of(Schema schema, boolean metadata, UnaryOperator<String> key) {
        Set<String> taken = new HashSet<>();
        if (metadata) {
            taken.add(key.apply(BatchMetadata.GENERATED_AT));
            taken.add(key.apply(BatchMetadata.BATCH_ID));
        }
        List<Optional<String>> own = schema.columns().stream().map(Column::name)
                .map(name -> Optional.of(name).filter(identifier(name)::equals).filter(legal -> taken.add(key.apply(legal))))
                .toList();
        List<String> names = new ArrayList<>();
        for (int c = 0; c < own.size(); c++) {
            String column = schema.column(c).name();
            names.add(own.get(c).orElseGet(() -> free(identifier(column), taken, key)));
        }
        return names;
    }

    private static String free(String name, Set<String> taken, UnaryOperator<String> key) {
        String free = name;
        for (int i = 2; !taken.add(key.apply(free)); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
