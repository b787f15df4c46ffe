package io.freshet.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.freshet.table.ColumnBuilder.Kind;

/**
 * Reads fields from the parser's own buffer, so that no strings are created. The first record names the columns if the layout
 * has a header. White space around fields is removed unless they are quoted. A field that is empty or a missing marker then
 * counts as missing; a marker in quotes is a text.
 */
final class CsvFields extends CsvCallbackHandler<Boolean> {

    private final TableBuilder table;
    private final CsvLayout layout;
    private final DistinctTexts markers = new DistinctTexts();
    private final List<ColumnBuilder> columns = new ArrayList<>();
    private final List<String> header = new ArrayList<>();
    private final FieldText text = new FieldText();
    /** Holds back the first field, because a single blank field is a blank line: a row begins with its second field. */
    private final FieldText first = new FieldText();
    private boolean firstQuoted;
    private RecordType type = RecordType.DATA;
    private int fields;
    private long line;

    CsvFields(TableBuilder table, Set<String> missingMarkers, CsvLayout layout) {
        this.table = table;
        this.layout = layout;
        for (String marker : missingMarkers) {
            text.set(marker);
            markers.add(text, 0);
        }
        text.set("");
        markers.add(text, 0);
        for (int i = 0; i < (layout.header() ? 0 : layout.fields() - (layout.trailing() ? 1 : 0)); i++) {
            columns.add(table.column("column_" + (i + 1)));
        }
    }

    @Override
    protected void beginRecord(long startingLine) {
        line = startingLine + layout.startLine();
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
        firstQuoted = field == 0 ? quoted : firstQuoted;
        if (columns.isEmpty()) {
            header.add(target.toString());
            return;
        }
        if (field == 1 && columns.size() > 1) {
            beginRow();
        }
        if (field > 0 && field < columns.size()) {
            put(field, text, quoted);
        }
    }

    private void beginRow() {
        table.beginRow();
        put(0, first, firstQuoted);
    }

    private void put(int field, FieldText value, boolean quoted) {
        if (quoted ? value.length() > 0 : !markers.contains(value)) {
            table.put(columns.get(field), value, Kind.UNTYPED);
        } else {
            columns.get(field).putMissing(value);
        }
    }

    @Override
    protected Boolean buildRecord() {
        if (type == RecordType.EMPTY || fields == 0) {
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
        boolean trailing = layout.trailing() && fields == columns.size() + 1 && text.length() == 0;
        if (fields != columns.size() && !trailing) {
            throw new TableException("line " + line + " has " + fields + (fields == 1 ? " field" : " fields")
                    + "; the header has " + columns.size());
        }
        table.endRow();
        return true;
    }

    private void nameColumns() {
        if (layout.rowNames()) {
            header.add(0, "");
        }
        if (layout.trailing() && header.get(header.size() - 1).isEmpty()) {
            header.remove(header.size() - 1);
        }
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).isBlank() ? unnamed(i) : header.get(i);
            if (table.hasColumn(name)) {
                throw new TableException("the header has the name " + name + " twice");
            }
            columns.add(table.column(name));
        }
    }

    /** Returns the name that pandas gives to a column without a name. */
    private String unnamed(int index) {
        String name = "Unnamed: " + index;
        table.addNotice(Notice.ofColumn(name, "Column " + (index + 1) + " has no name in the header; it is named " + name
                + "."));
        return name;
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
