package io.freshet.stream.definition;

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

import io.freshet.stage.Limit;
import io.freshet.stage.QueueStage;
import io.freshet.stage.RecentRecords;
import io.freshet.stage.Stage;

/**
 * Parses stages that are CDI beans, {@code {bean, settings}}, and the small stages {@code limit}, {@code queue} and {@code
 * buffer}.
 */
final class CustomDefinition {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private CustomDefinition() {
    }

    static Function<StageContext, Stage> parse(DefinitionNode node, StageParseContext stageParseContext) {
        node.object("bean", "settings");
        DefinitionNode bean = node.get("bean");
        String name = bean.text();
        Optional<DefinitionNode> settings = node.find("settings");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        settings.ifPresent(each -> values.putAll(
                JSON.convertValue(each.objectNode(), new TypeReference<Map<String, @Nullable Object>>() {
                })));
        stageParseContext.uses().forget();
        return tools -> {
            Stage stage = tools.custom(name)
                    .orElseThrow(() -> bean.wrong("refers to an unknown stage bean: " + name));
            try {
                stage.configure(values);
            } catch (IllegalArgumentException e) {
                throw settings.orElse(node).wrong(String.valueOf(e.getMessage()));
            }
            return stage;
        };
    }

    /** {@code {records_per_second, strategy: drop_newest | sample, sample_rate}} */
    static Function<StageContext, Stage> limit(DefinitionNode node, StageParseContext stageParseContext) {
        node.object("records_per_second", "strategy", "sample_rate");
        double rate = node.get("records_per_second").number(0.001, 1e9);
        boolean sample = node.oneOf("strategy", List.of("drop_newest", "sample")).equals("sample");
        double share = node.find("sample_rate").map(each -> each.number(0, 1)).orElse(0.1);
        return tools -> new Limit(rate, sample ? share : 0);
    }

    /** {@code {records, overflow, sample_rate}} */
    static Function<StageContext, Stage> queue(DefinitionNode node, StageParseContext stageParseContext) {
        node.object("records", "overflow", "sample_rate");
        int max = (int) node.integer("records", 1, 1_000_000).orElse(10_000);
        QueueStage.Overflow overflow = QueueStage.Overflow
                .valueOf(node.oneOf("overflow", List.of("block", "drop_oldest", "drop_newest", "sample"))
                        .toUpperCase(Locale.ROOT));
        double share = node.find("sample_rate").map(each -> each.number(0, 1)).orElse(0.1);
        return tools -> new QueueStage(max, overflow, share, tools.memory());
    }

    /** {@code {records, age}} */
    static Function<StageContext, Stage> buffer(DefinitionNode node, StageParseContext stageParseContext) {
        node.object("records", "age");
        int max = (int) node.integer("records", 1, 1_000_000).orElse(10_000);
        long age = node.find("age").map(each -> each.duration().toMillis()).orElse(Long.MAX_VALUE);
        return tools -> new RecentRecords(stageParseContext.stage(), max, age, tools.memory());
    }
}
