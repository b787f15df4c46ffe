package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.freshet.source.chaos.ChaosSettings;
import io.freshet.stream.load.Phase;

/** Reads the faults of a stream, and the factors that phases of its pace have for them. */
final class ChaosDefinitions {

    private ChaosDefinitions() {
    }

    static Optional<ChaosSettings> parse(DefinitionNode root, PaceDefinition pace) {
        List<DefinitionNode> phases = root.find("pace").flatMap(each -> each.find("phases"))
                .map(each -> each.elements("phases")).orElse(List.of());
        Optional<ChaosSettings> chaos = root.find("chaos").map(ChaosDefinitions::shares);
        for (DefinitionNode phase : phases) {
            if (phase.has("chaos") && chaos.isEmpty()) {
                throw phase.get("chaos").wrong("multiplies the shares of the stream's chaos, and the stream has none");
            }
        }
        boolean factors = phases.stream().anyMatch(phase -> phase.has("chaos"));
        return chaos.map(shares -> factors ? shares.withPhases(factors(phases, pace.phases(), shares)) : shares);
    }

    private static List<ChaosSettings.Phase> factors(List<DefinitionNode> nodes, List<Phase> phases, ChaosSettings shares) {
        List<ChaosSettings.Phase> factors = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            if (phase.chaos() * shares.sum() > ChaosSettings.MOST) {
                throw nodes.get(i).get("chaos").wrong("must be a number from 0 to " + ChaosSettings.MOST / shares.sum()
                        + ", because the shares of chaos add up to " + shares.sum() + " and may reach " + ChaosSettings.MOST);
            }
            boolean changes = phases.subList(i, phases.size()).stream().anyMatch(later -> later.chaos() != phase.chaos());
            if (changes && phase.expectedRecords().isEmpty()) {
                throw nodes.get(i).wrong("must end after records, or after the duration of a rate that does not follow the time"
                        + " of day, because the chaos of a later phase starts at a known record");
            }
            factors.add(new ChaosSettings.Phase(phase.expectedRecords().orElse(Long.MAX_VALUE / 2), phase.chaos()));
        }
        return factors;
    }

    private static ChaosSettings shares(DefinitionNode node) {
        node.object("seed", "late", "duplicate", "out_of_order", "drop", "corrupt", "schema_drift", "field");
        try {
            return new ChaosSettings(node.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0), share(node, "late"),
                    share(node, "duplicate"), share(node, "out_of_order"), share(node, "drop"), share(node, "corrupt"),
                    share(node, "schema_drift"), node.find("field").map(DefinitionNode::flag).orElse(false));
        } catch (IllegalArgumentException e) {
            throw node.wrong("has shares that are too high: " + e.getMessage());
        }
    }

    private static double share(DefinitionNode node, String name) {
        return node.find(name).map(each -> each.number(0, ChaosSettings.MOST)).orElse(0.0);
    }
}
