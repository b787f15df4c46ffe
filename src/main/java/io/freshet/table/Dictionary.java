package io.freshet.table;

/** The values for the codes 0 … size − 1 of a {@link CodedVector}. Immutable, shared between batches. */
public sealed interface Dictionary permits TextDictionary, NumberDictionary {

    int size();
}
