package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.freshet.event.Ascii;

/** Checks that every event of a simulation is consistent with the events before it. */
final class Audit {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** The known state of a receipt. */
    private static final class Bill {
        private final ReceiptCreated head;
        private int lines;
        private int items;
        private int amount;
        private int discount;
        private int tax;
        private int applied;
        private int paid;
        private int parts;

        private Bill(ReceiptCreated head) {
            this.head = head;
        }
    }

    /** The known state of a visit. */
    private static final class Stay {
        private Ascii zone = Ascii.of("Entrance");
        private int customer;
    }

    private final Chain chain;
    private final Map<Integer, Long> lastTimes = new HashMap<>();
    private final Map<Integer, Long> lastNumbers = new HashMap<>();
    private final Set<RetailEvent.Trace> traces = new HashSet<>();
    private final Map<Ascii, Bill> bills = new HashMap<>();
    private final Map<Ascii, Stay> stays = new HashMap<>();
    private final Map<Long, Integer> stock = new HashMap<>();
    private final Map<Long, ReorderTriggered> orders = new HashMap<>();
    private final Map<Long, Integer> ordered = new HashMap<>();
    private final Map<Integer, TruckArrived> trucks = new HashMap<>();
    private final Map<Integer, Integer> unloaded = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private final Map<Integer, long[]> totals = new HashMap<>();
    private final Set<Ascii> impressions = new HashSet<>();
    private final Map<Integer, Map<Integer, Integer>> whereabouts = new HashMap<>();
    private final Map<Integer, Product> products = new HashMap<>();
    private final Map<Long, OfferWeek> offers = new HashMap<>();
    private final Set<Integer> customers = new HashSet<>();
    /** Pieces that receipts have sold but that the stock has not recorded yet. */
    private final Map<Long, Integer> unbooked = new HashMap<>();
    final Map<EventType, Integer> counts = new HashMap<>();
    int closedBills;

    Audit(Chain chain) {
        this.chain = chain;
        chain.data().products().forEach(product -> products.put(product.number(), product));
        for (int i = 0; i < chain.data().customers().count(); i++) {
            customers.add(chain.data().customers().get(i).number());
        }
    }

    private Product product(int number) {
        assertThat(products).containsKey(number);
        return products.get(number);
    }

    void read(List<RetailEvent> events) {
        events.forEach(this::read);
    }

    void read(RetailEvent event) {
        int store = event.store().number();
        counts.merge(event.type(), 1, Integer::sum);
        assertThat(event.store()).isSameAs(chain.data().stores().get(event.store().index()));
        assertThat(event.time()).isGreaterThanOrEqualTo(lastTimes.getOrDefault(store, Long.MIN_VALUE));
        assertThat(event.number()).isGreaterThan(lastNumbers.getOrDefault(store, Long.MIN_VALUE));
        assertThat(traces.add(event.trace())).as("trace id %s is new", event.trace()).isTrue();
        assertThat(event.trace().second() - event.time() / 1000).isBetween(0L, 60L);
        lastTimes.put(store, event.time());
        lastNumbers.put(store, event.number());
        check(event, store);
    }

    private void check(RetailEvent event, int store) {
        Payload payload = event.payload();
        boolean night = payload instanceof TruckArrived || payload instanceof TruckDeparted
                || payload instanceof ReorderTriggered
                || payload instanceof InventoryUpdated update && update.reason() != InventoryUpdated.Reason.SALE;
        if (!night) {
            assertThat(open.contains(store) || payload instanceof StoreOpened)
                    .as("%s of store %s while it is open", payload, store).isTrue();
        }
        if (payload instanceof StoreOpened opened) {
            assertThat(open.add(store)).isTrue();
            assertThat(trucks).doesNotContainKey(store);
            LocalTime time = Instant.ofEpochMilli(event.time()).atZone(ZONE).toLocalTime();
            assertThat(time).isIn(LocalTime.of(7, 0), LocalTime.of(8, 0), LocalTime.of(10, 0));
            assertThat(opened.closesAt()).isGreaterThan(event.time());
            totals.put(store, new long[4]);
        } else if (payload instanceof StoreClosed closed) {
            assertThat(open.remove(store)).isTrue();
            assertThat(new long[] { closed.visitors(), closed.receipts(), closed.revenueCents(), closed.stockouts() })
                    .isEqualTo(totals.get(store));
            whereabouts.remove(store);
        } else if (payload instanceof AdImpression impression) {
            assertThat(impressions.add(impression.impression())).isTrue();
            promotion(event, impression.promotion());
            assertThat(customers).contains(impression.customer());
        } else {
            checkVisit(event, payload, store);
            checkSale(event, payload, store);
            checkStock(event, payload, store);
        }
    }

    private void checkVisit(RetailEvent event, Payload payload, int store) {
        if (payload instanceof CustomerEntered entered) {
            Stay stay = new Stay();
            stay.customer = entered.customer();
            assertThat(stays.put(entered.visit(), stay)).isNull();
            assertThat(event.correlation()).isEqualTo(entered.visit());
            totals.get(store)[0]++;
            if (entered.impression() != null) {
                assertThat(impressions).contains(entered.impression());
            }
            if (entered.customer() > 0) {
                assertThat(customers).contains(entered.customer());
                int day = (int) (event.number() / RetailEvent.FIRST_OF_DAY);
                Integer before = whereabouts.computeIfAbsent(-day, d -> new HashMap<>()).put(entered.customer(), store);
                assertThat(before == null || before == store).as("a customer is in one store a day").isTrue();
            }
        } else if (payload instanceof CustomerZoneChanged changed) {
            Stay stay = stays.get(changed.visit());
            assertThat(changed.from()).isEqualTo(stay.zone);
            assertThat(changed.to()).isNotEqualTo(stay.zone);
            assertThat(changed.customer()).isEqualTo(stay.customer);
            Layout layout = chain.layout(event.store().size());
            assertThat(layout.next(zone(layout, changed.from()), zone(layout, changed.to())))
                    .as("%s is beside %s", changed.to(), changed.from()).isEqualTo(zone(layout, changed.to()));
            stay.zone = changed.to();
        } else if (payload instanceof BlePingDetected ping) {
            assertThat(ping.zone()).isEqualTo(stays.get(ping.visit()).zone);
            assertThat(ping.customer()).isEqualTo(stays.get(ping.visit()).customer);
        } else if (payload instanceof StockoutDetected stockout) {
            assertThat(stockout.zone()).isEqualTo(stays.get(stockout.visit()).zone);
            assertThat(product(stockout.product()).department())
                    .isEqualTo(zone(chain.layout(event.store().size()), stockout.zone()) - 1);
            totals.get(store)[3]++;
        }
    }

    private Promotion promotion(RetailEvent event, Ascii id) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(event.time()), ZONE);
        return offers.computeIfAbsent(OfferWeek.weekOf(day.toEpochDay()), week -> OfferWeek.of(chain, week)).promotions()
                .stream().filter(promotion -> promotion.id().equals(id)).findFirst().orElseThrow();
    }

    private static int zone(Layout layout, Ascii name) {
        int zone = 0;
        while (!layout.name(zone).equals(name)) {
            zone++;
        }
        return zone;
    }

    private void checkSale(RetailEvent event, Payload payload, int store) {
        if (payload instanceof ReceiptCreated receipt) {
            assertThat(stays.get(receipt.visit()).zone).hasToString("Checkout");
            assertThat(receipt.customer()).isEqualTo(stays.get(receipt.visit()).customer);
            assertThat(receipt.totalCents())
                    .isEqualTo(receipt.subtotalCents() - receipt.discountCents() + receipt.taxCents());
            assertThat(bills.put(receipt.receipt(), new Bill(receipt))).isNull();
            totals.get(store)[1]++;
            totals.get(store)[2] += receipt.totalCents();
        } else if (payload instanceof ReceiptLineAdded line) {
            Bill bill = bills.get(line.receipt());
            Product product = product(line.product());
            assertThat(line.line()).isEqualTo(++bill.lines);
            assertThat(line.priceCents()).isEqualTo(product.priceCents());
            assertThat(line.amountCents()).isEqualTo(line.quantity() * line.priceCents());
            assertThat(Math.abs((line.amountCents() - line.discountCents()) * line.taxBasisPoints() - line.taxCents() * 10_000))
                    .isLessThanOrEqualTo(5_000);
            assertThat(line.promotion() == null && line.discountCents() > 0).isFalse();
            unbooked.merge(key(store, line.product()), line.quantity(), Integer::sum);
            if (line.promotion() != null) {
                assertThat(promotion(event, line.promotion()).products()).contains(product.index());
            }
            assertThat(line.substituteFor() == 0 || product(line.substituteFor()).department() == product.department())
                    .isTrue();
            bill.items += line.quantity();
            bill.amount += line.amountCents();
            bill.discount += line.discountCents();
            bill.tax += line.taxCents();
        } else if (payload instanceof PromotionApplied applied) {
            Bill bill = bills.get(applied.receipt());
            assertThat(applied.line()).isEqualTo(bill.lines);
            bill.applied += applied.discountCents();
            if (applied.impression() != null) {
                assertThat(impressions).contains(applied.impression());
            }
        } else if (payload instanceof PaymentProcessed payment) {
            Bill bill = bills.get(payment.receipt());
            assertThat(payment.part()).isEqualTo(++bill.parts);
            assertThat(payment.tenderedCents()).isEqualTo(payment.amountCents() + payment.changeCents());
            assertThat(payment.changeCents()).isNotNegative();
            bill.paid += payment.amountCents();
            if (payment.part() == payment.parts()) {
                close(bill);
            }
        }
    }

    private void close(Bill bill) {
        assertThat(bill.lines).isEqualTo(bill.head.lines());
        assertThat(bill.items).isEqualTo(bill.head.items());
        assertThat(bill.amount).isEqualTo(bill.head.subtotalCents());
        assertThat(bill.discount).isEqualTo(bill.head.discountCents()).isEqualTo(bill.applied);
        assertThat(bill.tax).isEqualTo(bill.head.taxCents());
        assertThat(bill.paid).isEqualTo(bill.head.totalCents());
        closedBills++;
    }

    private void checkStock(RetailEvent event, Payload payload, int store) {
        if (payload instanceof InventoryUpdated update) {
            long key = key(store, product(update.product()).number());
            assertThat(update.onHand()).isNotNegative();
            if (update.reason() == InventoryUpdated.Reason.SALE) {
                assertThat(unbooked.remove(key)).isEqualTo(-update.change());
                assertThat(bills).containsKey(update.reference());
            } else {
                assertThat(update.change() > 0).isEqualTo(update.reason() == InventoryUpdated.Reason.DELIVERY);
            }
            Integer before = stock.put(key, update.onHand());
            assertThat(before == null || before + update.change() == update.onHand()).as("%s after %s", update, before)
                    .isTrue();
            if (update.reason() == InventoryUpdated.Reason.DELIVERY) {
                TruckArrived truck = trucks.get(store);
                assertThat(truck.shipment()).isEqualTo(update.reference());
                unloaded.merge(store, update.change(), Integer::sum);
                Integer wanted = ordered.remove(key);
                ReorderTriggered order = orders.remove(key);
                if (order != null && order.onOrder() == 0) {
                    assertThat(update.change()).isEqualTo(wanted);
                    assertThat(order.shipment()).isEqualTo(update.reference());
                }
            }
        } else if (payload instanceof ReorderTriggered order) {
            long key = key(store, product(order.product()).number());
            assertThat(order.centre()).isEqualTo(chain.data().centres().get(event.store().centre()).number());
            Integer known = stock.get(key);
            assertThat(known == null || known == order.onHand()).isTrue();
            assertThat(order.quantity()).isPositive();
            assertThat(order.shipment()).isEqualTo(event.correlation());
            if (order.reason() == ReorderTriggered.Reason.REORDER_POINT) {
                assertThat(order.onHand()).isLessThanOrEqualTo(order.reorderPoint());
                assertThat(order.onOrder()).isZero();
            }
            ordered.merge(key, order.quantity(), Integer::sum);
            orders.putIfAbsent(key, order);
        } else if (payload instanceof TruckArrived truck) {
            assertThat(trucks.put(store, truck)).isNull();
            assertThat(truck.centre()).isEqualTo(chain.data().centres().get(event.store().centre()).number());
            unloaded.put(store, 0);
        } else if (payload instanceof TruckDeparted truck) {
            assertThat(trucks.remove(store).shipment()).isEqualTo(truck.shipment());
            assertThat(unloaded.get(store)).isEqualTo(truck.units());
        }
    }

    private static long key(int store, int product) {
        return (long) store << 32 | product;
    }
}
