package io.freshet.retail;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A line of a receipt. The amount is quantity · unit_price. The tax applies to the amount minus the discount.
 *
 * @param store the store
 * @param receipt the receipt
 * @param line the number of the line, from 1
 * @param product the product
 * @param department the department of the product
 * @param quantity the number of pieces
 * @param priceCents the price of one piece, without tax
 * @param amountCents the price of all pieces, without tax and discount
 * @param discountCents the reduction by a promotion
 * @param taxBasisPoints the tax rate in hundredths of a per cent; events have it in per cent
 * @param taxCents the tax, rounded to a hundredth
 * @param promotion the applied promotion; null for none
 * @param substituteFor the product that was wanted but out of stock; 0 for none
 */
public record ReceiptLineAdded(Store store, Ascii receipt, int line, int product, Ascii department, int quantity,
        int priceCents, int amountCents, int discountCents, int taxBasisPoints, int taxCents, @Nullable Ascii promotion,
        int substituteFor) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii RECEIPT_ID = Ascii.of(",\"receipt_id\":\"");
    private static final Ascii LINE_NUMBER = Ascii.of("\",\"line_number\":");
    private static final Ascii PRODUCT_ID = Ascii.of(",\"product_id\":");
    private static final Ascii DEPARTMENT = Ascii.of(",\"department\":\"");
    private static final Ascii QUANTITY = Ascii.of("\",\"quantity\":");
    private static final Ascii UNIT_PRICE = Ascii.of(",\"unit_price\":");
    private static final Ascii AMOUNT = Ascii.of(",\"amount\":");
    private static final Ascii DISCOUNT = Ascii.of(",\"discount\":");
    private static final Ascii TAX_RATE = Ascii.of(",\"tax_rate\":");
    private static final Ascii TAX = Ascii.of(",\"tax\":");
    private static final Ascii PROMOTION_ID = Ascii.of(",\"promotion_id\":");
    private static final Ascii SUBSTITUTE_FOR = Ascii.of(",\"substitute_for\":");

    @Override
    public EventType type() {
        return EventType.RECEIPT_LINE_ADDED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(RECEIPT_ID).put(receipt);
        json.put(LINE_NUMBER).number(line);
        json.put(PRODUCT_ID).number(product);
        json.put(DEPARTMENT).put(department);
        json.put(QUANTITY).number(quantity);
        json.put(UNIT_PRICE).cents(priceCents);
        json.put(AMOUNT).cents(amountCents);
        json.put(DISCOUNT).cents(discountCents);
        json.put(TAX_RATE).cents(taxBasisPoints);
        json.put(TAX).cents(taxCents);
        json.put(PROMOTION_ID).textOrNull(promotion);
        json.put(SUBSTITUTE_FOR).numberOrNull(substituteFor);
        json.put('}');
    }
}
