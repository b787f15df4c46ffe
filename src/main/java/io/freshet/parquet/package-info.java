/** Writes Parquet files from primitive values, and reads their pages, row groups and footers as records. */
@NullMarked
package io.freshet.parquet;

import org.jspecify.annotations.NullMarked;
