package io.freshet.model.gan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Floats as bytes, the least significant byte first. */
final class FloatBytes {

    private FloatBytes() {
    }

    static void write(float[] row, DataOutput out) throws IOException {
        out.write(bytes(row));
    }

    static void read(DataInput in, float[] row) throws IOException {
        byte[] bytes = new byte[Float.BYTES * row.length];
        in.readFully(bytes);
        read(bytes, 0, row);
    }

    static byte[] bytes(float[] row) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * row.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(row);
        return buffer.array();
    }

    static void read(byte[] bytes, int at, float[] row) {
        ByteBuffer.wrap(bytes, at, Float.BYTES * row.length).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(row);
    }
}
