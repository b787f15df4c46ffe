package io.freshet.retail;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.freshet.event.Ascii;
import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;

/**
 * Selects events of a simulation by type, and optionally only a share of a type. The selection keeps related events
 * together, so that each story stays complete: a visit has its pings only if it has its zone changes and its entry; a
 * receipt has all lines and payments of the selected types; a product in a store has all changes of its stock; a truck has
 * both its arrival and its departure. The selection does not change the events themselves. Immutable.
 */
public final class EventMix {

    /** Selects all events. */
    public static final EventMix ALL = new EventMix(0, filled(1));
    private static final LocalDate SAMPLED = LocalDate.of(2026, 3, 18);
    private static final int SAMPLED_STORES = 3;

    private final long seed;
    private final double[] kept;

    private EventMix(long seed, double[] kept) {
        this.seed = seed;
        this.kept = kept;
    }

    private static double[] filled(double value) {
        double[] values = new double[EventType.values().length];
        Arrays.fill(values, value);
        return values;
    }

    /**
     * Creates a mix.
     *
     * @param weights the relative frequencies of the types; types without a weight are left out; empty for all events,
     *        unfiltered
     */
    public static EventMix of(Chain chain, Map<EventType, Double> weights) {
        if (weights.isEmpty()) {
            return ALL;
        }
        double[] natural = natural(chain);
        double[] kept = filled(0);
        double max = 0;
        for (Map.Entry<EventType, Double> wanted : weights.entrySet()) {
            int type = wanted.getKey().ordinal();
            kept[type] = wanted.getValue() / Math.max(1, natural[type]);
            max = Math.max(max, kept[type]);
        }
        for (int type = 0; type < kept.length; type++) {
            kept[type] /= max;
        }
        whole(kept, EventType.RECEIPT_CREATED, EventType.RECEIPT_LINE_ADDED, EventType.PAYMENT_PROCESSED,
                EventType.PROMOTION_APPLIED);
        whole(kept, EventType.INVENTORY_UPDATED, EventType.REORDER_TRIGGERED, EventType.STOCKOUT_DETECTED);
        whole(kept, EventType.TRUCK_ARRIVED, EventType.TRUCK_DEPARTED);
        whole(kept, EventType.STORE_OPENED, EventType.STORE_CLOSED);
        atLeast(kept, EventType.CUSTOMER_ZONE_CHANGED, EventType.BLE_PING_DETECTED);
        atLeast(kept, EventType.CUSTOMER_ENTERED, EventType.CUSTOMER_ZONE_CHANGED);
        atLeast(kept, EventType.CUSTOMER_ENTERED, EventType.RECEIPT_CREATED);
        return new EventMix(chain.seed(), kept);
    }

    /** Gives related types the same share, which is that of the first selected one. Types that are not selected stay out. */
    private static void whole(double[] kept, EventType... types) {
        double first = Arrays.stream(types).mapToDouble(type -> kept[type.ordinal()]).filter(share -> share > 0).findFirst()
                .orElse(0);
        for (EventType type : types) {
            kept[type.ordinal()] = kept[type.ordinal()] > 0 ? first : 0;
        }
    }

    /** Raises the share of a selected cause to that of its effect, so that an effect never occurs without its cause. */
    private static void atLeast(double[] kept, EventType cause, EventType effect) {
        if (kept[cause.ordinal()] > 0) {
            kept[cause.ordinal()] = Math.max(kept[cause.ordinal()], kept[effect.ordinal()]);
        }
    }

    /** Returns how many events of each type a few stores have on a sample day. */
    private static double[] natural(Chain chain) {
        double[] counts = filled(0);
        List<Store> stores = chain.data().stores();
        for (int i = 0; i < Math.min(SAMPLED_STORES, stores.size()); i++) {
            RetailSimulation simulation = RetailSimulation.ofStore(chain, stores.get(i),
                    SAMPLED.atStartOfDay(ZoneOffset.UTC).toInstant());
            long end = SAMPLED.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            while (simulation.hasNext() && simulation.nextTime() < end) {
                counts[simulation.next().type().ordinal()]++;
            }
        }
        return counts;
    }

    /** Returns whether the mix includes an event. */
    public boolean has(RetailEvent event) {
        double share = kept[event.type().ordinal()];
        return share >= 1 || share > 0 && place(event) < share;
    }

    /** Returns a number in (0, 1) that related events have in common. */
    private double place(RetailEvent event) {
        long about = switch (event.type()) {
            case INVENTORY_UPDATED -> product(event, ((InventoryUpdated) event.payload()).product());
            case REORDER_TRIGGERED -> product(event, ((ReorderTriggered) event.payload()).product());
            case STOCKOUT_DETECTED -> product(event, ((StockoutDetected) event.payload()).product());
            default -> text(event.correlation());
        };
        return Philox.uniform(Permutation.mix(about + seed * 31 + Purpose.MIX));
    }

    private static long product(RetailEvent event, int product) {
        return Permutation.mix((long) event.store().number() << 32 | product);
    }

    private static long text(Ascii correlation) {
        return Permutation.mix(correlation.hashCode() * 0x9E3779B97F4A7C15L);
    }
}
