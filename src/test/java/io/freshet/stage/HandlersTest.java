package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.freshet.event.FieldPath;

class HandlersTest {

    private static final FieldPath VALUE = FieldPath.of("value");

    @Test
    void aCheckpointInsideIsSeenToFailWhereItStands() {
        Handlers handlers = new Handlers(FieldPath.of("type"),
                Map.of("order", new InlinePipeline(List.of(named("pass", "filter", new Filter((fields, now) -> true)),
                        named("quality", "checkpoint", checkpoint(OnError.DEAD_LETTER)))),
                        "return", new InlinePipeline(List.of(named("quality", "checkpoint", checkpoint(OnError.PASS))))),
                new InlinePipeline(List.of(named("rest", "checkpoint", checkpoint(OnError.DROP)))));
        StagePipeline chain = new StagePipeline(List.of(named("by-type", "handlers", handlers)), () -> 0);

        chain.process(List.of(Stages.record(0, "{'type': 'order'}"), Stages.record(1, "{'type': 'order', 'value': 1}"),
                Stages.record(2, "{'type': 'return', 'value': 1}"), Stages.record(3, "{'type': 'other'}"),
                Stages.record(4, "{'type': 'order'}")), Stages.NOW);

        assertThat(chain.failedSince("checkpoint", Stages.NOW)).containsExactly(new Failures("by-type.order.quality", 2),
                new Failures("by-type.otherwise.rest", 1));
        assertThat(chain.failedSince("checkpoint", Stages.NOW + 1)).isEmpty();
        assertThat(chain.failedSince("filter", Stages.NOW)).isEmpty();
        assertThat(chain.statistics().get(0).failed()).isEqualTo(3);
    }

    @Test
    void aCheckpointOutsideIsSeenToFail() {
        StagePipeline chain = new StagePipeline(List.of(named("quality", "checkpoint", checkpoint(OnError.PASS))), () -> 0);

        chain.process(List.of(Stages.record(0, "{}")), Stages.NOW);

        assertThat(chain.failedSince("checkpoint", Stages.NOW)).containsExactly(new Failures("quality", 1));
    }

    private static Expect checkpoint(OnError onFailure) {
        return new Expect(List.of(new Expect.Expectation("has a value", (fields, now) -> VALUE.exists(fields))),
                onFailure, FieldPath.of("_failed_checks"));
    }

    private static NamedStage named(String name, String kind, Stage stage) {
        return new NamedStage(name, kind, stage, OnError.DEAD_LETTER);
    }
}
