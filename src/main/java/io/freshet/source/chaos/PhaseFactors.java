package io.freshet.source.chaos;

import java.util.List;

/**
 * Finds the factor of chaos for the record of an index. Phases end after a number of emitted records, and chaos changes how
 * many
 * those are, so that the records before an index are replayed once to find where each phase starts. Not thread-safe.
 */
final class PhaseFactors {

    private final List<ChaosSettings.Phase> phases;
    /** The index of the first record of each phase that has been found. */
    private final long[] starts;
    private final FaultPositions replay;
    private int found = 1;
    /** How many records are emitted until the last phase that has been found ends. */
    private long end;

    PhaseFactors(List<ChaosSettings.Phase> phases, FaultPlan faults) {
        this.phases = phases;
        this.starts = new long[phases.size()];
        this.end = phases.get(0).records();
        this.replay = new FaultPositions(index -> faults.of(index, phases.get(found - 1).factor()));
    }

    double at(long index) {
        while (found < phases.size() && starts[found - 1] <= index && findNext(index)) {
            end += phases.get(found - 1).records();
        }
        int phase = found - 1;
        while (starts[phase] > index) {
            phase--;
        }
        return phases.get(phase).factor();
    }

    /** Replays up to an index. @return whether a phase starts there or before */
    private boolean findNext(long index) {
        FaultPositions.Place place = replay.place();
        while (place.index() < index && place.position() < end) {
            place = replay.at(place.index() + 1);
        }
        if (place.position() < end) {
            return false;
        }
        starts[found++] = place.index();
        return true;
    }
}
