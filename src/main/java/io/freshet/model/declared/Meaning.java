package io.freshet.model.declared;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.freshet.model.meaning.Lexicon;
import io.freshet.stats.Draws;

/**
 * What a declared text means. Texts of one object agree: the e-mail address is that of the name, the state that of the city.
 */
enum Meaning {
    FIRST_NAME((row, words) -> words.firstName(row.shared(Meaning.FIRST))),
    LAST_NAME((row, words) -> words.lastName(row.shared(Meaning.LAST))),
    NAME((row, words) -> FIRST_NAME.text(row, words) + " " + LAST_NAME.text(row, words)),
    USERNAME((row, words) -> Meaning.account(row, words) + row.draws().below(1000)),
    EMAIL((row, words) -> Meaning.account(row, words) + "@" + Meaning.domain(row, words)),
    PHONE((row, words) -> Meaning.phone(row, words)),
    STREET((row, words) -> words.street(row.shared(Meaning.ROAD))),
    ADDRESS((row, words) -> Meaning.address(row, words)),
    CITY((row, words) -> Meaning.town(row, words).city()),
    STATE((row, words) -> Meaning.town(row, words).state()),
    STATE_CODE((row, words) -> Meaning.town(row, words).stateCode()),
    POSTAL_CODE((row, words) -> Meaning.town(row, words).postalCode()),
    COUNTRY((row, words) -> Meaning.town(row, words).country()),
    COUNTRY_CODE((row, words) -> Meaning.town(row, words).countryCode()),
    COMPANY((row, words) -> words.company(row.shared(Meaning.FIRM))),
    HOSTNAME((row, words) -> "www." + Meaning.domain(row, words)),
    URL((row, words) -> "https://www." + Meaning.domain(row, words) + "/" + Lexicon.madeWord(row.draws())),
    IPV4((row, words) -> "10." + Meaning.joined(row.draws(), 3, 256, "%d", ".")),
    IPV6((row, words) -> "2001:db8:" + Meaning.joined(row.draws(), 6, 65_536, "%x", ":")),
    MAC((row, words) -> "02:" + Meaning.joined(row.draws(), 5, 256, "%02x", ":")),
    UUID_TEXT((row, words) -> Meaning.uuid(row.draws())),
    IBAN((row, words) -> Lexicon.iban("DE00" + Meaning.digits(row.draws(), 18))),
    CARD_NUMBER((row, words) -> Lexicon.luhn("4" + Meaning.digits(row.draws(), 15))),
    EAN((row, words) -> Lexicon.ean("2" + Meaning.digits(row.draws(), 12))),
    ISBN((row, words) -> Lexicon.ean("978" + Meaning.digits(row.draws(), 10))),
    VIN((row, words) -> Lexicon.vin("ZZZ" + Meaning.letters(row.draws(), 6) + Meaning.digits(row.draws(), 8))),
    CURRENCY((row, words) -> Meaning.currency(row.draws())),
    LANGUAGE((row, words) -> Meaning.language(row.draws())),
    WORD((row, words) -> Lexicon.madeWord(row.draws())),
    SENTENCE((row, words) -> Meaning.sentence(row.draws()));

    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final int ROAD = 3;
    private static final int TOWN = 4;
    private static final int FIRM = 5;
    private static final int HOUSE = 6;
    private static final int MAX_HOUSE = 200;
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "GBP", "JPY", "CHF", "CAD", "AUD", "SEK");
    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "pt", "nl", "ja");
    private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");

    private final BiFunction<RowContext, Lexicon, String> writer;

    Meaning(BiFunction<RowContext, Lexicon, String> writer) {
        this.writer = writer;
    }

    String text(RowContext row, Lexicon words) {
        return writer.apply(row, words);
    }

    /** Returns the name in a declaration. */
    String id() {
        return this == UUID_TEXT ? "uuid" : name().toLowerCase(Locale.ROOT);
    }

    static Optional<Meaning> find(String id) {
        return Arrays.stream(values()).filter(meaning -> meaning.id().equals(id)).findFirst();
    }

    static String ids() {
        return Arrays.stream(values()).map(Meaning::id).collect(Collectors.joining(", "));
    }

    private static Lexicon.Town town(RowContext row, Lexicon words) {
        return words.town(row.shared(TOWN));
    }

    private static String account(RowContext row, Lexicon words) {
        return Lexicon.plain(FIRST_NAME.text(row, words)) + "." + Lexicon.plain(LAST_NAME.text(row, words));
    }

    /** Domains that are reserved for documentation (RFC 2606), so that no mail reaches anybody. */
    private static String domain(RowContext row, Lexicon words) {
        return Lexicon.plain(words.company(row.shared(FIRM))) + "."
                + DOMAINS.get((int) Long.remainderUnsigned(row.shared(FIRM), DOMAINS.size()));
    }

    private static String phone(RowContext row, Lexicon words) {
        Draws draws = row.draws();
        return words.language().equals("de") ? "+49 30 " + digits(draws, 7)
                : "+1 " + draws.between(201, 989) + "-555-" + String.format(Locale.ROOT, "%04d", draws.between(100, 199));
    }

    private static String address(RowContext row, Lexicon words) {
        long house = 1 + Long.remainderUnsigned(row.shared(HOUSE), MAX_HOUSE);
        String street = STREET.text(row, words);
        return words.language().equals("de") || words.language().equals("es") ? street + " " + house : house + " " + street;
    }

    static String uuid(Draws draws) {
        long high = draws.word() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = draws.word() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static String joined(Draws draws, int parts, int below, String format, String between) {
        return IntStream.range(0, parts).mapToObj(i -> String.format(Locale.ROOT, format, draws.below(below)))
                .collect(Collectors.joining(between));
    }

    static String digits(Draws draws, int count) {
        return IntStream.range(0, count).mapToObj(i -> String.valueOf(draws.below(10))).collect(Collectors.joining());
    }

    private static String letters(Draws draws, int count) {
        String allowed = "ABCDEFGHJKLMNPRSTUVWXYZ";
        return IntStream.range(0, count).mapToObj(i -> String.valueOf(allowed.charAt(draws.below(allowed.length()))))
                .collect(Collectors.joining());
    }

    private static String currency(Draws draws) {
        return CURRENCIES.get(draws.below(CURRENCIES.size()));
    }

    private static String language(Draws draws) {
        return LANGUAGES.get(draws.below(LANGUAGES.size()));
    }

    private static String sentence(Draws draws) {
        String words = IntStream.range(0, draws.between(3, 10)).mapToObj(i -> Lexicon.madeWord(draws))
                .collect(Collectors.joining(" "));
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
