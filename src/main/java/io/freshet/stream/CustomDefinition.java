package io.freshet.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.stage.Backlog;
import io.freshet.stage.Limit;
import io.freshet.stage.RecentRecords;
import io.freshet.stage.Stage;

/** Stages of somebody else: {@code {bean, settings}}; and small ones: {@code limit}, {@code queue}, {@code buffer}. */
final class CustomDefinition {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private CustomDefinition() {
    }

    static Function<StageTools, Stage> parse(DefinitionNode node, Parsing parsing) {
        node.object("bean", "settings");
        DefinitionNode bean = node.get("bean");
        String name = bean.text();
        Optional<DefinitionNode> settings = node.find("settings");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        settings.ifPresent(each -> values.putAll(
                JSON.convertValue(each.objectNode(), new TypeReference<Map<String, @Nullable Object>>() {
                })));
        parsing.uses().forget();
        return tools -> {
            Stage stage = tools.custom(name)
                    .orElseThrow(() -> bean.wrong("names no bean that is a stage: " + name));
            try {
                stage.configure(values);
            } catch (IllegalArgumentException e) {
                throw settings.orElse(node).wrong(String.valueOf(e.getMessage()));
            }
            return stage;
        };
    }

    /** {@code {records_per_second, strategy: drop_newest | sample, sample_rate}} */
    static Function<StageTools, Stage> limit(DefinitionNode node, Parsing parsing) {
        node.object("records_per_second", "strategy", "sample_rate");
        double rate = node.get("records_per_second").number(0.001, 1e9);
        boolean sample = node.oneOf("strategy", List.of("drop_newest", "sample")).equals("sample");
        double share = node.find("sample_rate").map(each -> each.number(0, 1)).orElse(0.1);
        return tools -> new Limit(rate, sample ? share : 0);
    }

    /** {@code {records, overflow, sample_rate}} */
    static Function<StageTools, Stage> queue(DefinitionNode node, Parsing parsing) {
        node.object("records", "overflow", "sample_rate");
        int most = (int) node.integer("records", 1, 1_000_000).orElse(10_000);
        Backlog.Overflow overflow = Backlog.Overflow
                .valueOf(node.oneOf("overflow", List.of("block", "drop_oldest", "drop_newest", "sample"))
                        .toUpperCase(Locale.ROOT));
        double share = node.find("sample_rate").map(each -> each.number(0, 1)).orElse(0.1);
        return tools -> new Backlog(most, overflow, share);
    }

    /** {@code {records, age}} */
    static Function<StageTools, Stage> buffer(DefinitionNode node, Parsing parsing) {
        node.object("records", "age");
        int most = (int) node.integer("records", 1, 1_000_000).orElse(10_000);
        long age = node.find("age").map(each -> each.duration().toMillis()).orElse(Long.MAX_VALUE);
        return tools -> new RecentRecords(parsing.stage(), most, age);
    }
}
