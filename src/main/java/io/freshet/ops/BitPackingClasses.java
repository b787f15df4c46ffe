package io.freshet.ops;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Registers the classes that the Parquet library finds by their names when it is first used, for the native binary. */
@RegisterForReflection(classNames = { "org.apache.parquet.column.values.bitpacking.ByteBitPackingBE",
        "org.apache.parquet.column.values.bitpacking.ByteBitPackingLE",
        "org.apache.parquet.column.values.bitpacking.ByteBitPackingForLongBE",
        "org.apache.parquet.column.values.bitpacking.ByteBitPackingForLongLE",
        "org.apache.parquet.column.values.bitpacking.LemireBitPackingBE",
        "org.apache.parquet.column.values.bitpacking.LemireBitPackingLE" })
final class BitPackingClasses {

    private BitPackingClasses() {
    }
}
