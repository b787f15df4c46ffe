package io.freshet.model.meaning;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.freshet.model.TextMeaning;

/**
 * What a column name suggests about the column's texts, in English, German, French, Spanish and a few more languages. The
 * values take precedence: the name decides only what they leave open.
 *
 * @param kinds the kind of each word of a text by position; the last kind also applies to all following words
 */
record ColumnHints(String name, List<WordList.Kind> kinds, String language) {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Set<String> FIRST = Set.of("firstname", "first", "forename", "givenname", "given", "vorname", "prenom",
            "prénom", "nombre", "nome", "voornaam", "fname", "imie");
    private static final Set<String> LAST = Set.of("lastname", "last", "surname", "familyname", "family", "nachname",
            "familienname", "zuname", "nom", "apellido", "apellidos", "cognome", "achternaam", "lname", "nazwisko");
    private static final Set<String> FULL = Set.of("fullname", "name", "person", "customername", "contact", "patient",
            "employee", "kunde", "ansprechpartner", "contacto", "client", "owner", "author", "manager");
    private static final Set<String> STREET = Set.of("street", "address", "strasse", "straße", "rue", "calle", "adresse",
            "direccion", "dirección", "addr", "anschrift", "via");
    private static final Set<String> GERMAN = Set.of("vorname", "nachname", "strasse", "straße", "familienname", "plz", "ort",
            "stadt", "anschrift", "kunde", "zuname");
    private static final Set<String> FRENCH = Set.of("prenom", "prénom", "nom", "rue", "ville", "adresse");
    private static final Set<String> SPANISH = Set.of("nombre", "apellido", "apellidos", "calle", "direccion", "dirección",
            "ciudad", "contacto");

    ColumnHints {
        kinds = List.copyOf(kinds);
    }

    static ColumnHints of(String name) {
        Set<String> words = words(name);
        List<WordList.Kind> kinds = has(words, FIRST) ? List.of(WordList.Kind.FIRST_NAME)
                : has(words, LAST) ? List.of(WordList.Kind.LAST_NAME)
                        : has(words, FULL) ? List.of(WordList.Kind.FIRST_NAME, WordList.Kind.LAST_NAME)
                                : has(words, STREET) ? List.of(WordList.Kind.STREET) : List.of();
        String language = has(words, GERMAN) ? "de" : has(words, SPANISH) ? "es" : has(words, FRENCH) ? "fr" : "en";
        return new ColumnHints(name, kinds, language);
    }

    /** Returns the hints of a column whose meaning is declared. */
    static ColumnHints of(String name, TextMeaning meaning) {
        List<WordList.Kind> kinds = switch (meaning) {
            case FIRST_NAME -> List.of(WordList.Kind.FIRST_NAME);
            case LAST_NAME -> List.of(WordList.Kind.LAST_NAME);
            case NAME -> List.of(WordList.Kind.FIRST_NAME, WordList.Kind.LAST_NAME);
            case STREET -> List.of(WordList.Kind.STREET);
            case COMPANY -> List.of(WordList.Kind.COMPANY);
            default -> List.of();
        };
        return new ColumnHints(name, kinds, of(name).language());
    }

    private static boolean has(Set<String> words, Set<String> known) {
        return words.stream().anyMatch(known::contains);
    }

    /** Returns the words of a name in lower case, including each pair of neighbouring words joined. */
    static Set<String> words(String name) {
        String[] words = BETWEEN_WORDS.split(name);
        Set<String> all = new HashSet<>();
        for (int i = 0; i < words.length; i++) {
            all.add(words[i].toLowerCase(Locale.ROOT));
            if (i > 0) {
                all.add((words[i - 1] + words[i]).toLowerCase(Locale.ROOT));
            }
        }
        return all;
    }

    /** Returns the kind of the word at this position of the text. */
    WordList.@Nullable Kind words(int place) {
        return kinds.isEmpty() ? null : kinds.get(Math.min(place == 0 ? 0 : kinds.size() - 1, kinds.size() - 1));
    }

    /** Returns the place field that a column of this name holds. */
    Optional<PlaceField> place() {
        Set<String> words = words(name);
        for (PlaceWords known : PlaceWords.values()) {
            if (has(words, known.words)) {
                return Optional.of(known.field);
            }
        }
        return Optional.empty();
    }

    private enum PlaceWords {
        POSTAL_CODE(PlaceField.POSTAL_CODE, "zip", "zipcode", "postcode", "postalcode", "postal", "plz", "postleitzahl",
                "codepostal", "codigopostal", "cp"),
        CITY(PlaceField.CITY, "city", "town", "ort", "stadt", "ville", "ciudad", "wohnort", "municipality", "localidad"),
        STATE(PlaceField.STATE, "state", "province", "bundesland", "provincia", "region", "county"),
        COUNTRY(PlaceField.COUNTRY, "country", "land", "pays", "pais", "país", "nation"),
        LATITUDE(PlaceField.LATITUDE, "lat", "latitude", "breitengrad"),
        LONGITUDE(PlaceField.LONGITUDE, "lon", "lng", "long", "longitude", "längengrad");

        private final PlaceField field;
        private final Set<String> words;

        PlaceWords(PlaceField field, String... words) {
            this.field = field;
            this.words = new HashSet<>(Arrays.asList(words));
        }
    }
}
