package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A receipt is paid, fully or in part. The amounts of all parts add up to the total of the receipt.
 *
 * @param store the store
 * @param receipt the receipt
 * @param part the number of this part of the payment, from 1
 * @param parts the number of parts
 * @param tender the tender: card, cash, mobile or gift_card
 * @param amountCents the amount of this part
 * @param tenderedCents the amount that the customer handed over
 * @param changeCents the change that the customer got back
 * @param status always approved; declined payments create no event
 */
public record PaymentProcessed(Store store, Ascii receipt, int part, int parts, Ascii tender, int amountCents,
        int tenderedCents, int changeCents, Ascii status) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii RECEIPT_ID = Ascii.of(",\"receipt_id\":\"");
    private static final Ascii PART = Ascii.of("\",\"part\":");
    private static final Ascii PARTS = Ascii.of(",\"parts\":");
    private static final Ascii TENDER = Ascii.of(",\"tender\":\"");
    private static final Ascii AMOUNT = Ascii.of("\",\"amount\":");
    private static final Ascii TENDERED = Ascii.of(",\"tendered\":");
    private static final Ascii CHANGE = Ascii.of(",\"change\":");
    private static final Ascii STATUS = Ascii.of(",\"status\":\"");
    private static final Ascii END = Ascii.of("\"}");

    @Override
    public EventType type() {
        return EventType.PAYMENT_PROCESSED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(RECEIPT_ID).put(receipt);
        json.put(PART).number(part);
        json.put(PARTS).number(parts);
        json.put(TENDER).put(tender);
        json.put(AMOUNT).cents(amountCents);
        json.put(TENDERED).cents(tenderedCents);
        json.put(CHANGE).cents(changeCents);
        json.put(STATUS).put(status);
        json.put(END);
    }
}
