package io.freshet.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Offsets from UTC that follow the summer time of a zone, by the rules of the JDK. */
final class ZoneOffsets {

    /** Each zone stands for all that have had its summer time in the last decades. */
    private static final List<String> ZONES = List.of("Europe/Berlin", "Europe/London", "Europe/Athens", "America/New_York",
            "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Halifax", "America/Anchorage",
            "America/St_Johns", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "America/Sao_Paulo",
            "America/Santiago", "Asia/Jerusalem", "Europe/Moscow");
    private static final Pattern OFFSET = Pattern.compile("(?<sign>[+-])(?<hours>\\d{2}):?(?<minutes>\\d{2})|Z");
    private static final Map<String, ZoneRules> RULES = new ConcurrentHashMap<>();
    private static final int MINUTE = 60;
    /** Tables that were made up may switch on other days than the zone. */
    private static final double ENOUGH = .85;

    private ZoneOffsets() {
    }

    /** @throws IllegalArgumentException if there is no such zone */
    static ZoneRules rules(String zone) {
        try {
            return RULES.computeIfAbsent(zone, id -> ZoneId.of(id).getRules());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no time zone " + zone);
        }
    }

    /** The offset of a local time, in seconds. */
    static int ofLocal(ZoneRules rules, long localSeconds) {
        return rules.getOffset(LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC)).getTotalSeconds();
    }

    /** The offset of an instant, in seconds. */
    static int ofInstant(ZoneRules rules, long epochSeconds) {
        return rules.getOffset(Instant.ofEpochSecond(epochSeconds)).getTotalSeconds();
    }

    /**
     * The format that writes each text with the offset of a zone at that time, if the offsets of most follow one zone.
     *
     * @param format with the offset of one of the texts
     */
    static Optional<DateTimeFormat> following(DistinctTexts texts, DateTimeFormat format) {
        String offset = format.offset().strip();
        String quoted = "'" + format.offset() + "'";
        if (!OFFSET.matcher(offset).matches() || !format.pattern().endsWith(quoted)) {
            return Optional.empty();
        }
        String local = format.pattern().substring(0, format.pattern().length() - quoted.length())
                + (format.offset().startsWith(" ") ? " " : "");
        DateTimeFormat clock = DateTimeFormat.of(local, format.resolution());
        String best = "";
        double max = ENOUGH;
        for (String zone : ZONES) {
            double share = following(texts, clock, rules(zone));
            if (share > max) {
                best = zone;
                max = share;
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        String letters = anyEnds(texts, "Z") ? "XXX" : offset.contains(":") ? "xxx" : "xx";
        return Optional.of(DateTimeFormat.of(local + letters + '{' + best + '}', format.resolution()));
    }

    private static boolean anyEnds(DistinctTexts texts, String end) {
        for (int code = 0; code < texts.size(); code++) {
            if (texts.text(code).endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    /** The share of the rows that have an offset that the zone has then; 0 if one has none at all. */
    private static double following(DistinctTexts texts, DateTimeFormat clock, ZoneRules rules) {
        long right = 0;
        long all = 0;
        for (int code = 0; code < texts.size(); code++) {
            String text = texts.text(code);
            if (PlaceHolders.contain(text)) {
                continue;
            }
            Matcher offset = OFFSET.matcher(text);
            int at = Math.max(text.lastIndexOf('+'), Math.max(text.lastIndexOf('-'), text.lastIndexOf('Z')));
            long micros = at < 0 ? DateTimePattern.INVALID : clock.micros(text.substring(0, at));
            if (micros == DateTimePattern.INVALID || !offset.region(at, text.length()).matches()) {
                return 0;
            }
            LocalDateTime local = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
            right += rules.isValidOffset(local, offset(offset)) ? texts.count(code) : 0;
            all += texts.count(code);
        }
        return all == 0 ? 0 : (double) right / all;
    }

    private static ZoneOffset offset(Matcher offset) {
        if (offset.group("sign") == null) {
            return ZoneOffset.UTC;
        }
        int seconds = MINUTE * (MINUTE * Integer.parseInt(offset.group("hours")) + Integer.parseInt(offset.group("minutes")));
        return ZoneOffset.ofTotalSeconds(offset.group("sign").equals("-") ? -seconds : seconds);
    }

    /** An offset as a pattern's letters write it: {@code xxx} +01:00, {@code XXX} the same but Z, {@code xx} +0100. */
    static String text(int seconds, String letters) {
        if (seconds == 0 && letters.equals("XXX")) {
            return "Z";
        }
        int minutes = Math.abs(seconds) / MINUTE;
        String colon = letters.length() == 3 ? ":" : "";
        return (seconds < 0 ? "-" : "+") + two(minutes / MINUTE) + colon + two(minutes % MINUTE);
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }
}
