package io.freshet.model.meaning;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names what the texts of a column are, by the parts of its most frequent form; the names are those of declared models. */
final class RecognisedMeaning {

    private static final Map<CheckDigits, String> NUMBERS = Map.of(CheckDigits.LUHN, "card_number", CheckDigits.EAN, "ean",
            CheckDigits.ISBN_10, "isbn", CheckDigits.IBAN, "iban", CheckDigits.VIN, "vin");

    private RecognisedMeaning() {
    }

    /** Returns the meaning; empty if only the form of the texts is known. */
    static Optional<String> of(TextColumn column) {
        if (!column.meaning().isEmpty()) {
            return Optional.of(column.meaning());
        }
        if (column.check() != null) {
            return Optional.ofNullable(NUMBERS.get(column.check()));
        }
        TextForm form = column.forms().get(0);
        return form.isMail() ? Optional.of("email") : of(form.parts());
    }

    private static Optional<String> of(List<TextPart> parts) {
        if (parts.stream().anyMatch(Prose.class::isInstance)) {
            return Optional.of("sentence");
        }
        Optional<String> place = parts.stream().filter(PlacePart.class::isInstance)
                .map(part -> id(((PlacePart) part).field())).findFirst();
        return place.isPresent() ? place
                : of(parts.stream().filter(ListWord.class::isInstance).map(part -> ((ListWord) part).list().kind())
                        .collect(Collectors.toSet()));
    }

    private static Optional<String> of(Set<WordList.Kind> kinds) {
        if (kinds.contains(WordList.Kind.FIRST_NAME) && kinds.contains(WordList.Kind.LAST_NAME)) {
            return Optional.of("name");
        }
        return kinds.stream().sorted().map(RecognisedMeaning::id).findFirst();
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
