package io.freshet.table;

import java.util.Locale;
import java.util.Optional;

/** What a table is written in. */
public enum TableFormat {

    CSV("text/csv"),
    NDJSON("application/x-ndjson"),
    JSON("application/json");

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The format of a media type, whatever its parameters. */
    public static Optional<TableFormat> ofMediaType(String mediaType) {
        String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "text/csv" -> Optional.of(CSV);
            case "application/x-ndjson", "application/ndjson", "application/jsonl" -> Optional.of(NDJSON);
            case "application/json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    /** The format of a file, by its ending. */
    public static Optional<TableFormat> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv") || lower.endsWith(".tsv")) {
            return Optional.of(CSV);
        }
        if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
            return Optional.of(NDJSON);
        }
        return lower.endsWith(".json") ? Optional.of(JSON) : Optional.empty();
    }
}
