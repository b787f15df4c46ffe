package io.freshet.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.freshet.table.ColumnBuilder.Kind;

/**
 * Takes fields from the parser's own buffer, so that no string is made of them. The first record names the columns. Fields
 * lose white space around them unless they are quoted; a field that is then a missing marker, or empty in quotes, is no
 * value.
 */
final class CsvFields extends CsvCallbackHandler<Boolean> {

    private final TableBuilder table;
    private final DistinctTexts markers = new DistinctTexts();
    private final List<ColumnBuilder> columns = new ArrayList<>();
    private final List<String> header = new ArrayList<>();
    private final FieldText text = new FieldText();
    /** A lone blank field is a blank line, so a row begins with its second field. */
    private final FieldText first = new FieldText();
    private RecordType type = RecordType.DATA;
    private int fields;
    private long line;

    CsvFields(TableBuilder table, Set<String> missingMarkers) {
        this.table = table;
        for (String marker : missingMarkers) {
            text.set(marker);
            markers.add(text, 0);
        }
        text.set("");
        markers.add(text, 0);
    }

    @Override
    protected void beginRecord(long startingLine) {
        line = startingLine;
        fields = 0;
        type = RecordType.DATA;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        int field = fields++;
        FieldText target = field == 0 ? first : text;
        if (quoted) {
            target.set(buffer, offset, length);
        } else {
            target.setStripped(buffer, offset, length);
        }
        if (columns.isEmpty()) {
            header.add(target.toString());
            return;
        }
        if (field == 1 && columns.size() > 1) {
            beginRow();
        }
        if (field > 0 && field < columns.size()) {
            put(field, text);
        }
    }

    private void beginRow() {
        table.beginRow();
        put(0, first);
    }

    private void put(int field, FieldText value) {
        if (!markers.contains(value)) {
            table.put(columns.get(field), value, Kind.UNTYPED);
        }
    }

    @Override
    protected Boolean buildRecord() {
        if (type == RecordType.EMPTY) {
            return false;
        }
        if (columns.isEmpty()) {
            nameColumns();
            return true;
        }
        boolean blank = fields == 1 && first.length() == 0;
        if (columns.size() == 1 && fields == 1) {
            beginRow();
        } else if (blank) {
            return false;
        }
        if (fields != columns.size()) {
            throw new TableException("line " + line + " has " + fields + (fields == 1 ? " field" : " fields")
                    + "; the header has " + columns.size());
        }
        table.endRow();
        return true;
    }

    private void nameColumns() {
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name.isBlank()) {
                throw new TableException("column " + (i + 1) + " has no name in the header");
            }
            if (table.hasColumn(name)) {
                throw new TableException("the header has the name " + name + " twice");
            }
            columns.add(table.column(name));
        }
    }

    @Override
    protected RecordType getRecordType() {
        return type;
    }

    @Override
    protected int getFieldCount() {
        return fields;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
        type = RecordType.COMMENT;
    }

    @Override
    protected void setEmpty() {
        type = RecordType.EMPTY;
    }
}
