package io.freshet.retail;

import java.nio.charset.StandardCharsets;

import io.freshet.event.Ascii;

/** Creates the ids of a store's day, such as {@code RCP_12_20260318_42}. Uses scratch memory; not thread-safe. */
final class Ids {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes = new byte[64];
    private final int store;
    private byte[] stamp = {};

    Ids(int store) {
        this.store = store;
    }

    void begin(Ascii day) {
        stamp = day.toString().getBytes(StandardCharsets.US_ASCII);
    }

    Ascii visit(int number) {
        return id("VIS_", stamp, number);
    }

    Ascii receipt(int number) {
        return id("RCP_", stamp, number);
    }

    Ascii order(int number) {
        return id("ORD_", stamp, number);
    }

    Ascii impression(int number) {
        return id("IMP_", stamp, number);
    }

    /** Returns the id of the events that concern the whole store on this day. */
    Ascii day() {
        return Ascii.of("DAY_" + store + "_" + new String(stamp, StandardCharsets.US_ASCII));
    }

    /** Returns the id of the shipment that arrives on another day. */
    Ascii shipment(Ascii day) {
        return Ascii.of("SHP_" + store + "_" + day);
    }

    private Ascii id(String kind, byte[] day, int number) {
        int at = 0;
        for (; at < kind.length(); at++) {
            bytes[at] = (byte) kind.charAt(at);
        }
        at = digits(at, store);
        bytes[at++] = '_';
        System.arraycopy(day, 0, bytes, at, day.length);
        at += day.length;
        bytes[at++] = '_';
        return Ascii.of(bytes, 0, digits(at, number));
    }

    private int digits(int start, int number) {
        int end = start + 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            end++;
        }
        int rest = number;
        for (int at = end - 1; at >= start; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    /** Returns the id of a phone, made from the lower 48 bits of a number. */
    Ascii phone(long word) {
        bytes[0] = 'B';
        bytes[1] = 'L';
        bytes[2] = 'E';
        bytes[3] = '_';
        for (int i = 0; i < 12; i++) {
            bytes[4 + i] = HEX[(int) (word >>> 4 * i) & 15];
        }
        return Ascii.of(bytes, 0, 16);
    }
}
