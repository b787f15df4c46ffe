package io.freshet.model.meaning;

import java.util.List;
import java.util.Locale;

import io.freshet.stats.Draws;

/**
 * The built-in words and places of one language, for models that are declared. Each method takes a random word and always
 * returns the same for it.
 *
 * @param language a language code; one without lists gets the English ones
 */
public record Lexicon(String language) {

    private static final List<String> SYLLABLES = List.of("ba", "be", "ca", "da", "de", "di", "fo", "ga", "ge", "ka", "la",
            "le",
            "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "po", "ra", "re", "ri", "ro", "sa", "se",
            "si",
            "so", "ta", "te", "ti", "to", "va", "ve", "vo", "wa", "za");

    /** A town and what belongs to it, all as texts. */
    public record Town(String city, String stateCode, String state, String postalCode, String countryCode, String country,
            String latitude, String longitude) {
    }

    public String firstName(long word) {
        return pick(WordList.Kind.FIRST_NAME, word);
    }

    public String lastName(long word) {
        return pick(WordList.Kind.LAST_NAME, word);
    }

    public String company(long word) {
        return pick(WordList.Kind.COMPANY, word);
    }

    /** Returns a street without a number. */
    public String street(long word) {
        String name = pick(WordList.Kind.STREET, word);
        return switch (language) {
            case "de" -> name;
            case "fr" -> "Rue " + name;
            case "es" -> "Calle " + name;
            default -> name + " Street";
        };
    }

    private String pick(WordList.Kind kind, long word) {
        List<String> words = WordList.of(kind, language).words();
        return words.get((int) Long.remainderUnsigned(word, words.size()));
    }

    public Town town(long word) {
        int[] places = Places.in(countries());
        Place place = Places.all().get(places[(int) Long.remainderUnsigned(word, places.length)]);
        return new Town(place.city(), place.stateCode(), place.state(), place.postalCode(), place.countryCode(),
                place.country(), place.latitude(), place.longitude());
    }

    private List<String> countries() {
        return switch (language) {
            case "de" -> List.of("DE", "AT", "CH");
            case "fr" -> List.of("FR");
            case "es" -> List.of("ES");
            case "it" -> List.of("IT");
            case "nl" -> List.of("NL");
            default -> List.of("US");
        };
    }

    /** Returns a name in lower-case ASCII letters, for addresses. */
    public static String plain(String name) {
        return TextChange.FOLDED.apply(name).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Returns a word that means nothing. */
    public static String madeWord(Draws draws) {
        StringBuilder word = new StringBuilder();
        for (int syllables = draws.between(1, 4); syllables > 0; syllables--) {
            word.append(SYLLABLES.get(draws.below(SYLLABLES.size())));
        }
        return word.toString();
    }

    /** Returns the digits with a correct last one, by Luhn's formula. */
    public static String luhn(String digits) {
        return checked(CheckDigits.LUHN, digits);
    }

    /** Returns the digits with a correct last one, as of an EAN, a UPC or an ISBN of 13 digits. */
    public static String ean(String digits) {
        return checked(CheckDigits.EAN, digits);
    }

    /** Returns the account with correct check digits in its third and fourth place. */
    public static String iban(String account) {
        return checked(CheckDigits.IBAN, account);
    }

    /** Returns the vehicle identification number with a correct ninth place. */
    public static String vin(String number) {
        return checked(CheckDigits.VIN, number);
    }

    private static String checked(CheckDigits scheme, String text) {
        StringBuilder fixed = new StringBuilder(text);
        scheme.fix(fixed, 0);
        return fixed.toString();
    }
}
