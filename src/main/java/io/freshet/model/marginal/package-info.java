/**
 * The distributions of single columns: numbers, dates, categories and texts, what conditions select of them, and how they are
 * written to model files.
 */
@NullMarked
package io.freshet.model.marginal;

import org.jspecify.annotations.NullMarked;
