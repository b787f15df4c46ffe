package io.freshet.model.meaning;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.freshet.model.TextMeaning;

/** The forms of texts whose meaning is declared. */
final class MeaningForms {

    /** Domains that are reserved for documentation (RFC 2606). */
    private static final List<String> DOMAINS = List.of("example.com", "example.net", "example.org");
    private static final int MAX_HOUSE = 200;

    private MeaningForms() {
    }

    /**
     * Returns the forms of a column. Names come from the built-in lists even where the table repeats a few; texts that show
     * other columns, and texts whose meaning lies in their form, keep what was learned.
     *
     * @param learned the forms that the values have; empty if they have none
     * @param texts the values
     */
    static List<FormLearner.Learned> of(TextMeaning meaning, ColumnHints hints, List<FormLearner.Learned> learned,
            List<String> texts) {
        boolean composed = learned.stream().anyMatch(form -> !form.form().sources().isEmpty());
        boolean mail = !learned.isEmpty() && learned.stream().allMatch(form -> form.form().isMail());
        List<TextPart> parts = composed || meaning == TextMeaning.EMAIL && mail
                || meaning == TextMeaning.STREET && !learned.isEmpty() ? List.of() : parts(meaning, hints, texts);
        return parts.isEmpty() ? learned : List.of(new FormLearner.Learned(new TextForm(parts), texts.size()));
    }

    private static List<TextPart> parts(TextMeaning meaning, ColumnHints hints, List<String> texts) {
        WordCase wordCase = WordCase.of(texts);
        return switch (meaning) {
            case FIRST_NAME -> List.of(word(WordList.Kind.FIRST_NAME, hints, texts, wordCase));
            case LAST_NAME -> List.of(word(WordList.Kind.LAST_NAME, hints, texts, wordCase));
            case COMPANY -> List.of(word(WordList.Kind.COMPANY, hints, texts, wordCase));
            case NAME -> List.of(word(WordList.Kind.FIRST_NAME, hints, texts, wordCase), Choice.literal(" "),
                    word(WordList.Kind.LAST_NAME, hints, texts, wordCase));
            case STREET -> List.of(new NumberPart(1, MAX_HOUSE, 0, Long.MAX_VALUE), Choice.literal(" "),
                    word(WordList.Kind.STREET, hints, texts, wordCase));
            case EMAIL -> List.of(address(WordList.Kind.FIRST_NAME, hints), Choice.literal("."),
                    address(WordList.Kind.LAST_NAME, hints), Choice.literal("@"),
                    new Choice(DOMAINS, List.of(1 / 3.0, 2 / 3.0, 1.0)));
            default -> List.of();
        };
    }

    private static ListWord address(WordList.Kind kind, ColumnHints hints) {
        return new ListWord(WordList.of(kind, hints.language()), WordCase.LOWER, true);
    }

    /** Returns the words of the list that has most of those in the texts, or that of the language of the column's name. */
    private static ListWord word(WordList.Kind kind, ColumnHints hints, List<String> texts, WordCase wordCase) {
        TreeSet<String> words = new TreeSet<>();
        texts.forEach(text -> words.addAll(List.of(text.split("[^\\p{L}'-]+"))));
        WordList best = WordList.of(kind, hints.language());
        int max = best.hits(words);
        for (WordList list : WordList.ALL) {
            int hits = list.kind() == kind ? list.hits(words) : 0;
            if (hits > max) {
                best = list;
                max = hits;
            }
        }
        return new ListWord(best, wordCase, false);
    }

    /** Returns the check digits that texts of a meaning have. */
    static Optional<CheckDigits> check(TextMeaning meaning) {
        return switch (meaning) {
            case IBAN -> Optional.of(CheckDigits.IBAN);
            case CARD_NUMBER -> Optional.of(CheckDigits.LUHN);
            case EAN, ISBN -> Optional.of(CheckDigits.EAN);
            case VIN -> Optional.of(CheckDigits.VIN);
            default -> Optional.empty();
        };
    }
}
