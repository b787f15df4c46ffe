package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/**
 * Which fields the stages of a definition use, in the order in which records meet them, so that a name that no record can have
 * is
 * found before the stream starts: once it is known which fields the source gives.
 */
final class FieldUses {

    /** The names at the top of records; null when nobody knows. */
    private static final class Known {
        private @Nullable Set<String> names;
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
            Set<String> names = known.names;
            if (names != null && !names.contains(field.first()) && !names.contains(field.toString())) {
                throw node.wrong("names no field: " + field + "; there are " + String.join(", ", names));
            }
        });
        return field;
    }

    /** A field that may not have been there before. */
    FieldPath write(DefinitionNode node, String name) {
        FieldPath field = path(node, name);
        steps.add(known -> {
            if (known.names != null) {
                known.names.add(field.first());
            }
        });
        return field;
    }

    /** A field that is not there any more. */
    void remove(FieldPath field) {
        steps.add(known -> {
            if (known.names != null) {
                known.names.remove(field.toString());
            }
        });
    }

    /** From here on records have these fields and no others. */
    void replace(Set<String> names) {
        steps.add(known -> known.names = new TreeSet<>(names));
    }

    /** Records meet one of these or another, and then have any field that one of them leaves. */
    void branches(List<FieldUses> branches) {
        List<FieldUses> all = List.copyOf(branches);
        steps.add(known -> {
            Set<String> before = known.names;
            Set<String> after = new TreeSet<>();
            boolean sure = before != null;
            for (FieldUses branch : all) {
                Set<String> left = branch.apply(before);
                sure = sure && left != null;
                after.addAll(left == null ? Set.of() : left);
            }
            known.names = sure ? after : null;
        });
    }

    /** From here on nobody knows. */
    void forget() {
        steps.add(known -> known.names = null);
    }

    private static FieldPath path(DefinitionNode node, String name) {
        try {
            return FieldPath.of(name);
        } catch (IllegalArgumentException e) {
            throw node.wrong(String.valueOf(e.getMessage()));
        }
    }

    /**
     * @param names what the records of the source have at their top; null when nobody knows
     * @throws DefinitionException if a field is read that no record has
     */
    void check(@Nullable Set<String> names) {
        apply(names);
    }

    private @Nullable Set<String> apply(@Nullable Set<String> names) {
        Known known = new Known();
        known.names = names == null ? null : new TreeSet<>(names);
        steps.forEach(step -> step.apply(known));
        return known.names;
    }
}
