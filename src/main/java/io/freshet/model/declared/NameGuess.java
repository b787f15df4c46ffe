package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the name of a field suggests about values that a schema does not describe further. */
final class NameGuess {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Map<String, Meaning> MEANINGS = new LinkedHashMap<>();
    private static final Set<String> IDS = Set.of("id", "key", "number", "no", "nr", "num", "seq", "sequence", "offset");
    private static final Set<String> COUNTS = Set.of("quantity", "qty", "count", "units", "items", "amount", "total", "size");
    private static final Set<String> MONEY = Set.of("price", "amount", "total", "cost", "balance", "salary", "income", "fee",
            "tax", "subtotal", "revenue", "value");
    private static final Set<String> TIMES = Set.of("time", "timestamp", "ts", "date", "created", "updated", "modified", "at",
            "since", "until", "expires", "birthday", "createdat", "updatedat", "datetime");

    static {
        put(Meaning.FIRST_NAME, "firstname", "givenname", "forename", "fname");
        put(Meaning.LAST_NAME, "lastname", "surname", "familyname", "lname");
        put(Meaning.USERNAME, "username", "login", "nickname", "screenname");
        put(Meaning.EMAIL, "email", "mail", "emailaddress");
        put(Meaning.PHONE, "phone", "telephone", "mobile", "phonenumber", "tel", "fax");
        put(Meaning.ADDRESS, "address", "streetaddress", "addressline", "address1", "line1");
        put(Meaning.STREET, "street", "streetname");
        put(Meaning.POSTAL_CODE, "zip", "zipcode", "postcode", "postalcode", "plz");
        put(Meaning.COUNTRY_CODE, "countrycode", "countryiso");
        put(Meaning.COUNTRY, "country");
        put(Meaning.CITY, "city", "town");
        put(Meaning.STATE_CODE, "statecode");
        put(Meaning.STATE, "province", "state");
        put(Meaning.COMPANY, "company", "companyname", "organization", "organisation", "employer", "vendor", "supplier");
        put(Meaning.IPV4, "ip", "ipaddress", "clientip", "remoteaddr");
        put(Meaning.MAC, "mac", "macaddress");
        put(Meaning.HOSTNAME, "host", "hostname", "domain");
        put(Meaning.URL, "url", "uri", "link", "website", "homepage", "href");
        put(Meaning.UUID_TEXT, "uuid", "guid");
        put(Meaning.IBAN, "iban");
        put(Meaning.CARD_NUMBER, "cardnumber", "creditcard", "pan");
        put(Meaning.ISBN, "isbn");
        put(Meaning.EAN, "ean", "gtin", "barcode", "upc");
        put(Meaning.VIN, "vin");
        put(Meaning.CURRENCY, "currency", "currencycode");
        put(Meaning.LANGUAGE, "language", "lang", "locale");
        put(Meaning.NAME, "fullname", "customername", "displayname", "person", "author", "owner");
        put(Meaning.SENTENCE, "description", "comment", "message", "note", "notes", "summary", "text", "content", "body", "doc",
                "title", "subject", "reason");
    }

    private NameGuess() {
    }

    private static void put(Meaning meaning, String... names) {
        Arrays.stream(names).forEach(name -> MEANINGS.put(name, meaning));
    }

    /** Returns the words of a name in lower case, joined from the end: the longest first. */
    private static List<String> endings(String name) {
        String[] words = BETWEEN_WORDS.split(name);
        List<String> endings = new ArrayList<>();
        for (int from = 0; from < words.length; from++) {
            endings.add(String.join("", Arrays.copyOfRange(words, from, words.length)).toLowerCase(Locale.ROOT));
        }
        return endings;
    }

    /** Returns the meaning of a field that is an identifier or a text; empty if the name says nothing. */
    static Optional<Meaning> meaning(String name) {
        return endings(name).stream().filter(MEANINGS::containsKey).findFirst().map(MEANINGS::get);
    }

    private static boolean has(String name, Set<String> known) {
        Set<String> endings = new HashSet<>(endings(name));
        endings.retainAll(known);
        return !endings.isEmpty();
    }

    /** Returns the declaration of a text. */
    static ObjectNode text(String name) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Optional<Meaning> meaning = meaning(name);
        if (meaning.isPresent()) {
            return node.put("meaning", meaning.get().id());
        }
        if (has(name, IDS) || name.toLowerCase(Locale.ROOT).endsWith("id")) {
            return node.put("meaning", "uuid");
        }
        if (has(name, TIMES)) {
            node.putObject("datetime");
            return node;
        }
        if (name.equalsIgnoreCase("name")) {
            return node.put("meaning", "name");
        }
        return node.put("meaning", "word");
    }

    /** @param max the largest value that the type has */
    static ObjectNode whole(String name, long max) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (name.equalsIgnoreCase("age")) {
            return range(node, 18, 90);
        }
        if (has(name, Set.of("year"))) {
            return range(node, 1990, 2030);
        }
        if (has(name, TIMES) && max > Integer.MAX_VALUE) {
            node.putObject("datetime");
            return node.put("epoch", "millis");
        }
        if (has(name, COUNTS)) {
            return range(node, 1, Math.min(max, 100));
        }
        return range(node, 0, Math.min(max, has(name, IDS) || name.toLowerCase(Locale.ROOT).endsWith("id") ? 1_000_000 : 1000));
    }

    private static ObjectNode range(ObjectNode node, long min, long max) {
        node.putObject("uniform").put("min", min).put("max", max);
        return node;
    }

    static ObjectNode real(String name) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (has(name, Set.of("lat", "latitude"))) {
            node.putObject("uniform").put("min", -90).put("max", 90);
            return node.put("digits", 5);
        }
        if (has(name, Set.of("lon", "lng", "long", "longitude"))) {
            node.putObject("uniform").put("min", -180).put("max", 180);
            return node.put("digits", 5);
        }
        if (has(name, MONEY)) {
            node.putObject("lognormal").put("median", 40).put("sigma", 1);
            return node.put("digits", 2).put("min", 0.01);
        }
        node.putObject("uniform").put("min", 0).put("max", 1000);
        return node.put("digits", 2);
    }
}
