/** Fitted descriptions of tables, from which rows are drawn. Plain Java, without a framework. */
@NullMarked
package io.freshet.model;

import org.jspecify.annotations.NullMarked;
