/** Writes records to tables of PostgreSQL databases. Enter through {@link DatabaseSink}. It may use {@code database}. */
@NullMarked
package io.freshet.sink.database;

import org.jspecify.annotations.NullMarked;
