/** Tables held as columns, their types, and the readers that infer the types. Plain Java, without a framework. */
@NullMarked
package io.freshet.table;

import org.jspecify.annotations.NullMarked;
