package io.freshet.model.declared;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Creates and fills the vectors of a column. */
final class VectorWriter {

    private static final TextDictionary TRUTH = TextDictionary.of(List.of("false", "true"));
    private static final ObjectMapper JSON = new ObjectMapper().configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN,
            true);

    private final Law law;
    private final boolean json;

    private VectorWriter(Law law) {
        this.law = law;
        this.json = law.type() instanceof ColumnType.Json;
    }

    static VectorWriter of(Law law) {
        return new VectorWriter(law);
    }

    ColumnVector create(int capacity) {
        ColumnType type = law.type();
        if (law instanceof ChoiceLaw choice) {
            return CodedVector.create(capacity, choice.dictionary());
        }
        if (type instanceof ColumnType.Bool) {
            return CodedVector.create(capacity, TRUTH);
        }
        if (law instanceof NumberLaw numbers) {
            Grid grid = numbers.grid();
            return NumberVector.create(capacity, Math.min(grid.first(), grid.last()), Math.max(grid.first(), grid.last()));
        }
        boolean text = json || type instanceof ColumnType.FreeText || type instanceof ColumnType.Identifier;
        return text ? TextVector.create(capacity) : NumberVector.create(capacity);
    }

    void write(ColumnVector vector, int row, @Nullable Object drawn) {
        if (vector instanceof TextVector texts && row == 0) {
            texts.clear();
        }
        if (drawn == null) {
            vector.setMissing(row);
        } else if (vector instanceof NumberVector numbers) {
            numbers.values()[row] = (Long) drawn;
        } else if (vector instanceof CodedVector coded) {
            coded.codes()[row] = (Integer) drawn;
        } else {
            ((TextVector) vector).append(row, json ? text(drawn) : (String) drawn);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
