package io.freshet.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.freshet.table.ColumnBuilder.Kind;

/**
 * Collects a table row by row in bounded memory. When the sampled rows outgrow the cell budget (long texts weigh more than one
 * cell), no more rows are added, or half of them are dropped. When the dictionaries outgrow theirs, the largest is replaced.
 */
final class TableBuilder {

    static final int MAX_COLUMNS = 20_000;
    private static final long MAX_DICTIONARY_BYTES = 96L << 20;
    private static final long MIN_DICTIONARY_BYTES = 8L << 20;
    private static final long DICTIONARY_BYTES_PER_CELL = 5;
    /** Half the size of a number, because the array of texts has to be copied in order to grow. */
    private static final int TEXT_BYTES_PER_CELL = 4;
    private static final int NAMES_SHOWN = 30;

    private ReadOptions options;
    private final Map<String, ColumnBuilder> byName = new LinkedHashMap<>();
    private final List<ColumnBuilder> columns = new ArrayList<>();
    private final List<ObjectPresence> objects = new ArrayList<>();
    private final MemoryUse memory = new MemoryUse();
    private final List<Notice> notices = new ArrayList<>();
    private final RowSample sample = new RowSample();
    private final long dictionaryBytes;
    private int slot;
    /** A hash of the row so far; independent of the order of its fields. */
    private long content;
    private boolean inRow;

    TableBuilder(ReadOptions options) {
        this.options = options;
        this.dictionaryBytes = Math.min(MAX_DICTIONARY_BYTES,
                Math.max(MIN_DICTIONARY_BYTES, DICTIONARY_BYTES_PER_CELL * options.sampleCells()));
    }

    /** Returns the column of this name, which may be new. */
    ColumnBuilder column(String name) {
        return column(name, List.of(name));
    }

    /**
     * Returns the column of this name, which may be new.
     *
     * @param path its place in a JSON object
     */
    ColumnBuilder column(String name, List<String> path) {
        ColumnBuilder known = byName.get(name);
        if (known == null) {
            if (columns.size() == MAX_COLUMNS) {
                throw new TableException("the table has more than " + MAX_COLUMNS + " columns");
            }
            known = new ColumnBuilder(name, path, options, memory);
            byName.put(name, known);
            columns.add(known);
        }
        return known;
    }

    /** Creates what records the rows that have a nested object. */
    ObjectPresence object(List<String> path) {
        ObjectPresence object = new ObjectPresence(path, memory);
        objects.add(object);
        return object;
    }

    /** Records that the current row has a nested object. */
    void put(ObjectPresence object) {
        object.put(sample.rows(), slot);
    }

    /** Says which decimal mark is usual in tables like this one. */
    void assumeDecimal(char mark) {
        options = options.withNumbers(options.numbers().assuming(mark));
    }

    void addNotice(Notice notice) {
        notices.add(notice);
    }

    boolean hasColumn(String name) {
        return byName.containsKey(name);
    }

    long rows() {
        return sample.rows();
    }

    void beginRow() {
        if (!sample.isFull() && sample.size() > 0 && (sample.size() + 1L) * columns.size() > options.sampleCells()) {
            sample.close();
        }
        inRow = true;
        content = 0;
        slot = sample.begin();
    }

    void put(ColumnBuilder column, FieldText text, Kind kind) {
        content += RowSample.mix(column.nameHash() + text.hash());
        column.put(sample.rows(), slot, text, kind);
        if (memory.dictionaryBytes() > dictionaryBytes) {
            columns.stream().max(Comparator.comparingLong(ColumnBuilder::dictionaryBytes)).ifPresent(ColumnBuilder::shrink);
        }
    }

    /** Returns whether a row has begun but not ended. */
    boolean isInRow() {
        return inRow;
    }

    /** Ends the row. */
    void endRow() {
        inRow = false;
        int given = sample.end(content);
        if (given >= 0) {
            columns.forEach(column -> column.clear(given));
            objects.forEach(object -> object.clear(given));
        }
        while (cells() > options.sampleCells() && sample.size() > 1) {
            keep(sample.halve());
        }
    }

    private void keep(int[] slots) {
        columns.forEach(column -> column.keep(slots));
        objects.forEach(object -> object.keep(slots));
    }

    private long cells() {
        // JSON may add columns when the sample is already full
        return (long) sample.size() * columns.size() + memory.textBytes() / TEXT_BYTES_PER_CELL;
    }

    /**
     * Returns the table; the builder must not be used afterwards.
     *
     * @throws TableException if there are no columns or no rows, or a type was declared for a column that does not exist
     */
    TableSample build() {
        if (columns.isEmpty()) {
            throw new TableException("the input is empty: it has no columns");
        }
        if (rows() == 0) {
            throw new EmptyTableException();
        }
        checkOverrides();
        if (sample.isFull()) {
            keep(sample.compact());
        }
        Set<String> nulls = columns.stream().filter(this::isObjectOrNull).map(ColumnBuilder::name).collect(Collectors.toSet());
        TableColumns table = new TableColumns(rows(), sample.size(),
                columns.stream().filter(column -> !nulls.contains(column.name())).toList(),
                options.verbatim() ? List.of() : objects);
        byName.clear();
        for (int c = 0; c < columns.size(); c++) {
            // each column is let go as soon as its vector is there
            ColumnBuilder column = columns.set(c, new ColumnBuilder("", List.of(), options, memory));
            if (nulls.contains(column.name())) {
                table.addObjects(column.path());
            } else {
                table.add(column, new TypeInference(column, rows(), sample.size(), notices).finish());
            }
        }
        if (sample.isFull()) {
            notices.add(
                    Notice.ofTable("The table does not fit into the memory for a fit, so the model is fitted to a sample of "
                            + sample.size() + " of its " + rows() + " rows."));
        }
        return table.sample(notices);
    }

    /**
     * Returns whether a field was null in some rows and an object in others, so that there are columns for the members of the
     * object.
     */
    private boolean isObjectOrNull(ColumnBuilder column) {
        List<String> path = column.path();
        return column.values() == 0 && columns.stream().anyMatch(
                other -> other.path().size() > path.size() && other.path().subList(0, path.size()).equals(path));
    }

    private void checkOverrides() {
        options.overrides().keySet().stream().filter(name -> !hasColumn(name)).sorted().findFirst().ifPresent(unknown -> {
            List<String> names = byName.keySet().stream().limit(NAMES_SHOWN).toList();
            throw new TableException("the table has no column " + unknown + "; its columns are "
                    + String.join(", ", names) + (names.size() < columns.size() ? ", …" : ""));
        });
    }
}
