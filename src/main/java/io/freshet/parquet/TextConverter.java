package io.freshet.parquet;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Converts primitive values of any type to texts. Not thread-safe. */
abstract class TextConverter extends PrimitiveConverter {

    final ValueText text;

    TextConverter(ValueText text) {
        this.text = text;
    }

    /** Takes the value that {@link #text} holds. */
    abstract void take();

    @Override
    public void addBinary(Binary value) {
        text.set(value);
        take();
    }

    @Override
    public void addBoolean(boolean value) {
        text.set(value);
        take();
    }

    @Override
    public void addDouble(double value) {
        text.set(value);
        take();
    }

    @Override
    public void addFloat(float value) {
        text.set(value);
        take();
    }

    @Override
    public void addInt(int value) {
        text.set((long) value);
        take();
    }

    @Override
    public void addLong(long value) {
        text.set(value);
        take();
    }
}
