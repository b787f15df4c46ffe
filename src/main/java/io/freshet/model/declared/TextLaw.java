package io.freshet.model.declared;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Operator;
import io.freshet.table.ColumnType;

/**
 * Texts that a writer makes.
 *
 * @param key whether they identify something, as far as a table is concerned
 * @param variety roughly how many texts there are
 * @param accepts whether the writer can make a text; null if that is unknown
 */
record TextLaw(Writer writer, boolean key, double variety, @Nullable Predicate<String> accepts) implements Law {

    /** Writes the text of a row. */
    interface Writer {

        String text(RowContext row);
    }

    @Override
    public ColumnType type() {
        return key ? new ColumnType.Identifier(false) : new ColumnType.FreeText();
    }

    @Override
    public Object draw(RowContext row) {
        return writer.text(row);
    }

    @Override
    public Object json(Object drawn) {
        return drawn;
    }

    /** A text that the writer can make, but hardly ever does, is written as it is. */
    @Override
    public Optional<Restricted> given(ColumnCondition condition) {
        if (condition.operator() != Operator.EQ && condition.operator() != Operator.IN || accepts == null) {
            return Optional.empty();
        }
        List<String> possible = condition.operands().stream().map(Object::toString).filter(accepts).toList();
        if (possible.isEmpty()) {
            throw new ConditionException(condition.column(), condition.column() + " never has such a text");
        }
        return Optional.of(new Restricted(new FixedTexts(possible, type()),
                Math.min(1, possible.size() / variety)));
    }

    /** Some of the texts of a law, all equally likely. */
    record FixedTexts(List<String> texts, ColumnType type) implements Law {

        FixedTexts {
            texts = List.copyOf(texts);
        }

        @Override
        public Object draw(RowContext row) {
            return texts.get(row.draws().below(texts.size()));
        }

        @Override
        public Object json(Object drawn) {
            return drawn;
        }

        @Override
        public Optional<Restricted> given(ColumnCondition condition) {
            List<String> kept = texts.stream().filter(text -> Comparisons.satisfies(text, condition)).toList();
            if (kept.isEmpty()) {
                throw new ConditionException(condition.column(), condition.column() + " never has such a text");
            }
            return Optional.of(new Restricted(new FixedTexts(kept, type), kept.size() / (double) texts.size()));
        }
    }
}
