package io.freshet.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Options that decide which relations a model keeps.
 *
 * @param found whether the learner searches the table for relations that are not declared
 * @param declared relations that hold in every row of the table, as users write them
 * @param excluded relations that the model must not keep, in the notation in which it lists them
 * @param only if present, the only found relations that the model keeps
 */
public record RelationOptions(boolean found, List<String> declared, Set<String> excluded, Optional<Set<String>> only) {

    private static final Pattern CONSTRAINT = Pattern.compile("(unique|time_of_day) .+|.+ [<>] .+");

    public RelationOptions {
        only = only.map(Set::copyOf);
        declared = List.copyOf(declared);
        excluded = Set.copyOf(excluded);
    }

    public static RelationOptions defaults() {
        return new RelationOptions(true, List.of(), Set.of(), Optional.empty());
    }

    public static RelationOptions none() {
        return new RelationOptions(false, List.of(), Set.of(), Optional.empty());
    }

    /** Returns these options, restricted to these found relations. */
    public RelationOptions only(Collection<String> texts) {
        return new RelationOptions(found, declared, excluded, Optional.of(Set.copyOf(texts)));
    }

    /** Returns the declared relations that only constraints can enforce. */
    public Stream<String> declaredConstraints() {
        return declared.stream().filter(text -> CONSTRAINT.matcher(text).matches());
    }

    /** Returns the other declared relations. */
    public List<String> declaredRelations() {
        return declared.stream().filter(text -> !CONSTRAINT.matcher(text).matches()).toList();
    }

    /** Returns whether the model may keep a found relation. */
    public boolean admits(String text) {
        return !excluded.contains(text) && only.map(texts -> texts.contains(text)).orElse(true);
    }
}
