package io.freshet.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * The numbers, booleans, dates or times of a column. A column with few different values is written with a dictionary. Otherwise
 * integers are written as deltas and doubles plainly.
 */
public final class NumberBuffer extends ColumnBuffer {

    private static final int MAX_DISTINCT = 1 << 14;
    private static final int SLOTS = 4 * MAX_DISTINCT;
    private static final int DELTA_BYTES = 1 << 16;
    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] numbers = new long[FIRST_CAPACITY];
    private int[] codes = new int[0];
    /** The distinct values, in order of first occurrence. */
    private long[] distinct = new long[0];
    private int[] slots = new int[0];
    private int entries;
    private Encoding encoding = Encoding.PLAIN;

    NumberBuffer(FileColumn column) {
        super(column);
    }

    /** Adds a row with a value, in the representation of the {@link ColumnKind}. */
    public void put(long number) {
        if (values() == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        numbers[values()] = number;
        added();
    }

    /** Adds rows, each with a value, as {@link #put(long)} does. */
    public void put(long[] from, int begin, int end) {
        int more = end - begin;
        while (values() + more > numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        System.arraycopy(from, begin, numbers, values(), more);
        added(more);
    }

    @Override
    Encoding begin(ChunkWriter chunk) throws IOException {
        Type type = column().kind().physical();
        if (type == Type.BOOLEAN) {
            encoding = Encoding.PLAIN;
        } else if (encode()) {
            encoding = Encoding.RLE_DICTIONARY;
            PageBytes page = chunk.newPage();
            for (int i = 0; i < entries; i++) {
                putPlain(distinct[i], page);
            }
            chunk.writeDictionary(entries);
        } else {
            encoding = type == Type.DOUBLE ? Encoding.PLAIN : Encoding.DELTA_BINARY_PACKED;
        }
        return encoding;
    }

    /**
     * Gives each distinct value a code.
     *
     * @return false if there are too many distinct values
     */
    private boolean encode() {
        if (slots.length == 0) {
            slots = new int[SLOTS];
            distinct = new long[MAX_DISTINCT];
        } else {
            Arrays.fill(slots, 0);
        }
        if (codes.length < values()) {
            codes = new int[numbers.length];
        }
        entries = 0;
        int max = Math.min(MAX_DISTINCT, values() / 2 + 1);
        for (int i = 0; i < values(); i++) {
            int code = code(numbers[i]);
            if (code == max) {
                return false;
            }
            codes[i] = code;
        }
        return true;
    }

    private int code(long value) {
        int slot = (int) (value * 0x9E3779B97F4A7C15L >>> Long.SIZE - 16);
        while (slots[slot] != 0 && distinct[slots[slot] - 1] != value) {
            slot = slot + 1 & SLOTS - 1;
        }
        if (slots[slot] == 0 && entries < MAX_DISTINCT) {
            distinct[entries++] = value;
            slots[slot] = entries;
        }
        return slots[slot] == 0 ? MAX_DISTINCT : slots[slot] - 1;
    }

    @Override
    void write(int from, int to, PageBytes page) throws IOException {
        switch (encoding) {
            case RLE_DICTIONARY -> {
                int width = bitWidth(entries);
                page.write(width);
                page.putRuns(width, from, to, codes);
            }
            case DELTA_BINARY_PACKED -> putDeltas(from, to, page);
            default -> {
                if (column().kind() == ColumnKind.BOOL) {
                    putBits(from, to, page);
                } else {
                    for (int i = from; i < to; i++) {
                        putPlain(numbers[i], page);
                    }
                }
            }
        }
    }

    private void putDeltas(int from, int to, PageBytes page) throws IOException {
        if (column().kind().physical() == Type.INT32) {
            putIntDeltas(from, to, page);
            return;
        }
        try (DeltaBinaryPackingValuesWriterForLong deltas = new DeltaBinaryPackingValuesWriterForLong(DELTA_BYTES,
                DELTA_BYTES, HeapByteBufferAllocator.getInstance())) {
            for (int i = from; i < to; i++) {
                deltas.writeLong(numbers[i]);
            }
            deltas.getBytes().writeAllTo(page);
        }
    }

    private void putIntDeltas(int from, int to, PageBytes page) throws IOException {
        try (DeltaBinaryPackingValuesWriterForInteger deltas = new DeltaBinaryPackingValuesWriterForInteger(DELTA_BYTES,
                DELTA_BYTES, HeapByteBufferAllocator.getInstance())) {
            for (int i = from; i < to; i++) {
                deltas.writeInteger((int) numbers[i]);
            }
            deltas.getBytes().writeAllTo(page);
        }
    }

    private void putBits(int from, int to, PageBytes page) {
        for (int i = from; i < to; i += Byte.SIZE) {
            int bits = 0;
            for (int b = 0; b < Byte.SIZE && i + b < to; b++) {
                bits |= (int) numbers[i + b] << b;
            }
            page.write(bits);
        }
    }

    private void putPlain(long value, PageBytes page) {
        if (column().kind().physical() == Type.INT32) {
            page.putInt((int) value);
        } else {
            page.putLong(value);
        }
    }

    @Override
    void limits(Statistics statistics) {
        boolean coded = encoding == Encoding.RLE_DICTIONARY;
        limits(statistics, coded ? distinct : numbers, 0, coded ? entries : values());
    }

    @Override
    void limits(Statistics statistics, int from, int to) {
        limits(statistics, numbers, from, to);
    }

    private void limits(Statistics statistics, long[] all, int from, int to) {
        long min = all[from];
        long max = all[from];
        for (int i = from + 1; i < to; i++) {
            min = compare(all[i], min) < 0 ? all[i] : min;
            max = compare(all[i], max) > 0 ? all[i] : max;
        }
        statistics.setMin_value(bytes(min, -0.0)).setMax_value(bytes(max, 0.0));
    }

    private int compare(long a, long b) {
        return column().kind() == ColumnKind.DOUBLE ? Double.compare(Double.longBitsToDouble(a), Double.longBitsToDouble(b))
                : Long.compare(a, b);
    }

    /** @param zero the zero that stands for both zeros of a double, because readers compare them as equal */
    private byte[] bytes(long value, double zero) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        switch (column().kind().physical()) {
            case BOOLEAN -> bytes.put((byte) value);
            case INT32 -> bytes.putInt((int) value);
            case DOUBLE -> bytes.putDouble(Double.longBitsToDouble(value) == 0 ? zero : Double.longBitsToDouble(value));
            default -> bytes.putLong(value);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Override
    long sizeBytes() {
        return (long) Long.BYTES * values();
    }

    @Override
    void clearValues() {
        entries = 0;
    }
}
