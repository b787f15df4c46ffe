package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The parts of a text, in order. */
record TextForm(List<TextPart> parts) {

    TextForm {
        parts = List.copyOf(parts);
    }

    /** Returns the columns that the text is composed of. */
    List<Integer> sources() {
        return parts.stream().filter(Reference.class::isInstance).map(part -> ((Reference) part).column()).distinct().toList();
    }

    boolean isCounted() {
        return parts.stream().anyMatch(CountedPart.class::isInstance);
    }

    /** Returns whether the numbers of counted parts alone distinguish two texts. */
    boolean isOnlyCounted() {
        return parts.stream().allMatch(part -> part instanceof CountedPart || part instanceof Choice);
    }

    /** Returns whether other columns determine the text completely. */
    boolean isComposed() {
        return parts.stream().allMatch(part -> part instanceof Reference || part instanceof PlacePart
                || part instanceof Choice choice && choice.isLiteral());
    }

    /** Returns whether its texts are e-mail addresses. */
    boolean isMail() {
        return parts.stream().anyMatch(part -> part instanceof Choice choice && choice.isLiteral()
                && choice.texts().get(0).endsWith("@"));
    }

    /** Returns the text of a row, of a form that consists of a number and fixed texts. */
    String continued(long row) {
        StringBuilder out = new StringBuilder();
        for (TextPart part : parts) {
            if (part instanceof SequencePart sequence) {
                sequence.write(row, out);
            } else {
                out.append(((Choice) part).texts().get(0));
            }
        }
        return out.toString();
    }

    double variety() {
        double variety = 1;
        for (TextPart part : parts) {
            variety = Math.min(TextPart.MANY, variety * Math.max(1, part.variety()));
        }
        return variety;
    }

    /**
     * Returns the number of combinations of its counted parts, at most 2<sup>60</sup>. Parts further left, beyond that limit,
     * are drawn at random.
     */
    long size() {
        long size = 1;
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i) instanceof CountedPart part) {
                if (part.size() > (1L << 60) / size) {
                    return size;
                }
                size *= part.size();
            }
        }
        return size;
    }

    void write(RowTexts row, StringBuilder out) {
        for (TextPart part : parts) {
            part.write(row, out);
        }
    }

    /**
     * Writes the text of a number. Different numbers give different texts.
     *
     * @param cycle how many times all numbers have been used before; from 1 on, the text is longer
     */
    void write(RowTexts row, long number, long cycle, StringBuilder out) {
        long[] numbers = numbers(number);
        int longer = longer();
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof CountedPart part) || numbers[i] < 0) {
                parts.get(i).write(row, out);
            } else if (i == longer && cycle > 0) {
                part.writeLonger(numbers[i], cycle, out);
            } else {
                part.write(numbers[i], out);
            }
        }
    }

    /** Returns the number of each part, or −1 for a part that is drawn at random. */
    private long[] numbers(long number) {
        long[] numbers = new long[parts.size()];
        long size = 1;
        long rest = number;
        boolean full = false;
        for (int i = parts.size() - 1; i >= 0; i--) {
            numbers[i] = -1;
            if (parts.get(i) instanceof CountedPart part && !full) {
                full = part.size() > (1L << 60) / size;
                if (!full) {
                    size *= part.size();
                    numbers[i] = rest % part.size();
                    rest /= part.size();
                }
            }
        }
        return numbers;
    }

    /** Returns the index of the part that can grow: the last number, or otherwise the last letters; −1 if no part can. */
    int longer() {
        int letters = -1;
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i) instanceof NumberPart number && number.limit() > number.high() + 9 * number.size()) {
                return i;
            }
            letters = letters < 0 && parts.get(i) instanceof LettersPart ? i : letters;
        }
        return letters;
    }

    /**
     * Returns the number of a text, or −1 if the text does not have this form. Supports only forms of counted parts and
     * choices.
     */
    long numberOf(String text) {
        long number = 0;
        int at = 0;
        for (TextPart part : parts) {
            int end = part instanceof CountedPart counted ? end(counted, text, at) : end((Choice) part, text, at);
            if (end < 0) {
                return -1;
            }
            if (part instanceof CountedPart counted) {
                long own = counted.numberOf(text.substring(at, end));
                if (own < 0) {
                    return -1;
                }
                number = number * counted.size() + own;
            }
            at = end;
        }
        return at == text.length() ? number : -1;
    }

    private static int end(CountedPart part, String text, int at) {
        int end = at;
        if (part instanceof LettersPart letters) {
            end = at + letters.alphabets().size();
        } else {
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
        }
        return end > text.length() ? -1 : end;
    }

    private static int end(Choice part, String text, int at) {
        int end = -1;
        for (String choice : part.texts()) {
            end = text.startsWith(choice, at) ? Math.max(end, at + choice.length()) : end;
        }
        return end;
    }

    /**
     * Returns this form with room for {@code enough} different numbers, as far as that is possible without changing its look.
     */
    TextForm widened(long enough) {
        List<TextPart> wider = new ArrayList<>(parts);
        TextForm form = this;
        for (int i = parts.size() - 1; i >= 0 && form.size() < enough; i--) {
            while (form.size() < enough && wider.get(i) instanceof CountedPart part && part.widened() != null) {
                wider.set(i, Objects.requireNonNull(part.widened()));
                form = new TextForm(wider);
            }
        }
        return form;
    }
}
