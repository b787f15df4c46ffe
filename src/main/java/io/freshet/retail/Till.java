package io.freshet.retail;

import java.util.List;

import io.freshet.event.Ascii;
import io.freshet.stats.Draws;

/** Simulates the checkout: the receipt, its lines with the stock changes they cause, and the payment. */
final class Till {

    private static final int SECOND = 1000;
    private static final Ascii APPROVED = Ascii.of("approved");
    private static final String CASH = "cash";
    private static final int NOTE_CENTS = 500;

    private final Premises premises;
    private final List<Ascii> tenders;
    private final int cash;
    private final Ascii currency;

    Till(Premises premises) {
        this.premises = premises;
        List<Parameters.Weighted> kinds = premises.chain.parameters().tenders().kinds();
        tenders = kinds.stream().map(kind -> Ascii.of(kind.name())).toList();
        cash = kinds.stream().map(Parameters.Weighted::name).toList().indexOf(CASH);
        currency = Ascii.of(premises.chain.parameters().currency());
    }

    int checkOut(Visit visit, int time) {
        Basket basket = visit.basket;
        basket.price(premises.chain, premises.assortment, premises.plan.offers());
        premises.totals.receipts++;
        premises.totals.items += basket.items;
        premises.totals.revenueCents += basket.total();
        int register = 1 + visit.draws.below(premises.chain.sizeOf(premises.store).registers());
        if (premises.outbox.isOpen()) {
            basket.receipt = premises.ids.receipt(premises.totals.receipts);
            premises.outbox.add(premises.plan.at(time), visit.id,
                    new ReceiptCreated(premises.store, basket.receipt, visit.id, visit.customerNumber(), register, basket.lines,
                            basket.items, basket.subtotal, basket.discount, basket.tax, basket.total(), currency));
        }
        visit.step = Visit.Step.LINE;
        return time + 50;
    }

    int line(Visit visit, int time) {
        Basket basket = visit.basket;
        int line = basket.nextLine++;
        int slot = basket.slots[line];
        premises.shelves.sell(slot, basket.pieces[line]);
        if (premises.outbox.isOpen()) {
            tell(visit, line, time);
        }
        premises.reorderIfFew(slot, time);
        if (basket.nextLine < basket.lines) {
            return time + 40 + visit.draws.below(40);
        }
        visit.step = Visit.Step.PAY;
        return time + 3 * SECOND + visit.draws.below(15 * SECOND);
    }

    private void tell(Visit visit, int line, int time) {
        Basket basket = visit.basket;
        long at = premises.plan.at(time);
        Product product = premises.product(basket.slots[line]);
        Parameters.Department department = premises.chain.parameters().departments().get(product.department());
        int place = basket.promotions[line];
        Ascii promotion = place < 0 ? null : premises.plan.offers().promotions().get(place).id();
        premises.outbox.add(at, visit.id, new ReceiptLineAdded(premises.store, basket.receipt, line + 1, product.number(),
                premises.departmentName(product.department()), basket.pieces[line], product.priceCents(), basket.amounts[line],
                basket.discounts[line], department.taxBasisPoints(), basket.taxes[line], promotion,
                basket.substituteFor[line]));
        if (promotion != null) {
            Visit.Reason reason = visit.reason;
            premises.outbox.add(at, visit.id,
                    new PromotionApplied(premises.store, basket.receipt, line + 1, product.number(), visit.customerNumber(),
                            promotion, premises.plan.offers().percent(place), basket.discounts[line],
                            reason != null && reason.promotion() == place ? reason.impression() : null));
        }
        premises.outbox.add(at, visit.id,
                new InventoryUpdated(premises.store, product.number(), -basket.pieces[line],
                        premises.shelves.onHand(basket.slots[line]), InventoryUpdated.Reason.SALE, basket.receipt));
    }

    int pay(Visit visit, int time) {
        Basket basket = visit.basket;
        Draws draws = visit.draws;
        if (basket.parts == 0) {
            basket.parts = basket.total() > 1 && draws.chance(premises.chain.parameters().tenders().split()) ? 2 : 1;
        }
        basket.part++;
        int rest = basket.total() - basket.paid;
        int amount = basket.part < basket.parts ? 1 + draws.below(rest - 1) : rest;
        basket.paid += amount;
        int tender = premises.chain.tenders().draw(draws.word());
        int tendered = tender == cash ? (amount + NOTE_CENTS - 1) / NOTE_CENTS * NOTE_CENTS : amount;
        if (premises.outbox.isOpen()) {
            premises.outbox.add(premises.plan.at(time), visit.id, new PaymentProcessed(premises.store, basket.receipt,
                    basket.part, basket.parts, tenders.get(tender), amount, tendered, tendered - amount, APPROVED));
        }
        return basket.part < basket.parts ? time + 4 * SECOND : Shopping.DONE;
    }
}
