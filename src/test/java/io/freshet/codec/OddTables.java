package io.freshet.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Makes tables with odd names, types and values from a seed. */
public final class OddTables {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> NAMES = List.of("id", "a.b", "a_b", "a b", "A", "a", "größe", "東京", "ключ", "🙂", " x ",
            "\"quoted\"", "new\nline", "tab\t", "back\\slash", "list", "element", "key_value", "1st", "$", "x".repeat(300),
            "_generated", "select", "null", "o", "o2", "..", "n.", ".n", "%", "a/b", "a,b", "=1+1");
    private static final List<String> WORDS = List.of("", " ", "x", "Oslo", "Zürich", "東京", "🙂🙃", "a\"b", "a\\b", "a\nb",
            "\u0001", "true", "null", "NaN", "0012", "1e5", "-", "-0", "é", "e\u0301", "\uFEFF", "'", ";", ",", "{}", "[]");

    private final SplittableRandom random;

    private OddTables(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a table of 1 to 10 columns and up to a few hundred rows. */
    public static TableSample of(long seed) throws IOException {
        return TableReader.read(new ByteArrayInputStream(new OddTables(seed).lines().getBytes(StandardCharsets.UTF_8)),
                TableFormat.NDJSON, ReadOptions.defaults());
    }

    private String lines() throws IOException {
        List<String> names = new ArrayList<>(NAMES);
        Map<String, Supplier<Object>> columns = new LinkedHashMap<>();
        int count = 1 + random.nextInt(10);
        for (int c = 0; c < count; c++) {
            columns.put(names.remove(random.nextInt(names.size())), sometimesMissing(column(2)));
        }
        int rows = 1 + random.nextInt(random.nextInt(4) == 0 ? 400 : 40);
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            Map<String, Object> record = new LinkedHashMap<>();
            columns.forEach((name, values) -> record.put(name, values.get()));
            lines.append(MAPPER.writeValueAsString(record)).append('\n');
        }
        return lines.toString();
    }

    private Supplier<Object> sometimesMissing(Supplier<Object> values) {
        double share = List.of(0.0, 0.0, 0.1, 0.9).get(random.nextInt(4));
        return () -> random.nextDouble() < share ? null : values.get();
    }

    private Supplier<Object> column(int depth) {
        return switch (random.nextInt(depth > 0 ? 20 : 17)) {
            case 0 -> () -> random.nextInt(-128, 128);
            case 1 -> () -> random.nextInt(-32768, 32768);
            case 2 -> random::nextInt;
            case 3 -> random::nextLong;
            case 4 -> () -> new BigInteger(1 + random.nextInt(120), new Random(random.nextLong())).negate();
            case 5 -> decimals(1 + random.nextInt(18), 15);
            case 6 -> decimals(1 + random.nextInt(30), 40);
            case 7 -> () -> Double.longBitsToDouble(random.nextLong(0x7FE0000000000000L)) * (random.nextBoolean() ? 1 : -1);
            case 8 -> random::nextBoolean;
            case 9 -> dates();
            case 10 -> instants();
            case 11 -> () -> LocalTime.ofSecondOfDay(random.nextInt(86_400)).toString();
            case 12 -> () -> WORDS.get(random.nextInt(WORDS.size()));
            case 13 -> () -> "ä".repeat(random.nextInt(20) == 0 ? random.nextInt(40_000) : 3) + random.nextInt();
            case 14 -> () -> null;
            case 15 -> constant();
            case 16 -> mixed();
            case 17 -> object(depth - 1);
            default -> array(depth - 1);
        };
    }

    private Supplier<Object> decimals(int digits, int bits) {
        return () -> new BigDecimal(new BigInteger(bits, new Random(random.nextLong())), digits);
    }

    private Supplier<Object> dates() {
        int from = List.of(-719_162, -30_000, 0, 2_900_000).get(random.nextInt(4));
        return () -> LocalDate.ofEpochDay(from + random.nextInt(60_000)).toString();
    }

    private Supplier<Object> instants() {
        long from = List.of(-60_000_000_000L, -1L, 1_700_000_000L, 250_000_000_000L).get(random.nextInt(4));
        int digits = random.nextInt(10);
        String zone = List.of("Z", "", "+05:30", "-08:00").get(random.nextInt(4));
        return () -> {
            Instant second = Instant.ofEpochSecond(from + random.nextInt(100_000_000));
            String text = second.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
            String whole = text.length() == 16 ? text + ":00" : text;
            String fraction = digits == 0 ? ""
                    : "." + String.format(Locale.ROOT, "%09d", random.nextInt(1_000_000_000)).substring(0, digits);
            return whole + fraction + zone;
        };
    }

    private Supplier<Object> constant() {
        Object value = List.of(7, "seven", true, 0.25, List.of(1), "2024-02-29", "", new BigInteger("9".repeat(30)))
                .get(random.nextInt(8));
        return () -> value;
    }

    private Supplier<Object> mixed() {
        List<Object> values = List.of(1, "1", true, 2.5, "x", List.of());
        return () -> values.get(random.nextInt(values.size()));
    }

    private Supplier<Object> object(int depth) {
        Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
        for (String name : List.of("a", "ü.v", "list").subList(0, 1 + random.nextInt(3))) {
            fields.put(name, sometimesMissing(column(depth)));
        }
        return () -> {
            Map<String, Object> object = new LinkedHashMap<>();
            fields.forEach((name, values) -> object.put(name, values.get()));
            return object;
        };
    }

    private Supplier<Object> array(int depth) {
        Supplier<Object> elements = sometimesMissing(random.nextBoolean() ? object(depth) : column(depth));
        return () -> {
            List<Object> array = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(elements.get());
            }
            return array;
        };
    }
}
