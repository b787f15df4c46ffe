package io.freshet.codec;

/** JSON whose texts already are JSON on one line, which is written unchanged. */
enum JsonValueDialect implements JsonTextDialect {

    VALUES;

    @Override
    public String text(String value) {
        return value;
    }

    @Override
    public int writeText(byte[] from, int start, int end, byte[] to, int at) {
        System.arraycopy(from, start, to, at, end - start);
        return at + end - start;
    }
}
