package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A visitor checks out and gets a receipt. Its lines and its payments follow. The total is subtotal − discount + tax.
 *
 * @param store the store
 * @param receipt the receipt
 * @param visit the visit that the receipt ends
 * @param customer the customer; 0 if unknown
 * @param register the number of the register, from 1
 * @param lines how many lines follow
 * @param items the sum of the quantities of the lines
 * @param subtotalCents the sum of the amounts of the lines
 * @param discountCents the sum of the discounts of the lines
 * @param taxCents the sum of the taxes of the lines
 * @param totalCents the total, which the payments add up to
 * @param currency the currency of all amounts
 */
public record ReceiptCreated(Store store, Ascii receipt, Ascii visit, int customer, int register, int lines, int items,
        int subtotalCents, int discountCents, int taxCents, int totalCents, Ascii currency) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii RECEIPT_ID = Ascii.of(",\"receipt_id\":\"");
    private static final Ascii VISIT_ID = Ascii.of("\",\"visit_id\":\"");
    private static final Ascii CUSTOMER_ID = Ascii.of("\",\"customer_id\":");
    private static final Ascii REGISTER = Ascii.of(",\"register\":");
    private static final Ascii LINE_COUNT = Ascii.of(",\"line_count\":");
    private static final Ascii ITEM_COUNT = Ascii.of(",\"item_count\":");
    private static final Ascii SUBTOTAL = Ascii.of(",\"subtotal\":");
    private static final Ascii DISCOUNT = Ascii.of(",\"discount\":");
    private static final Ascii TAX = Ascii.of(",\"tax\":");
    private static final Ascii TOTAL = Ascii.of(",\"total\":");
    private static final Ascii CURRENCY = Ascii.of(",\"currency\":\"");
    private static final Ascii END = Ascii.of("\"}");

    @Override
    public EventType type() {
        return EventType.RECEIPT_CREATED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(RECEIPT_ID).put(receipt);
        json.put(VISIT_ID).put(visit);
        json.put(CUSTOMER_ID).numberOrNull(customer);
        json.put(REGISTER).number(register);
        json.put(LINE_COUNT).number(lines);
        json.put(ITEM_COUNT).number(items);
        json.put(SUBTOTAL).cents(subtotalCents);
        json.put(DISCOUNT).cents(discountCents);
        json.put(TAX).cents(taxCents);
        json.put(TOTAL).cents(totalCents);
        json.put(CURRENCY).put(currency);
        json.put(END);
    }
}
