package io.freshet.table;

/** What the columns of a table hold beside one number per cell; shared by all of them, so that it can be bounded as a whole. */
final class MemoryUse {

    private long dictionaryBytes;
    private long textBytes;

    void addDictionary(long bytes) {
        dictionaryBytes += bytes;
    }

    void addText(long bytes) {
        textBytes += bytes;
    }

    /** Of all dictionaries of distinct texts. */
    long dictionaryBytes() {
        return dictionaryBytes;
    }

    /** Of the texts kept row by row. */
    long textBytes() {
        return textBytes;
    }
}
