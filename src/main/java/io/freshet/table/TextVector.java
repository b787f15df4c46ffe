package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 texts, stored consecutively in a single byte array: row <i>i</i> is {@code bytes[start(i) .. end(i))}. Rows are
 * appended in order after {@link #clear()}.
 */
public final class TextVector implements ColumnVector {

    private static final int MISSING = -1;

    private byte[] bytes;
    private final int[] starts;
    private final int[] ends;
    private int used;

    private TextVector(int capacity, int sizeBytes) {
        starts = new int[capacity];
        ends = new int[capacity];
        bytes = new byte[Math.max(16, sizeBytes)];
    }

    /** Creates a vector with room for this many rows; the room for their texts grows. */
    public static TextVector create(int capacity) {
        return new TextVector(capacity, (int) Math.min(1 << 26, capacity * 16L));
    }

    /** Creates a vector with room for this many rows, and for texts of {@code sizeBytes} in total before it grows. */
    public static TextVector create(int capacity, int sizeBytes) {
        return new TextVector(capacity, sizeBytes);
    }

    /** Removes all rows but keeps the memory. */
    public void clear() {
        used = 0;
    }

    /** Makes room for {@code length} bytes of the next text, which are written from {@link #used()} on. */
    public byte[] reserve(int length) {
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + length, bytes.length * 2));
        }
        return bytes;
    }

    /** Returns where the next text begins. */
    public int used() {
        return used;
    }

    /** Appends the {@code length} bytes from {@link #used()} on as the text of {@code row}. */
    public void append(int row, int length) {
        starts[row] = used;
        used += length;
        ends[row] = used;
    }

    public void append(int row, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, reserve(encoded.length), used, encoded.length);
        append(row, encoded.length);
    }

    /** Returns the live array. */
    public byte[] bytes() {
        return bytes;
    }

    public int start(int row) {
        return starts[row];
    }

    public int end(int row) {
        return ends[row];
    }

    public String text(int row) {
        return new String(bytes, starts[row], ends[row] - starts[row], StandardCharsets.UTF_8);
    }

    @Override
    public int capacity() {
        return starts.length;
    }

    @Override
    public boolean isMissing(int row) {
        return ends[row] == MISSING;
    }

    @Override
    public void setMissing(int row) {
        starts[row] = used;
        ends[row] = MISSING;
    }
}
