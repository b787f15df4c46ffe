/**
 * Declared constraints and found relations: columns that are drawn, columns that follow from them, and conditions on either.
 */
@NullMarked
package io.freshet.model.constraint;

import org.jspecify.annotations.NullMarked;
