package io.freshet.parquet;

import org.jspecify.annotations.Nullable;

/** Thrown if a file is not a valid Parquet file, or uses a feature that is not supported. The message is for the user. */
public final class ParquetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ParquetException(String message) {
        super(message);
    }

    public ParquetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
