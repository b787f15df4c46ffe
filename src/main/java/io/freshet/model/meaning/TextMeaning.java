package io.freshet.model.meaning;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words what the texts of a column are, by the parts of its most frequent form. */
final class TextMeaning {

    private static final Map<CheckDigits, String> NUMBERS = Map.of(CheckDigits.LUHN, "card number", CheckDigits.EAN,
            "article number", CheckDigits.ISBN_10, "ISBN", CheckDigits.IBAN, "IBAN", CheckDigits.VIN, "vehicle number");

    private TextMeaning() {
    }

    /** Returns the meaning; empty if only the form of the texts is known. */
    static Optional<String> of(TextColumn column) {
        CheckDigits check = column.check();
        TextForm form = column.forms().get(0);
        if (!column.meaning().isEmpty() || check != null) {
            return Optional.of(check == null ? column.meaning() : NUMBERS.getOrDefault(check, "number"));
        }
        boolean follows = !form.sources().isEmpty();
        if (form.isMail()) {
            return Optional.of(follows ? "e-mail address, from other columns" : "e-mail address");
        }
        return kind(form.parts()).or(() -> follows ? Optional.of("from other columns") : Optional.empty());
    }

    private static Optional<String> kind(List<TextPart> parts) {
        if (parts.stream().anyMatch(Prose.class::isInstance)) {
            return Optional.of("prose");
        }
        Optional<String> place = parts.stream().filter(PlacePart.class::isInstance)
                .map(part -> words(((PlacePart) part).field())).findFirst();
        return place.isPresent() ? place
                : words(parts.stream().filter(ListWord.class::isInstance)
                        .map(part -> ((ListWord) part).list().kind()).collect(Collectors.toSet()));
    }

    private static Optional<String> words(Set<WordList.Kind> kinds) {
        if (kinds.contains(WordList.Kind.FIRST_NAME) && kinds.contains(WordList.Kind.LAST_NAME)) {
            return Optional.of("person name");
        }
        return kinds.stream().sorted().map(TextMeaning::words).findFirst();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
