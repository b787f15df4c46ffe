/**
 * Tables of PostgreSQL databases: their settings, connections, and reading rows of a query. Nothing connects before a table is
 * used.
 */
@NullMarked
package io.freshet.database;

import org.jspecify.annotations.NullMarked;
