package io.freshet.table;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The layout of a CSV file.
 *
 * @param separator the character that separates fields
 * @param quote the character that encloses fields
 * @param comment the character with which comment lines begin; null if there are no comments
 * @param start how many characters precede the table
 * @param startLine how many lines precede the table
 * @param header whether the first record names the columns
 * @param fields how many fields the first record has
 * @param trailing whether every row ends with a separator
 * @param rowNames whether every row begins with a name for which the header has no field
 * @param padded whether there are blanks between a separator and a quote
 * @param notices the assumptions that were made
 */
record CsvLayout(char separator, char quote, @Nullable Character comment, int start, int startLine, boolean header, int fields,
        boolean trailing, boolean rowNames, boolean padded, List<Notice> notices) {

    CsvLayout {
        notices = List.copyOf(notices);
    }
}
