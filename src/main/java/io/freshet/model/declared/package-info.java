/**
 * Models that are declared instead of fitted: each column with a distribution, a text form or a formula. Importers translate
 * Avro, Protocol Buffers and JSON schemas into the same declaration. Enter through {@link
 * io.freshet.model.declared.DeclaredModel} and {@link io.freshet.model.declared.SchemaImport}.
 */
@NullMarked
package io.freshet.model.declared;

import org.jspecify.annotations.NullMarked;
