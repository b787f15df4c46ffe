package io.freshet.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/**
 * Which fields the stages of a definition use, in the order in which records meet them, so that a name that no record can have
 * is found before the stream starts, once it is known which fields the source gives; and which fields there are behind them.
 */
final class FieldUses {

    /** What is at the top of records, by name, and objects in objects by their whole path; null when nobody knows. */
    private static final class Known {
        private @Nullable Map<String, KnownField> fields;
    }

    @FunctionalInterface
    private interface Step {
        void apply(Known known);
    }

    private final List<Step> steps = new ArrayList<>();

    /** A field that is read. */
    FieldPath read(DefinitionNode node) {
        return read(node, node.text());
    }

    /** One whose name stands before {@code node}. */
    FieldPath read(DefinitionNode node, String name) {
        FieldPath field = path(node, name);
        steps.add(known -> {
            Map<String, KnownField> fields = known.fields;
            if (fields != null && !fields.containsKey(field.first()) && !fields.containsKey(field.toString())) {
                throw node.wrong("names no field: " + field + "; there are " + String.join(", ", names(fields)));
            }
        });
        return field;
    }

    /** The names of fields, for those who are to choose one. */
    static Set<String> names(Map<String, KnownField> fields) {
        return new TreeSet<>(fields.keySet());
    }

    /** Something that looks at all fields there are; it is given null when nobody knows. */
    void look(Consumer<@Nullable Map<String, KnownField>> look) {
        steps.add(known -> look.accept(known.fields));
    }

    /** A field that may not have been there before. */
    FieldPath write(DefinitionNode node, String name, KnownField what) {
        FieldPath field = path(node, name);
        steps.add(known -> put(known.fields, field, what));
        return field;
    }

    /** A field that some records get. */
    FieldPath writeSometimes(DefinitionNode node, String name, KnownField what) {
        FieldPath field = path(node, name);
        steps.add(known -> {
            KnownField before = known.fields == null ? null : known.fields.get(field.toString());
            put(known.fields, field, before == null ? what.sometimes() : before.or(what));
        });
        return field;
    }

    /** A field that gets the value of another one, which stays or goes. */
    FieldPath copy(DefinitionNode node, FieldPath from, String name, boolean stays) {
        FieldPath field = path(node, name);
        steps.add(known -> {
            Map<String, KnownField> fields = known.fields;
            if (fields != null) {
                KnownField what = fields.getOrDefault(from.toString(), KnownField.UNKNOWN);
                if (!stays) {
                    fields.remove(from.toString());
                }
                put(fields, field, what);
            }
        });
        return field;
    }

    /** A field whose value changes. */
    FieldPath change(DefinitionNode node, String name, UnaryOperator<KnownField> change) {
        FieldPath field = read(node, name);
        steps.add(known -> {
            if (known.fields != null) {
                known.fields.computeIfPresent(field.toString(), (same, what) -> change.apply(what));
            }
        });
        return field;
    }

    private static void put(@Nullable Map<String, KnownField> fields, FieldPath field, KnownField what) {
        if (fields != null) {
            if (!field.first().equals(field.toString())) {
                fields.put(field.first(), KnownField.OBJECT);
            }
            fields.put(field.toString(), what);
        }
    }

    /** A field that is not there any more. */
    void remove(FieldPath field) {
        steps.add(known -> {
            if (known.fields != null) {
                known.fields.remove(field.toString());
            }
        });
    }

    /** From here on records have these fields and no others. */
    void replace(Map<String, KnownField> fields) {
        Map<String, KnownField> all = new LinkedHashMap<>(fields);
        steps.add(known -> known.fields = new LinkedHashMap<>(all));
    }

    /** Records meet one of these or another, and then have any field that one of them leaves. */
    void branches(List<FieldUses> branches) {
        List<FieldUses> all = List.copyOf(branches);
        steps.add(known -> {
            List<@Nullable Map<String, KnownField>> after = all.stream().map(branch -> branch.check(known.fields)).toList();
            known.fields = known.fields == null || after.stream().anyMatch(each -> each == null) ? null : together(after);
        });
    }

    private static Map<String, KnownField> together(List<@Nullable Map<String, KnownField>> branches) {
        Map<String, KnownField> all = new LinkedHashMap<>();
        for (Map<String, KnownField> branch : branches) {
            if (branch != null) {
                branch.forEach((name, what) -> all.merge(name, what, KnownField::or));
            }
        }
        all.replaceAll((name, what) -> branches.stream().allMatch(each -> each != null && each.containsKey(name)) ? what
                : what.sometimes());
        return all;
    }

    /** From here on nobody knows. */
    void forget() {
        steps.add(known -> known.fields = null);
    }

    private static FieldPath path(DefinitionNode node, String name) {
        try {
            return FieldPath.of(name);
        } catch (IllegalArgumentException e) {
            throw node.wrong(String.valueOf(e.getMessage()));
        }
    }

    /**
     * @param fields what the records of the source have; null when nobody knows
     * @return what they have behind the stages; null when nobody knows
     * @throws DefinitionException if a field is read that no record has
     */
    @Nullable
    Map<String, KnownField> check(@Nullable Map<String, KnownField> fields) {
        Known known = new Known();
        known.fields = fields == null ? null : new LinkedHashMap<>(fields);
        steps.forEach(step -> step.apply(known));
        return known.fields;
    }
}
