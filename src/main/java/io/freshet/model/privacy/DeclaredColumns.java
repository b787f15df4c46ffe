package io.freshet.model.privacy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.freshet.table.TableException;

/**
 * What the owner of a table declares about its columns, each by the column's name. Declarations are taken to be public: they
 * cost nothing and may be seen in the model. Whatever is not declared is bought from the budget.
 *
 * @param types integer, decimal, floating, boolean, categorical, datetime, identifier or text
 * @param formats how dates are written, in the letters of {@link io.freshet.table.DateTimeFormat#of}
 * @param ranges the smallest and the largest number or date, such as {@code 0..120}; numbers of the table outside count as the
 *        nearest bound
 * @param categories all names of a column; others in the table count as missing
 */
public record DeclaredColumns(Map<String, String> types, Map<String, String> formats, Map<String, String> ranges,
        Map<String, List<String>> categories) {

    private static final Set<String> TYPES = Set.of("integer", "decimal", "floating", "boolean", "categorical", "datetime",
            "identifier", "text");

    public DeclaredColumns {
        types = Map.copyOf(types);
        formats = Map.copyOf(formats);
        ranges = Map.copyOf(ranges);
        categories = Map.copyOf(categories);
        types.forEach((column, type) -> {
            if (!TYPES.contains(type)) {
                throw new TableException("type." + column + " cannot be " + type + "; expected one of "
                        + String.join(", ", new TreeSet<>(TYPES)));
            }
        });
    }

    /** Returns declarations of nothing. */
    public static DeclaredColumns none() {
        return new DeclaredColumns(Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** @throws TableException if something is declared about a column that the table does not have */
    void check(List<String> columns) {
        Set<String> declared = new TreeSet<>(types.keySet());
        declared.addAll(formats.keySet());
        declared.addAll(ranges.keySet());
        declared.addAll(categories.keySet());
        declared.removeAll(columns);
        if (!declared.isEmpty()) {
            throw new TableException("the table has no column " + declared.iterator().next() + "; its columns are "
                    + String.join(", ", columns));
        }
    }
}
