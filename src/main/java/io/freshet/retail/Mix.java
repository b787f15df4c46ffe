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
 * Which events of a simulation there are: some types, and of some only a part, chosen so that what is told stays whole. Of a
 * visit there are its pings only if there are its ways and its beginning, of a receipt all lines and payments that are wanted
 * at all, of a product in a store all changes of its stock, of a truck both coming and going. An event is not changed by which
 * others there are. Immutable.
 */
public final class Mix {

    /** All events. */
    public static final Mix ALL = new Mix(0, filled(1));
    private static final LocalDate SAMPLED = LocalDate.of(2026, 3, 18);
    private static final int SAMPLED_STORES = 3;

    private final long seed;
    private final double[] kept;

    private Mix(long seed, double[] kept) {
        this.seed = seed;
        this.kept = kept;
    }

    private static double[] filled(double value) {
        double[] values = new double[EventType.values().length];
        Arrays.fill(values, value);
        return values;
    }

    /**
     * @param weights how often types are to be, relative to each other; types that are not named are left out; empty for all
     *        events as they come
     */
    public static Mix of(Chain chain, Map<EventType, Double> weights) {
        if (weights.isEmpty()) {
            return ALL;
        }
        double[] natural = natural(chain);
        double[] kept = filled(0);
        double most = 0;
        for (Map.Entry<EventType, Double> wanted : weights.entrySet()) {
            int type = wanted.getKey().ordinal();
            kept[type] = wanted.getValue() / Math.max(1, natural[type]);
            most = Math.max(most, kept[type]);
        }
        for (int type = 0; type < kept.length; type++) {
            kept[type] /= most;
        }
        whole(kept, EventType.RECEIPT_CREATED, EventType.RECEIPT_LINE_ADDED, EventType.PAYMENT_PROCESSED,
                EventType.PROMOTION_APPLIED);
        whole(kept, EventType.INVENTORY_UPDATED, EventType.REORDER_TRIGGERED, EventType.STOCKOUT_DETECTED);
        whole(kept, EventType.TRUCK_ARRIVED, EventType.TRUCK_DEPARTED);
        whole(kept, EventType.STORE_OPENED, EventType.STORE_CLOSED);
        atLeast(kept, EventType.CUSTOMER_ZONE_CHANGED, EventType.BLE_PING_DETECTED);
        atLeast(kept, EventType.CUSTOMER_ENTERED, EventType.CUSTOMER_ZONE_CHANGED);
        atLeast(kept, EventType.CUSTOMER_ENTERED, EventType.RECEIPT_CREATED);
        return new Mix(chain.seed(), kept);
    }

    /** Those of the types that are wanted at all are kept together: as often as the first of them that is. */
    private static void whole(double[] kept, EventType... types) {
        double first = Arrays.stream(types).mapToDouble(type -> kept[type.ordinal()]).filter(share -> share > 0).findFirst()
                .orElse(0);
        for (EventType type : types) {
            kept[type.ordinal()] = kept[type.ordinal()] > 0 ? first : 0;
        }
    }

    /** What an event is about is there if the event is, if it is wanted at all. */
    private static void atLeast(double[] kept, EventType cause, EventType effect) {
        if (kept[cause.ordinal()] > 0) {
            kept[cause.ordinal()] = Math.max(kept[cause.ordinal()], kept[effect.ordinal()]);
        }
    }

    /** How many events of each type a day of a few stores has. */
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

    /** Whether there is this event. */
    public boolean has(RetailEvent event) {
        double share = kept[event.type().ordinal()];
        return share >= 1 || share > 0 && place(event) < share;
    }

    /** A number in (0, 1) that events have in common that belong together. */
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
