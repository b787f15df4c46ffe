package io.freshet.model.tree;

/**
 * The distribution of one column, given the columns before it.
 *
 * @param column the number of the column in the table
 */
record ColumnTree(int column, Tree tree, LeafLaws laws) {
}
