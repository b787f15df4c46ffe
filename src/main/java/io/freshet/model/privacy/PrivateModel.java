package io.freshet.model.privacy;

import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.tree.TreeModel;
import io.freshet.table.Schema;

/**
 * A model with differential privacy. It holds the public declarations and what its ledger has paid for, and nothing else of the
 * table.
 */
public final class PrivateModel implements SynthesisModel {

    private final TreeModel trees;
    private final PrivacyLedger ledger;

    PrivateModel(TreeModel trees, PrivacyLedger ledger) {
        this.trees = trees;
        this.ledger = ledger;
    }

    /** Returns the trees that draw the rows. */
    public TreeModel trees() {
        return trees;
    }

    public PrivacyLedger ledger() {
        return ledger;
    }

    @Override
    public SynthesisMethod method() {
        return SynthesisMethod.MST;
    }

    @Override
    public Schema schema() {
        return trees.schema();
    }

    /** Returns a noisy number of rows. */
    @Override
    public long fittedRows() {
        return trees.fittedRows();
    }

    @Override
    public RowGenerator generator(long seed, Conditions conditions) {
        return trees.generator(seed, conditions);
    }

    @Override
    public double probability(Conditions conditions) {
        return trees.probability(conditions);
    }
}
