package io.freshet.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A text table. A line that is too wide for the terminal is cut at its end. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... titles) {
        rows.add(List.of(titles));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(Terminal terminal) throws IOException {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String cell = rows.get(r).get(c);
                line.append(c == 0 ? "" : GAP).append(cell).append(" ".repeat(widths[c] - cell.length()));
            }
            String text = line.toString().stripTrailing();
            String fitting = text.length() > terminal.width() ? text.substring(0, terminal.width() - 1) + "…" : text;
            terminal.print(r == 0 ? terminal.bold(fitting) : fitting);
        }
    }
}
