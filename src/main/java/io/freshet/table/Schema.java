package io.freshet.table;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a table, in order. At least one; names are unique.
 *
 * @param records the schema of records in another format that the columns stand for; empty for most tables
 */
public record Schema(List<Column> columns, Optional<RecordSchema> records) {

    /** Creates a schema of columns alone. */
    public Schema(List<Column> columns) {
        this(columns, Optional.empty());
    }

    public Schema {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a schema needs a column");
        }
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns are named " + column.name());
            }
        }
    }

    /** Returns this schema without the columns' promises that their integers fit in 32 bits. */
    public Schema unsized() {
        return new Schema(columns.stream().map(Column::unsized).toList(), records);
    }

    /** Returns the text of the schema of records in a format; empty if they have none. */
    public Optional<RecordSchema> records(String format) {
        return records.filter(schema -> schema.format().equals(format));
    }

    public int size() {
        return columns.size();
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /** Returns the position of the column of this name, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
