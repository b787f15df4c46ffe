package io.freshet.sink.file;

/**
 * The size limits of a sink's file.
 *
 * @param maxBytes the maximum size of a file, unless a single record is larger
 * @param maxRecords the maximum number of records in a file
 * @param rollOver how many full files are kept beside the current one, {@code name.1} being the latest; 0 for none: then the
 *        sink accepts no more records when its file is full
 */
public record FileLimits(long maxBytes, long maxRecords, int rollOver) {

    static final FileLimits NONE = new FileLimits(Long.MAX_VALUE, Long.MAX_VALUE, 0);

    public FileLimits {
        if (maxBytes < 1 || maxRecords < 1 || rollOver < 0) {
            throw new IllegalArgumentException("a file holds at least one byte and one record");
        }
    }

    /** Returns the reason why a full file accepts no more records. */
    String full(String name, boolean byRecords) {
        return byRecords ? "the file " + name + " has reached its maxRecords of " + maxRecords + "; raise it, or set rollOver"
                : "the file " + name + " has reached its maxSize of " + maxBytes + " bytes; raise it, or set rollOver";
    }
}
