package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

import io.freshet.model.RelationOptions;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextVector;

/**
 * Chooses which columns are drawn and which follow from them, so that relations may overlap without forming a cycle. Each
 * relation is used in the first direction whose target is still free and does not determine its own sources.
 */
final class RelationSelection {

    private final TableColumns table;
    private final RelationOptions options;
    private final NamedNumbers named;
    private final int drawn;
    private final Map<Integer, List<FoundRelation>> chains = new HashMap<>();
    private final Map<Integer, Set<Integer>> sources = new HashMap<>();
    private final Set<Integer> complete = new HashSet<>();

    /**
     * @param declared the columns that follow from others by declared constraints, with those others
     * @param drawn the column that is the last choice of a target; −1 for none
     */
    RelationSelection(TableColumns table, Map<Integer, List<Integer>> declared, RelationOptions options, NamedNumbers named,
            int drawn) {
        this.named = named;
        this.drawn = drawn;
        this.table = table;
        this.options = options;
        declared.forEach((target, from) -> {
            complete.add(target);
            sources.put(target, new HashSet<>(from));
        });
    }

    /** Returns whether a column is already decided, or cannot be decided. */
    boolean isComplete(int target) {
        return complete.contains(target) || table.batch().vector(target) instanceof TextVector;
    }

    boolean isDecided(int target) {
        return isComplete(target) || chains.containsKey(target);
    }

    List<FoundRelation> chain(int target) {
        return chains.getOrDefault(target, List.of());
    }

    /** Returns whether a column may follow from another without forming a cycle. */
    boolean mayFollow(int target, int source) {
        return target != source && !follows(source, target, new HashSet<>());
    }

    private boolean follows(int column, int from, Set<Integer> seen) {
        if (column == from) {
            return true;
        }
        return seen.add(column)
                && sources.getOrDefault(column, Set.of()).stream().anyMatch(source -> follows(source, from, seen));
    }

    /**
     * Adds a relation that a user declared.
     *
     * @return the direction in which it was added, or null
     */
    @org.jspecify.annotations.Nullable
    Relation declare(Candidate candidate) {
        return add(candidate, true);
    }

    /**
     * Adds a relation in the first direction that is possible.
     *
     * @return that direction, or null
     */
    @org.jspecify.annotations.Nullable
    Relation add(Candidate candidate) {
        return add(candidate, false);
    }

    private @org.jspecify.annotations.Nullable Relation add(Candidate candidate, boolean declared) {
        Schema schema = table.schema();
        if (!declared
                && candidate.directions().stream().anyMatch(relation -> options.excluded().contains(relation.text(schema)))) {
            return null;
        }
        for (Relation relation : declared ? candidate.directions() : preferred(candidate.directions())) {
            int target = relation.target();
            boolean free = relation instanceof CompleteRelation ? !isDecided(target) : !isComplete(target);
            if (free && (declared || options.admits(relation.text(schema)))
                    && relation.sources().stream().allMatch(source -> mayFollow(target, source))) {
                put(relation, candidate.evidence(), declared);
                return relation;
            }
        }
        return null;
    }

    /** Returns the directions, with those last that calculate what a column of names determines. */
    private List<Relation> preferred(List<Relation> directions) {
        return directions.size() == 1 ? directions
                : directions.stream().sorted(Comparator.<Relation, Boolean> comparing(relation -> relation.target() == drawn)
                        .thenComparing(relation -> named.contain(relation.target()))).toList();
    }

    private void put(Relation relation, RuleCheck.Evidence evidence, boolean declared) {
        int target = relation.target();
        chains.computeIfAbsent(target, none -> new ArrayList<>())
                .add(new FoundRelation(relation, gaps(relation), evidence.rows(), evidence.broken(), evidence.chance(),
                        declared));
        sources.computeIfAbsent(target, none -> new HashSet<>()).addAll(relation.sources());
        if (relation instanceof CompleteRelation) {
            complete.add(target);
        }
    }

    private FoundRelation.Gaps gaps(Relation relation) {
        if (!(relation instanceof CompleteRelation complete)) {
            return FoundRelation.Gaps.NONE;
        }
        RowBatch rows = table.batch();
        IntUnaryOperator gives = complete.gives(new Cells(rows));
        ColumnVector target = rows.vector(relation.target());
        boolean lacking = false;
        for (int row = 0; row < rows.size(); row++) {
            int given = gives.applyAsInt(row);
            if (given == 0 && !target.isMissing(row)) {
                return FoundRelation.Gaps.BOTH;
            }
            lacking |= given == 1 && target.isMissing(row);
        }
        return lacking ? FoundRelation.Gaps.TARGET : FoundRelation.Gaps.NONE;
    }

    List<FoundRelation> all() {
        List<FoundRelation> all = new ArrayList<>();
        for (int column = 0; column < table.columns(); column++) {
            all.addAll(chain(column));
        }
        return all;
    }
}
