package io.freshet.model.declared;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.stage.Expression;
import io.freshet.table.ColumnType;

/** Values that are JSON: arrays, maps, objects within them, and one of several types. */
sealed interface JsonLaw extends Law {

    @Override
    default ColumnType type() {
        return new ColumnType.Json();
    }

    @Override
    default Object json(Object drawn) {
        return drawn;
    }

    @Override
    default Optional<Restricted> given(ColumnCondition condition) {
        throw new ConditionException(condition.column(),
                condition.column() + " is a JSON value, which only is_null can compare");
    }

    /** @param distinct whether all elements differ */
    record ArrayOf(Value element, int min, int max, boolean distinct) implements JsonLaw {

        private static final int MAX_ATTEMPTS = 20;

        @Override
        public Object draw(RowContext row) {
            int size = row.draws().between(min, max);
            List<@Nullable Object> elements = new ArrayList<>(size);
            Set<@Nullable Object> known = new HashSet<>();
            for (int attempts = 0; elements.size() < size && attempts < size * MAX_ATTEMPTS; attempts++) {
                Object next = element.json(row);
                if (!distinct || known.add(next)) {
                    elements.add(next);
                }
            }
            return elements;
        }
    }

    /** An object whose keys are drawn. */
    record MapOf(Value key, Value value, int min, int max) implements JsonLaw {

        @Override
        public Object draw(RowContext row) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            for (int size = row.draws().between(min, max); size > 0; size--) {
                String name = String.valueOf(key.json(row));
                entries.put(name, value.json(row));
            }
            return entries;
        }
    }

    /**
     * A field of an object.
     *
     * @param nullIf the condition under which it is missing; null without a condition
     * @param hidden whether it only serves formulas
     */
    record Member(Value value, @Nullable Expression nullIf, boolean hidden) {

        private @Nullable Object json(RowContext row) {
            return nullIf != null && FormulaLaw.holds(nullIf, row.fields()) ? null : value.json(row);
        }
    }

    /**
     * An object with fixed fields.
     *
     * @param fields in the order in which they are drawn
     * @param names in the order in which they are written
     */
    record ObjectOf(Map<String, Member> fields, List<String> names) implements JsonLaw {

        public ObjectOf {
            // Map.copyOf loses the order
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            names = List.copyOf(names);
        }

        @Override
        public Object draw(RowContext row) {
            long outer = row.enterObject();
            Map<String, @Nullable Object> outerFields = row.fields();
            Map<String, @Nullable Object> drawn = new LinkedHashMap<>();
            row.read(drawn);
            fields.forEach((name, member) -> drawn.put(name, member.json(row)));
            row.read(outerFields);
            row.leaveObject(outer);
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            names.stream().filter(name -> !member(name).hidden).forEach(name -> object.put(name, drawn.get(name)));
            return object;
        }

        private Member member(String name) {
            return Objects.requireNonNull(fields.get(name));
        }
    }

    /** The same value in every row. */
    record Fixed(Object value) implements JsonLaw {

        @Override
        public Object draw(RowContext row) {
            return value;
        }
    }

    /**
     * One of several values.
     *
     * @param bounds the cumulative weights
     */
    record OneOf(List<Value> options, List<Double> bounds) implements JsonLaw {

        public OneOf {
            options = List.copyOf(options);
            bounds = List.copyOf(bounds);
        }

        static OneOf of(List<Value> options, List<Double> weights) {
            List<Double> bounds = new ArrayList<>();
            double sum = 0;
            for (double weight : weights) {
                sum += weight;
                bounds.add(sum);
            }
            return new OneOf(options, bounds);
        }

        @Override
        public @Nullable Object draw(RowContext row) {
            double at = row.draws().uniform() * bounds.get(bounds.size() - 1);
            int chosen = 0;
            while (chosen < bounds.size() - 1 && at >= bounds.get(chosen)) {
                chosen++;
            }
            return options.get(chosen).json(row);
        }
    }

    /** Bytes, as base64. */
    record Bytes(int min, int max) implements Law {

        @Override
        public ColumnType type() {
            return new ColumnType.FreeText();
        }

        @Override
        public Object draw(RowContext row) {
            byte[] bytes = new byte[row.draws().between(min, max)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) row.draws().word();
            }
            return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
        }

        @Override
        public Object json(Object drawn) {
            return drawn;
        }

        @Override
        public Optional<Restricted> given(ColumnCondition condition) {
            return Optional.empty();
        }
    }
}
