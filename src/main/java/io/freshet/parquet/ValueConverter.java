package io.freshet.parquet;

import java.util.Arrays;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;

/** Converts the values of a column to texts for their receiver. Each value of a dictionary is converted once per row group. */
final class ValueConverter extends TextConverter {

    private final RowReceiver.Values values;
    private Dictionary dictionary = new NoDictionary();
    private byte[][] known = new byte[0][];

    /** The state before the first dictionary. */
    private static final class NoDictionary extends Dictionary {
        NoDictionary() {
            super(Encoding.PLAIN);
        }

        @Override
        public int getMaxId() {
            return -1;
        }
    }

    ValueConverter(ValueText text, RowReceiver.Values values) {
        super(text);
        this.values = values;
    }

    @Override
    public boolean hasDictionarySupport() {
        return true;
    }

    @Override
    public void setDictionary(Dictionary next) {
        dictionary = next;
        known = new byte[next.getMaxId() + 1][];
    }

    @Override
    public void addValueFromDictionary(int id) {
        byte[] utf8 = known[id];
        if (utf8 == null) {
            text.decode(dictionary, id);
            utf8 = Arrays.copyOf(text.bytes(), text.length());
            known[id] = utf8;
        }
        if (utf8.length > 0 || text.kind() == RowReceiver.ValueKind.TEXT) {
            values.take(utf8, utf8.length, text.kind());
        }
    }

    /** A number that is not finite is a missing value. */
    @Override
    public void addDouble(double value) {
        if (Double.isFinite(value)) {
            super.addDouble(value);
        }
    }

    @Override
    public void addFloat(float value) {
        if (Float.isFinite(value)) {
            super.addFloat(value);
        }
    }

    @Override
    void take() {
        values.take(text.bytes(), text.length(), text.kind());
    }
}
