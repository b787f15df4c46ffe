package io.freshet.table;

/** Codes into a {@link Dictionary}; the code {@code dictionary().size()} denotes a missing value. */
public final class CodedVector implements ColumnVector {

    private final int[] codes;
    private final Dictionary dictionary;

    private CodedVector(int[] codes, Dictionary dictionary) {
        this.codes = codes;
        this.dictionary = dictionary;
    }

    public static CodedVector create(int capacity, Dictionary dictionary) {
        return new CodedVector(new int[capacity], dictionary);
    }

    /** Wraps the array itself, not a copy. */
    public static CodedVector wrap(int[] codes, Dictionary dictionary) {
        return new CodedVector(codes, dictionary);
    }

    /** Returns the live array. */
    public int[] codes() {
        return codes;
    }

    public Dictionary dictionary() {
        return dictionary;
    }

    @Override
    public int capacity() {
        return codes.length;
    }

    @Override
    public boolean isInt32() {
        return dictionary instanceof NumberDictionary numbers && numbers.isInt32();
    }

    @Override
    public boolean isMissing(int row) {
        return codes[row] == dictionary.size();
    }

    @Override
    public void setMissing(int row) {
        codes[row] = dictionary.size();
    }
}
