package io.freshet.table;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

import io.freshet.parquet.RowReceiver;

/**
 * Feeds a {@link TableBuilder} from a sheet of an Excel workbook (.xlsx), row by row. The first row with a value, after
 * those to skip, has the names of the columns. Only the texts of the workbook are held in memory, each once.
 */
final class ExcelTable {

    private static final long UNCHECKED_BYTES = 64L << 20;
    /** The XML of a sheet rarely shrinks to less than a fortieth. */
    private static final long MAX_RATIO = 150;
    private static final String TEXTS = "xl/sharedStrings.xml";
    /** Texts in memory take about this many times their size in the file. */
    private static final int TEXT_FACTOR = 4;

    private final TypedRows rows;
    private final ExcelCells cells;
    private final List<RowReceiver.Values> columns = new ArrayList<>();

    private ExcelTable(TypedRows rows, ExcelCells cells) {
        this.rows = rows;
        this.cells = cells;
    }

    /** Reads a stream, which is copied to a temporary file first because the directory of a workbook comes last. */
    static void read(InputStream in, TableBuilder table, ReadOptions options) throws IOException {
        Path copy = Files.createTempFile("freshet-", ".xlsx");
        try {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            read(copy, table, options);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    static void read(Path path, TableBuilder table, ReadOptions options) throws IOException {
        File file = path.toFile();
        check(file);
        try (ReadableWorkbook workbook = new ReadableWorkbook(file, new ReadingOptions(true, true));
                Stream<Row> rows = sheet(workbook, options.sheet()).openStream()) {
            new ExcelTable(new TypedRows(table, options, "the sheet", Map.of()), new ExcelCells(workbook.isDate1904()))
                    .read(rows.iterator(), options.csv().skippedLines());
        } catch (ExcelReaderException | IllegalStateException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new TableException("the Excel workbook is damaged: " + e.getMessage());
        }
    }

    /** Rejects a file that is no workbook, or expands more than tables do. */
    private static void check(File file) throws IOException {
        try (ZipFile zip = new ZipFile(file)) {
            if (zip.getEntry("xl/workbook.xml") == null) {
                throw new TableException("the input is not an Excel workbook (.xlsx)");
            }
            long size = zip.stream().mapToLong(ZipEntry::getSize).sum();
            if (size > UNCHECKED_BYTES && size / MAX_RATIO > file.length()) {
                throw new TableException("the Excel workbook expands to more than " + MAX_RATIO
                        + " times its size, which no table does; save its sheet as CSV");
            }
            ZipEntry texts = zip.getEntry(TEXTS);
            if (texts != null && texts.getSize() > Runtime.getRuntime().maxMemory() / TEXT_FACTOR) {
                throw new TableException("the texts of the Excel workbook do not fit into the memory; save its sheet as CSV");
            }
        } catch (ZipException e) {
            throw new TableException("the input is not an Excel workbook (.xlsx); save older ones (.xls) as .xlsx or CSV");
        }
    }

    private static Sheet sheet(ReadableWorkbook workbook, String name) {
        if (name.isEmpty()) {
            return workbook.getFirstSheet();
        }
        return workbook.findSheet(name).orElseThrow(() -> new TableException("the Excel workbook has no sheet " + name
                + "; its sheets are " + String.join(", ", workbook.getSheets().map(Sheet::getName).toList())));
    }

    private void read(Iterator<Row> sheet, int skipped) {
        while (sheet.hasNext()) {
            Row row = sheet.next();
            if (row.getRowNum() <= skipped || !hasValue(row)) {
                continue;
            }
            if (columns.isEmpty()) {
                begin(row);
            } else {
                add(row);
            }
        }
    }

    private static boolean hasValue(Row row) {
        for (Cell cell : row) {
            if (cell != null && cell.getValue() != null && !cell.getValue().equals("")) {
                return true;
            }
        }
        return false;
    }

    private void begin(Row names) {
        Set<String> taken = new HashSet<>();
        for (Cell cell : names) {
            String name = cell != null && cells.set(cell) ? cells.text().strip() : "";
            String column = name.isEmpty() ? "column_" + (columns.size() + 1) : name;
            for (int number = 2; !taken.add(column); number++) {
                column = name + "_" + number;
            }
            columns.add(rows.column(List.of(column)));
        }
    }

    private void add(Row row) {
        rows.beginRow();
        for (Cell cell : row) {
            if (cell != null && cell.getColumnIndex() < columns.size() && cells.set(cell)) {
                byte[] text = cells.text().getBytes(StandardCharsets.UTF_8);
                columns.get(cell.getColumnIndex()).take(text, text.length, cells.kind());
            }
        }
        rows.endRow();
    }
}
