package io.freshet.source;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.Event;
import io.freshet.stats.Philox;

/** Test records: an id, a time stamp, the sequence number, one of five event types, one of 100 users, a value. */
public final class PatternSource implements Source {

    private static final List<String> TYPES = List.of("view", "click", "search", "purchase", "logout");
    private static final int USERS = 100;

    private final long seed;
    private final Clock clock;

    /**
     * @param clock says the time stamps; all else is a function of the seed and the position
     */
    public PatternSource(long seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        List<Event> events = new ArrayList<>(records);
        long[] words = new long[2];
        Instant now = clock.instant();
        for (int i = 0; i < records; i++) {
            long sequence = position + i;
            Philox.words(sequence, 0, 0, seed, words);
            String user = "user-" + Long.remainderUnsigned(words[0], USERS);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", "evt-%012d".formatted(sequence));
            fields.put("timestamp", now.toString());
            fields.put("sequence", sequence);
            fields.put("event_type", TYPES.get((int) Long.remainderUnsigned(words[1], TYPES.size())));
            fields.put("user_id", user);
            fields.put("value", Math.floor(Philox.uniform(words[0] ^ words[1]) * 10_000) / 100);
            events.add(new Event(now, user, fields));
        }
        return new RecordBatch.Events(events);
    }
}
