package io.freshet.retail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.freshet.event.Ascii;
import io.freshet.stats.AliasTable;
import io.freshet.stats.Draws;

/** The promotions of one week, and the distribution of purchases while they run. Immutable. */
final class OfferWeek {

    private final List<Promotion> promotions;
    private final byte[] percents;
    private final short[] ofProduct;
    private final AliasTable[][] choices;

    private OfferWeek(List<Promotion> promotions, byte[] percents, short[] ofProduct, AliasTable[][] choices) {
        this.promotions = promotions;
        this.percents = percents;
        this.ofProduct = ofProduct;
        this.choices = choices;
    }

    /** Returns the number of the week that a day belongs to. Weeks start on Mondays. */
    static long weekOf(long epochDay) {
        return Math.floorDiv(epochDay + 3, 7);
    }

    static OfferWeek of(Chain chain, long week) {
        Parameters.Offers offers = chain.parameters().offers();
        AliasTable reductions = AliasTable.of(offers.reductions().stream().mapToDouble(Parameters.Reduction::weight).toArray());
        short[] ofProduct = new short[chain.data().products().size()];
        Arrays.fill(ofProduct, (short) -1);
        List<Promotion> promotions = new ArrayList<>();
        byte[] percents = new byte[offers.perWeek()];
        for (int k = 0; k < offers.perWeek(); k++) {
            Draws draws = Draws.of(week, k, Purpose.PROMOTION, chain.seed());
            int department = draws.below(chain.departments());
            int percent = offers.reductions().get(reductions.draw(draws.word())).percent();
            List<Product> all = chain.productsOf(department);
            List<Integer> products = new ArrayList<>();
            for (int i = 0; i < offers.products() && i < all.size(); i++) {
                Product product = all.get(draws.below(all.size()));
                if (ofProduct[product.index()] < 0) {
                    ofProduct[product.index()] = (short) k;
                    products.add(product.index());
                }
            }
            percents[k] = (byte) percent;
            promotions.add(new Promotion(Ascii.of("PRM_" + week + "_" + (k + 1)), department, percent, products));
        }
        return new OfferWeek(promotions, percents, ofProduct, choices(chain, ofProduct));
    }

    private static AliasTable[][] choices(Chain chain, short[] ofProduct) {
        int sizes = chain.parameters().sizes().size();
        AliasTable[][] choices = new AliasTable[sizes][chain.departments()];
        for (int size = 0; size < sizes; size++) {
            Assortment assortment = chain.assortment(size);
            for (int d = 0; d < chain.departments(); d++) {
                double[] weights = new double[assortment.start(d + 1) - assortment.start(d)];
                for (int i = 0; i < weights.length; i++) {
                    int slot = assortment.start(d) + i;
                    boolean offered = ofProduct[assortment.product(slot)] >= 0;
                    weights[i] = assortment.share(slot) * (offered ? chain.parameters().offers().uplift() : 1);
                }
                choices[size][d] = AliasTable.of(weights);
            }
        }
        return choices;
    }

    List<Promotion> promotions() {
        return promotions;
    }

    /** Returns the index of the promotion of a product; −1 without a promotion. */
    int of(int product) {
        return ofProduct[product];
    }

    int percent(int promotion) {
        return percents[promotion];
    }

    /** Returns a table that draws the slot of a purchase within a department, counted from the department's first slot. */
    AliasTable choice(int size, int department) {
        return choices[size][department];
    }
}
