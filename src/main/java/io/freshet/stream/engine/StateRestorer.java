package io.freshet.stream.engine;

import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.stage.StagePipeline;
import io.freshet.store.StageStates;
import io.freshet.stream.definition.StreamDefinition;

/** Restores stages from saved state, whether an earlier process saved it or the stream had an earlier definition. */
public final class StateRestorer {

    private final StageStates states;

    public StateRestorer(StageStates states) {
        this.states = states;
    }

    /**
     * Restores the stages and the position that belongs to their state.
     *
     * @return where the stream resumes
     * @throws io.freshet.store.CorruptEntryException if the saved state cannot be read
     * @throws IllegalArgumentException if it is not the state of such stages
     */
    public ResumePoint restored(StageExecutor stages, String name, ResumePoint from) {
        if (!stages.pipeline().keepsState()) {
            return from;
        }
        return states.find(name).map(state -> {
            stages.restore(state.bytes());
            return where(state, from);
        }).orElse(from);
    }

    /**
     * Transfers the state of another stream's first stages to these stages, and saves it.
     *
     * @return where the stream resumes
     */
    public ResumePoint takenOver(StageExecutor stages, Stream before, ResumePoint from) {
        int first = before.stages().map(StagePipeline::stagesWithState).orElse(0);
        return before.snapshots().usable().or(() -> states.find(before.name())).filter(state -> first > 0).map(state -> {
            stages.restore(state.bytes(), first);
            String bookmark = state.bookmark().orElse(null);
            states.save(before.name(), new StageStates.State(state.position(), bookmark, stages.pipeline().state()));
            return where(state, from);
        }).orElse(from);
    }

    private static ResumePoint where(StageStates.State state, ResumePoint from) {
        return new ResumePoint(state.position(), from.state(), true, state.bookmark(), from.run(), true, from.error());
    }

    /**
     * Returns whether a stream may continue under another definition: the source, and everything up to the last stage that
     * keeps state, must be unchanged.
     */
    public static boolean continues(Stream before, StreamDefinition wanted) {
        JsonNode then = before.definition().json();
        JsonNode now = wanted.json();
        if (!now.path("source").equals(then.path("source")) || !now.path("chaos").equals(then.path("chaos"))) {
            return false;
        }
        int kept = before.stages().map(StagePipeline::stagesWithState).orElse(0);
        return IntStream.range(0, kept)
                .allMatch(stage -> now.path("stages").path(stage).equals(then.path("stages").path(stage)));
    }
}
