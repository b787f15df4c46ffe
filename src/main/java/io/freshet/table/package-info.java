/**
 * Tables held as columns, their types, and the readers that infer them. Plain Java.
 */
@NullMarked
package io.freshet.table;

import org.jspecify.annotations.NullMarked;
