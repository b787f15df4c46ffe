package io.freshet.table;

/** The values that the codes 0 … size − 1 of a {@link CodedVector} stand for. Immutable, shared between batches. */
public sealed interface Dictionary permits TextDictionary, NumberDictionary {

    int size();
}
