/** Describes models for people, and compares the rows they generate with what they learned. */
@NullMarked
package io.freshet.model.report;

import org.jspecify.annotations.NullMarked;
