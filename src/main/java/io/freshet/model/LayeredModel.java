package io.freshet.model;

/** A model that adds something to the rows of another one. */
public interface LayeredModel extends SynthesisModel {

    /** Returns the model beneath. */
    SynthesisModel inner();

    @Override
    default SynthesisModel core() {
        return inner().core();
    }

    @Override
    default SynthesisMethod method() {
        return inner().method();
    }

    @Override
    default long fittedRows() {
        return inner().fittedRows();
    }
}
