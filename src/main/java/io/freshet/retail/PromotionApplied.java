package io.freshet.retail;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A promotion reduces the price of a receipt line.
 *
 * @param store the store
 * @param receipt the receipt
 * @param line the line
 * @param product the product
 * @param customer the customer; 0 if unknown
 * @param promotion the promotion
 * @param percent the reduction in per cent
 * @param discountCents the reduction of the line
 * @param impression the advertisement that led to the purchase; null for none
 */
public record PromotionApplied(Store store, Ascii receipt, int line, int product, int customer, Ascii promotion, int percent,
        int discountCents, @Nullable Ascii impression) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii RECEIPT_ID = Ascii.of(",\"receipt_id\":\"");
    private static final Ascii LINE_NUMBER = Ascii.of("\",\"line_number\":");
    private static final Ascii PRODUCT_ID = Ascii.of(",\"product_id\":");
    private static final Ascii CUSTOMER_ID = Ascii.of(",\"customer_id\":");
    private static final Ascii PROMOTION_ID = Ascii.of(",\"promotion_id\":\"");
    private static final Ascii PERCENT = Ascii.of("\",\"percent\":");
    private static final Ascii DISCOUNT = Ascii.of(",\"discount\":");
    private static final Ascii IMPRESSION_ID = Ascii.of(",\"impression_id\":");

    @Override
    public EventType type() {
        return EventType.PROMOTION_APPLIED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(RECEIPT_ID).put(receipt);
        json.put(LINE_NUMBER).number(line);
        json.put(PRODUCT_ID).number(product);
        json.put(CUSTOMER_ID).numberOrNull(customer);
        json.put(PROMOTION_ID).put(promotion);
        json.put(PERCENT).number(percent);
        json.put(DISCOUNT).cents(discountCents);
        json.put(IMPRESSION_ID).textOrNull(impression);
        json.put('}');
    }
}
