package io.freshet.stream.definition;

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
 * Records which fields the stages of a definition use, in the order in which records pass the stages. Once the fields of the
 * source are known, this finds names that no record can have before the stream starts, and yields the fields that records have
 * after the stages.
 */
public final class FieldLineage {

    /** The top-level fields by name, and nested objects by their whole path; null if the fields are not known. */
    private static final class Known {
        private @Nullable Map<String, FieldInfo> fields;
    }

    @FunctionalInterface
    private interface Step {
        void apply(Known known);
    }

    private final List<Step> steps = new ArrayList<>();

    /** Notes that a field is read. */
    FieldPath read(DefinitionNode node) {
        return read(node, node.text());
    }

    /** Notes that a field is read whose name was parsed before {@code node}. */
    FieldPath read(DefinitionNode node, String name) {
        FieldPath field = path(node, name);
        steps.add(known -> {
            Map<String, FieldInfo> fields = known.fields;
            if (fields != null && !fields.containsKey(field.first()) && !fields.containsKey(field.toString())) {
                throw node.wrong(
                        "refers to an unknown field: " + field + "; expected one of " + String.join(", ", names(fields)));
            }
        });
        return field;
    }

    /** Returns the names of fields, as an error message lists them. */
    static Set<String> names(Map<String, FieldInfo> fields) {
        return new TreeSet<>(fields.keySet());
    }

    /** Adds a check that looks at all fields; it receives null if they are not known. */
    void look(Consumer<@Nullable Map<String, FieldInfo>> look) {
        steps.add(known -> look.accept(known.fields));
    }

    /** Notes that a field is written, which may be new. */
    FieldPath write(DefinitionNode node, String name, FieldInfo what) {
        FieldPath field = path(node, name);
        steps.add(known -> put(known.fields, field, what));
        return field;
    }

    /** Notes that a field is written in some records only. */
    FieldPath writeSometimes(DefinitionNode node, String name, FieldInfo what) {
        FieldPath field = path(node, name);
        steps.add(known -> {
            FieldInfo before = known.fields == null ? null : known.fields.get(field.toString());
            put(known.fields, field, before == null ? what.sometimes() : before.or(what));
        });
        return field;
    }

    /** Notes that a field is copied, or moved, to another one. */
    FieldPath copy(DefinitionNode node, FieldPath from, String name, boolean stays) {
        FieldPath field = path(node, name);
        steps.add(known -> {
            Map<String, FieldInfo> fields = known.fields;
            if (fields != null) {
                FieldInfo what = fields.getOrDefault(from.toString(), FieldInfo.UNKNOWN);
                if (!stays) {
                    fields.remove(from.toString());
                }
                put(fields, field, what);
            }
        });
        return field;
    }

    /** Notes that the value of a field changes. */
    FieldPath change(DefinitionNode node, String name, UnaryOperator<FieldInfo> change) {
        FieldPath field = read(node, name);
        steps.add(known -> {
            if (known.fields != null) {
                known.fields.computeIfPresent(field.toString(), (same, what) -> change.apply(what));
            }
        });
        return field;
    }

    private static void put(@Nullable Map<String, FieldInfo> fields, FieldPath field, FieldInfo what) {
        if (fields != null) {
            if (!field.first().equals(field.toString())) {
                fields.put(field.first(), FieldInfo.OBJECT);
            }
            fields.put(field.toString(), what);
        }
    }

    /** Notes that a field is removed. */
    void remove(FieldPath field) {
        steps.add(known -> {
            if (known.fields != null) {
                known.fields.remove(field.toString());
            }
        });
    }

    /** Notes that records have these fields and no others from here on. */
    void replace(Map<String, FieldInfo> fields) {
        Map<String, FieldInfo> all = new LinkedHashMap<>(fields);
        steps.add(known -> known.fields = new LinkedHashMap<>(all));
    }

    /** Notes that records pass one of several branches. Afterwards they may have any field that one of the branches leaves. */
    void branches(List<FieldLineage> branches) {
        List<FieldLineage> all = List.copyOf(branches);
        steps.add(known -> {
            List<@Nullable Map<String, FieldInfo>> after = all.stream().map(branch -> branch.check(known.fields)).toList();
            known.fields = known.fields == null || after.stream().anyMatch(each -> each == null) ? null : together(after);
        });
    }

    private static Map<String, FieldInfo> together(List<@Nullable Map<String, FieldInfo>> branches) {
        Map<String, FieldInfo> all = new LinkedHashMap<>();
        for (Map<String, FieldInfo> branch : branches) {
            if (branch != null) {
                branch.forEach((name, what) -> all.merge(name, what, FieldInfo::or));
            }
        }
        all.replaceAll((name, what) -> branches.stream().allMatch(each -> each != null && each.containsKey(name)) ? what
                : what.sometimes());
        return all;
    }

    /** Notes that the fields are not known from here on. */
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
     * Checks all uses.
     *
     * @param fields the fields of the source's records; null if they are not known
     * @return the fields after the stages; null if they are not known
     * @throws DefinitionException if a stage reads a field that no record has
     */
    public @Nullable Map<String, FieldInfo> check(@Nullable Map<String, FieldInfo> fields) {
        Known known = new Known();
        known.fields = fields == null ? null : new LinkedHashMap<>(fields);
        steps.forEach(step -> step.apply(known));
        return known.fields;
    }
}
