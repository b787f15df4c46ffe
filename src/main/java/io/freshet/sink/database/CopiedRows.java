package io.freshet.sink.database;

import java.util.ArrayList;
import java.util.List;

import io.freshet.codec.EncodedRecords;
import io.freshet.sink.BatchDelivery;

/** Rows as lines of CSV, copied from batches whose bytes may be recycled. */
final class CopiedRows {

    /** A row, and the record of a delivery that it was made from. */
    private static final class Row {
        private final BatchDelivery delivery;
        private final int record;
        private final byte[] line;

        Row(BatchDelivery delivery, int record, byte[] line) {
            this.delivery = delivery;
            this.record = record;
            this.line = line;
        }
    }

    private final List<String> columns;
    private final List<Row> rows;

    private CopiedRows(List<String> columns, List<Row> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Copies the open records of a batch. */
    static CopiedRows of(BatchDelivery delivery, List<String> columns) {
        EncodedRecords records = delivery.batch().records();
        List<Row> rows = new ArrayList<>();
        for (int record : delivery.open()) {
            byte[] line = new byte[records.length(record) + 1];
            System.arraycopy(records.bytes(), records.start(record), line, 0, line.length - 1);
            line[line.length - 1] = EncodedRecords.LINE_BREAK;
            rows.add(new Row(delivery, record, line));
        }
        return new CopiedRows(columns, rows);
    }

    /** Returns the rows of several batches with the same columns as one. */
    static CopiedRows join(List<CopiedRows> parts) {
        return parts.size() == 1 ? parts.get(0)
                : new CopiedRows(parts.get(0).columns, parts.stream().flatMap(part -> part.rows.stream()).toList());
    }

    List<String> columns() {
        return columns;
    }

    int size() {
        return rows.size();
    }

    byte[] line(int row) {
        return rows.get(row).line;
    }

    CopiedRows part(int from, int to) {
        return new CopiedRows(columns, rows.subList(from, to));
    }

    void markDelivered() {
        rows.forEach(row -> row.delivery.markDelivered(row.record));
    }

    void reject(String reason) {
        rows.forEach(row -> row.delivery.reject(row.record, reason));
    }
}
