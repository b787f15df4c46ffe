package io.freshet.table;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A named, typed column.
 *
 * @param name the name as the input spells it; never empty, unique within a {@link Schema}
 * @param type the type of its values
 * @param nullable whether values may be missing
 * @param path its place in a JSON object: the names of the enclosing objects, outermost first, and its own; only the name
 *        unless the column is nested
 * @param isArray whether its texts are JSON arrays; an array is one value, whatever it contains
 * @param format how numbers are written if not as in JSON; null for all other columns
 * @param absent how CSV writes a missing value; empty unless the file had a text for it
 * @param int32 whether the values are integers that are known to fit in 32 bits
 */
public record Column(String name, ColumnType type, boolean nullable, List<String> path, boolean isArray,
        @Nullable NumberFormat format, String absent, boolean int32) {

    /** The only value of a column that says whether a row has a nested object. */
    static final String OBJECT = "{}";

    public Column {
        Objects.requireNonNull(type, "type");
        path = List.copyOf(path);
        if (name.isEmpty() || path.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }

    /** Creates a column whose missing values are empty in CSV. */
    public Column(String name, ColumnType type, boolean nullable, List<String> path, boolean isArray,
            @Nullable NumberFormat format) {
        this(name, type, nullable, path, isArray, format, "", false);
    }

    /** Creates a column whose numbers, if it has any, are written as in JSON. */
    public Column(String name, ColumnType type, boolean nullable, List<String> path, boolean isArray) {
        this(name, type, nullable, path, isArray, null);
    }

    /** Creates a top-level column. */
    public Column(String name, ColumnType type, boolean nullable) {
        this(name, type, nullable, List.of(name));
    }

    /** Creates a column whose values are not arrays. */
    public Column(String name, ColumnType type, boolean nullable, List<String> path) {
        this(name, type, nullable, path, false);
    }

    /** Returns this column as one of integers that fit in 32 bits. */
    Column asInt32() {
        return new Column(name, type, nullable, path, isArray, format, absent, true);
    }

    Column unsized() {
        return int32 ? new Column(name, type, nullable, path, isArray, format, absent, false) : this;
    }

    /** Returns this column with a text for missing values in CSV. */
    public Column withAbsent(String text) {
        return new Column(name, type, nullable, path, isArray, format, text, int32);
    }

    /** Returns this column as one that may have missing values, or must not. */
    public Column withNullable(boolean may) {
        return new Column(name, type, may, path, isArray, format, absent, int32);
    }

    /**
     * Returns whether the column says which rows have a nested JSON object: its value is missing where the object is, and so
     * are those of all columns whose path leads through it.
     */
    public boolean isObject() {
        return type instanceof ColumnType.Constant constant && constant.literal().equals(OBJECT);
    }

    /** Returns the name of the type as the API shows it. */
    public String typeName() {
        return isObject() ? "object" : type.typeName();
    }

    /** Returns whether this is an object that the path of another column leads through. */
    public boolean holds(Column other) {
        return isObject() && other.path.size() > path.size() && other.path.subList(0, path.size()).equals(path);
    }

    /** Whether it stands in an object within the record. */
    public boolean isNested() {
        return path.size() > 1;
    }
}
