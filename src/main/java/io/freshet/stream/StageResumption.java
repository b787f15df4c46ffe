package io.freshet.stream;

import java.util.stream.IntStream;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.stage.StageChain;
import io.freshet.store.StageStates;

/** Has stages go on with what others kept, in an earlier process or under an earlier definition. */
final class StageResumption {

    private static final Logger LOG = Logger.getLogger(StageResumption.class);

    private final StageStates states;

    StageResumption(StageStates states) {
        this.states = states;
    }

    /** Stages go on where they were, and so does the stream. */
    StartingPoint restored(Staging stages, String name, StartingPoint from) {
        if (!stages.chain().keepsState()) {
            return from;
        }
        return states.find(name).map(state -> {
            try {
                stages.restore(state.bytes());
                return where(state, from);
            } catch (IllegalArgumentException e) {
                LOG.errorf("What the stages of a stream kept is lost: stream=%s reason=%s", name, e.getMessage());
                return from;
            }
        }).orElse(from);
    }

    /** What the first stages of another stream keep goes on in these; it is safe at once. */
    StartingPoint takenOver(Staging stages, Stream before, StartingPoint from) {
        int first = before.stages().map(StageChain::stagesWithState).orElse(0);
        return before.snapshots().usable().or(() -> states.find(before.name())).filter(state -> first > 0).map(state -> {
            stages.restore(state.bytes(), first);
            String bookmark = state.bookmark().orElse(null);
            states.save(before.name(), new StageStates.State(state.position(), bookmark, stages.chain().state()));
            return where(state, from);
        }).orElse(from);
    }

    private static StartingPoint where(StageStates.State state, StartingPoint from) {
        return new StartingPoint(state.position(), from.state(), true, state.bookmark(), true);
    }

    /** Whether a stream may go on under another definition: up to the last stage that keeps something, all is as before. */
    static boolean goesOn(Stream before, StreamDefinition wanted) {
        JsonNode then = before.definition().json();
        JsonNode now = wanted.json();
        if (!now.path("source").equals(then.path("source")) || !now.path("chaos").equals(then.path("chaos"))) {
            return false;
        }
        int kept = before.stages().map(StageChain::stagesWithState).orElse(0);
        return now.path("stages").equals(then.path("stages")) || kept > 0 && IntStream.range(0, kept)
                .allMatch(stage -> now.path("stages").path(stage).equals(then.path("stages").path(stage)));
    }
}
