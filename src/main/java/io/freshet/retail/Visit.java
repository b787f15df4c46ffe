package io.freshet.retail;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.stats.Draws;

/** One visit: the customer, the wanted products, the way through the store and the current step. Reused for later visits. */
final class Visit {

    /** What the visitor does next. */
    enum Step {
        ENTER,
        WALK,
        PING,
        PICK,
        CHECKOUT,
        LINE,
        PAY
    }

    /**
     * The advertisement that prompted a visit; it makes the visitor buy what was advertised.
     *
     * @param promotion the index of the promotion among those of the week
     */
    record Reason(Customer customer, Ascii impression, int promotion) {
    }

    private static final Ascii NONE = Ascii.of("");

    final Draws draws = new Draws();
    final Draws pings = new Draws();
    final Basket basket = new Basket();
    Ascii id = NONE;
    Ascii phone = NONE;
    @Nullable
    Customer customer;
    @Nullable
    Reason reason;
    boolean seen;
    Step step = Step.ENTER;
    int number;
    // the wanted products, sorted by slot
    int wants;
    final int[] wanted = new int[BasketSizes.MAX_LINES + 1];
    final int[] quantities = new int[BasketSizes.MAX_LINES + 1];
    int nextWanted;
    // the way through the store
    int stops;
    private int[] zones = new int[64];
    private int[] dwells = new int[64];
    int stop;
    int stopEnds;

    /** Returns the customer's number in events; 0 if the customer is unknown. */
    int customerNumber() {
        Customer known = customer;
        return known == null ? 0 : known.number();
    }

    void begin(int n, Ascii visit) {
        number = n;
        id = visit;
        phone = NONE;
        customer = null;
        reason = null;
        seen = false;
        step = Step.ENTER;
        wants = 0;
        nextWanted = 0;
        stops = 0;
        stop = 0;
        basket.clear();
    }

    /**
     * Adds a product to the list.
     *
     * @return false if it is on the list already
     */
    boolean want(int slot, int quantity) {
        int at = wants;
        while (at > 0 && wanted[at - 1] >= slot) {
            if (wanted[at - 1] == slot) {
                return false;
            }
            at--;
        }
        System.arraycopy(wanted, at, wanted, at + 1, wants - at);
        System.arraycopy(quantities, at, quantities, at + 1, wants - at);
        wanted[at] = slot;
        quantities[at] = quantity;
        wants++;
        return true;
    }

    boolean wants(int slot) {
        return Arrays.binarySearch(wanted, 0, wants, slot) >= 0;
    }

    void addStop(int zone, int dwellMillis) {
        if (stops == zones.length) {
            zones = Arrays.copyOf(zones, 2 * stops);
            dwells = Arrays.copyOf(dwells, 2 * stops);
        }
        zones[stops] = zone;
        dwells[stops++] = dwellMillis;
    }

    int zone(int at) {
        return zones[at];
    }

    int dwell(int at) {
        return dwells[at];
    }

    /** Shortens all stops in proportion, so that together they take at most this time. */
    void hurry(long maxMillis) {
        long sum = 0;
        for (int i = 0; i < stops; i++) {
            sum += dwells[i];
        }
        for (int i = 0; i < stops && sum > maxMillis; i++) {
            dwells[i] = (int) Math.max(1, dwells[i] * maxMillis / sum);
        }
    }
}
