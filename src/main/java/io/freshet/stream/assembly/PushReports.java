package io.freshet.stream.assembly;

import java.util.List;

import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.sink.DeadLetter;
import io.freshet.source.PushBuffer;

/** Reports records that become dead letters to the push requests that delivered them. */
public final class PushReports {

    private PushReports() {
    }

    /** Returns a keeper that reports dead letters before it passes them on. */
    static DeadLetterQueue around(DeadLetterQueue keeper, PushBuffer pushes) {
        return letters -> {
            report(letters, pushes);
            return keeper.publish(letters);
        };
    }

    public static void report(List<DeadLetter> letters, PushBuffer pushes) {
        letters.forEach(letter -> pushes.reject(letter.address().position(), letter.address().sink(), letter.cause().reason()));
    }
}
