package io.freshet.model.relation;

import java.util.List;

/**
 * A relation that holds in the rows of a table, in every direction in which it can be solved.
 *
 * @param directions the same relation for different targets, the most natural first
 */
record Candidate(List<Relation> directions, RuleCheck.Evidence evidence) {

    Candidate {
        directions = List.copyOf(directions);
    }

    static Candidate of(Relation relation, RuleCheck.Evidence evidence) {
        return new Candidate(List.of(relation), evidence);
    }
}
