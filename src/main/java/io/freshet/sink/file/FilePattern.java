package io.freshet.sink.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of files that follow one another, such as {@code orders/dt={yyyy-MM-dd}/orders.parquet}. Braces hold patterns of
 * {@link DateTimeFormatter}, in UTC. Each file has a number before its ending: {@code orders-000001.parquet}.
 */
public final class FilePattern {

    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");
    private static final String NUMBER = "-%06d";

    /** A part of the path: a text, or the time in a format. */
    private record Piece(String text, DateTimeFormatter format, boolean time) {
    }

    private final String path;
    private final List<Piece> pieces = new ArrayList<>();

    private FilePattern(String path) {
        this.path = path;
        Matcher braces = BRACES.matcher(path);
        int from = 0;
        while (braces.find()) {
            pieces.add(text(path.substring(from, braces.start())));
            pieces.add(new Piece("", DateTimeFormatter.ofPattern(braces.group(1), Locale.ROOT).withZone(ZoneOffset.UTC), true));
            from = braces.end();
        }
        pieces.add(text(path.substring(from)));
    }

    private static Piece text(String text) {
        return new Piece(text, DateTimeFormatter.ISO_INSTANT, false);
    }

    /** @throws IllegalArgumentException if braces do not hold a pattern of a time */
    public static FilePattern of(String path) {
        try {
            FilePattern pattern = new FilePattern(path);
            pattern.at(Instant.EPOCH);
            return pattern;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns whether paths differ by time. */
    public boolean isTimed() {
        return pieces.size() > 1;
    }

    /** Returns the path of a time, without a number. */
    public String at(Instant time) {
        StringBuilder at = new StringBuilder();
        pieces.forEach(piece -> at.append(piece.time() ? piece.format().format(time) : piece.text()));
        return at.toString();
    }

    /** Returns a path with a number before its ending. */
    static String numbered(String path, int number) {
        int ending = path.lastIndexOf('.') > path.lastIndexOf('/') ? path.lastIndexOf('.') : -1;
        int end = ending < 0 ? path.length() : ending;
        return path.substring(0, end) + String.format(Locale.ROOT, NUMBER, number) + path.substring(end);
    }

    /** Returns the pattern of all paths with numbers; its only group is the number. */
    Pattern matcher() {
        StringBuilder regex = new StringBuilder();
        pieces.forEach(piece -> regex.append(piece.time() ? "[^/]+" : Pattern.quote(piece.text())));
        String name = path.substring(path.lastIndexOf('/') + 1);
        String ending = name.lastIndexOf('.') < 0 ? "" : name.substring(name.lastIndexOf('.'));
        String whole = regex.toString();
        return Pattern.compile(ending.isEmpty() ? whole + "-(\\d{6})"
                : whole.substring(0, whole.lastIndexOf(ending)) + "\\E-(\\d{6})\\Q"
                        + whole.substring(whole.lastIndexOf(ending)));
    }

    /** Returns the folder above all files, without times. */
    String root() {
        String fixed = pieces.get(0).text();
        return fixed.substring(0, Math.max(0, fixed.lastIndexOf('/')));
    }

    @Override
    public String toString() {
        return path;
    }
}
