package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.tree.TreeFile;

/**
 * The part of a model file that only private models have: {@code privacy} with the {@code budget}, if there is one, and the
 * {@code
 * fits}. Each has its {@code epsilon}, {@code delta}, whether its noise is {@code seeded}, and what it {@code spent}: a {@code
 * mechanism}, its {@code purpose}, the number of {@code queries}, the {@code scale} of the noise, and {@code rho},
 * {@code epsilon}
 * and {@code delta}. The sums {@code epsilon}, {@code delta} and {@code rho} are for readers.
 */
public final class PrivacyFile {

    private PrivacyFile() {
    }

    public static void write(PrivacyLedger ledger, ObjectNode file) {
        ObjectNode privacy = file.putObject("privacy");
        privacy.put("epsilon", ledger.epsilon()).put("delta", ledger.delta()).put("rho", ledger.rho());
        ledger.budget().ifPresent(budget -> privacy.put("budget", budget));
        ArrayNode fits = privacy.putArray("fits");
        for (PrivacyFit fit : ledger.fits()) {
            ObjectNode node = fits.addObject().put("epsilon", fit.epsilon()).put("delta", fit.delta())
                    .put("seeded", fit.seeded());
            ArrayNode spent = node.putArray("spent");
            fit.spent().forEach(line -> spent.addObject().put("mechanism", line.mechanism()).put("purpose", line.purpose())
                    .put("queries", line.queries()).put("scale", line.scale()).put("rho", line.rho())
                    .put("epsilon", line.epsilon()).put("delta", line.delta()));
        }
    }

    /** @throws ModelFileException if the file has no ledger, or its trees are not those of a private model */
    public static PrivateModel read(JsonNode file) {
        JsonNode privacy = file.path("privacy");
        if (privacy.path("fits").isEmpty()) {
            throw new ModelFileException("a model with the method mst has no privacy ledger");
        }
        List<PrivacyFit> fits = new ArrayList<>();
        for (JsonNode fit : privacy.path("fits")) {
            List<PrivacySpend> spent = new ArrayList<>();
            fit.path("spent").forEach(line -> spent.add(spend(line)));
            fits.add(new PrivacyFit(fit.path("epsilon").asDouble(), fit.path("delta").asDouble(),
                    fit.path("seeded").asBoolean(), spent));
        }
        OptionalDouble budget = privacy.has("budget") ? OptionalDouble.of(privacy.path("budget").asDouble())
                : OptionalDouble.empty();
        return new PrivateModel(TreeFile.read(file, file.path("rows").asLong()), new PrivacyLedger(fits, budget));
    }

    private static PrivacySpend spend(JsonNode line) {
        return new PrivacySpend(line.path("mechanism").asText(), line.path("purpose").asText(), line.path("queries").asInt(),
                line.path("scale").asDouble(), line.path("rho").asDouble(), line.path("epsilon").asDouble(),
                line.path("delta").asDouble());
    }
}
