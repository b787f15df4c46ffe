package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;

/**
 * A category that occurs only together with certain categories of another column. A combination that does not occur is replaced
 * by one that does.
 *
 * @param key the names of the other column
 * @param names the names of the target, numbered 0 … n − 1
 * @param replacements for each key, the last one for missing values, and each name: the name itself if the combination occurs,
 *        otherwise the one that replaces it
 */
public record Combinations(int target, Keys.Names key, List<String> names, List<Integer> replacements)
        implements
            PartialRelation {

    public Combinations {
        names = List.copyOf(names);
        replacements = List.copyOf(replacements);
        int size = names.size();
        if (replacements.size() != (key.size() + 1) * size
                || replacements.stream().anyMatch(name -> name < 0 || name >= size)) {
            throw new IllegalArgumentException("each key needs a replacement for each name");
        }
    }

    @Override
    public List<Integer> sources() {
        return List.of(key.column());
    }

    @Override
    public String kind() {
        return "combination";
    }

    @Override
    public String text(Schema schema) {
        return key.text(schema) + " and " + schema.column(target).name() + " occur together";
    }

    /** Returns whether a key occurs together with a name. */
    public boolean occurs(int keyNumber, int name) {
        return replacements.get(keyNumber * names.size() + name) == name;
    }

    /** Returns a function from rows to the name that should be there, or −1 if the row may stay as it is. */
    private IntUnaryOperator replacing(Cells cells) {
        IntUnaryOperator keyOf = key.reader(cells);
        IntUnaryOperator nameOf = new Keys.Names(target, names).reader(cells);
        int[] table = replacements.stream().mapToInt(Integer::intValue).toArray();
        int size = names.size();
        return row -> {
            int keyNumber = keyOf.applyAsInt(row);
            int name = nameOf.applyAsInt(row);
            boolean known = keyNumber >= 0 && name >= 0 && name < size;
            return !known || table[keyNumber * size + name] == name ? -1 : table[keyNumber * size + name];
        };
    }

    @Override
    public RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        return row -> {
        };
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        IntUnaryOperator replacing = replacing(cells);
        CodedVector vector = (CodedVector) own;
        List<String> known = ((TextDictionary) vector.dictionary()).texts();
        int[] codes = Keys.codesIn(names, known, known.size());
        return row -> {
            int name = replacing.applyAsInt(row);
            if (name >= 0 && codes[name] >= 0) {
                vector.codes()[row] = codes[name];
            }
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        IntUnaryOperator replacing = replacing(cells);
        return row -> replacing.applyAsInt(row) >= 0;
    }

    @Override
    public Column inner(Column column) {
        return column;
    }
}
