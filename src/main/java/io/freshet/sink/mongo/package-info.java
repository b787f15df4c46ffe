/**
 * Keeps records in MongoDB collections and reads them back. Enter through {@link MongoConnections}. It may use {@code sink}.
 */
@NullMarked
package io.freshet.sink.mongo;

import org.jspecify.annotations.NullMarked;
