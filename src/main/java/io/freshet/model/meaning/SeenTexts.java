package io.freshet.model.meaning;

import java.util.BitSet;
import java.util.Collection;

/**
 * Recognises the texts of the table by one hash bit each, so that the model can discard a text that repeats one of them by
 * chance. About one unrelated text in nine is also recognised, so the bits do not reveal whether a given text is in the table.
 *
 * @param bits the number of bits; 0 recognises no text
 */
record SeenTexts(int bits, BitSet set) {

    static final SeenTexts NONE = new SeenTexts(0, new BitSet());
    private static final int PER_TEXT = 8;
    private static final int MAX_BITS = 1 << 20;

    SeenTexts {
        set = (BitSet) set.clone();
        if (bits < 0 || set.length() > bits) {
            throw new IllegalArgumentException(set.length() + " bits of " + bits);
        }
    }

    static SeenTexts of(Collection<String> texts) {
        int bits = (int) Math.min(MAX_BITS, Math.max(64, (long) PER_TEXT * texts.size()));
        BitSet set = new BitSet(bits);
        texts.forEach(text -> set.set(place(text, 0, bits)));
        return new SeenTexts(bits, set);
    }

    boolean contain(CharSequence text) {
        return contain(text, 0);
    }

    /** Returns whether the text from {@code from} onwards is recognised. */
    boolean contain(CharSequence text, int from) {
        return bits > 0 && set.get(place(text, from, bits));
    }

    private static int place(CharSequence text, int from, int bits) {
        long hash = text.length() - from;
        for (int i = from; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) Long.remainderUnsigned(io.freshet.stats.Permutation.mix(hash), bits);
    }
}
