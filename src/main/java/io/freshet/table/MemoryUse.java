package io.freshet.table;

/**
 * The memory that the columns of a table use besides one number per cell. All columns share it, so that it can be limited as a
 * whole.
 */
final class MemoryUse {

    private long dictionaryBytes;
    private long textBytes;

    void addDictionary(long bytes) {
        dictionaryBytes += bytes;
    }

    void addText(long bytes) {
        textBytes += bytes;
    }

    /** Returns the memory of all dictionaries of distinct texts. */
    long dictionaryBytes() {
        return dictionaryBytes;
    }

    /** Returns the memory of the texts that are kept row by row. */
    long textBytes() {
        return textBytes;
    }
}
