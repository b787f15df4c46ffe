package io.freshet.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;

/** The same columns through Jackson's streaming generator, with names and categories serialised beforehand: its best. */
final class StreamingJackson {

    private static final double[] POWERS = { 1, 10, 100, 1000 };

    private final RowBatch batch;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
    private final JsonGenerator generator;
    private final SerializedString[] names;
    private final SerializedString[] @Nullable [] texts;

    StreamingJackson(RowBatch batch) {
        this.batch = batch;
        Schema schema = batch.schema();
        names = new SerializedString[schema.size()];
        texts = new SerializedString[schema.size()][];
        for (int c = 0; c < names.length; c++) {
            names[c] = new SerializedString(schema.column(c).name());
            if (batch.vector(c) instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary dictionary) {
                texts[c] = dictionary.texts().stream().map(SerializedString::new)
                        .toArray(SerializedString[]::new);
            }
        }
        try {
            generator = new JsonFactory().createGenerator(out);
            generator.setRootValueSeparator(new SerializedString("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int encode() throws IOException {
        out.reset();
        for (int row = 0; row < batch.size(); row++) {
            generator.writeStartObject();
            for (int c = 0; c < names.length; c++) {
                generator.writeFieldName(names[c]);
                write(c, row);
            }
            generator.writeEndObject();
        }
        generator.flush();
        return out.size();
    }

    private void write(int column, int row) throws IOException {
        if (texts[column] != null) {
            generator.writeString(texts[column][((CodedVector) batch.vector(column)).codes()[row]]);
            return;
        }
        ColumnType type = batch.schema().column(column).type();
        long value = number(batch.vector(column), row);
        if (value == NumberVector.MISSING) {
            generator.writeNull();
        } else if (type instanceof ColumnType.Decimal decimal) {
            generator.writeNumber(value / POWERS[decimal.digits()]);
        } else if (type instanceof ColumnType.DateTime) {
            generator.writeString(java.time.Instant.ofEpochSecond(value).toString());
        } else {
            generator.writeNumber(value);
        }
    }

    private static long number(ColumnVector vector, int row) {
        return vector instanceof CodedVector coded ? ((NumberDictionary) coded.dictionary()).value(coded.codes()[row])
                : ((NumberVector) vector).values()[row];
    }
}
