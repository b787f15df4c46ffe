package io.freshet.table;

import java.util.Locale;
import java.util.Optional;

/** The format of a table. */
public enum TableFormat {

    CSV("text/csv"),
    NDJSON("application/x-ndjson"),
    JSON("application/json"),
    PARQUET("application/vnd.apache.parquet"),
    /** An Excel workbook (.xlsx). */
    EXCEL(TableFormat.EXCEL_TYPE);

    /** The media type of Excel workbooks. */
    public static final String EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Returns the format of a media type, ignoring its parameters. */
    public static Optional<TableFormat> ofMediaType(String mediaType) {
        String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "text/csv" -> Optional.of(CSV);
            case "application/x-ndjson", "application/ndjson", "application/jsonl" -> Optional.of(NDJSON);
            case "application/vnd.apache.parquet", "application/x-parquet", "application/parquet" -> Optional.of(PARQUET);
            case EXCEL_TYPE -> Optional.of(EXCEL);
            case "application/json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    /** Returns the format of a file, by its extension; {@code .gz} or {@code .zst} may follow it. */
    public static Optional<TableFormat> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        if (lower.endsWith(".csv") || lower.endsWith(".tsv")) {
            return Optional.of(CSV);
        }
        if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
            return Optional.of(NDJSON);
        }
        if (lower.endsWith(".parquet") || lower.endsWith(".pq")) {
            return Optional.of(PARQUET);
        }
        if (lower.endsWith(".xlsx")) {
            return Optional.of(EXCEL);
        }
        return lower.endsWith(".json") ? Optional.of(JSON) : Optional.empty();
    }
}
