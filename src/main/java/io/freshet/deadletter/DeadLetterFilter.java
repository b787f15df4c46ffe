package io.freshet.deadletter;

import java.util.Optional;

import io.freshet.sink.DeadLetter;

/**
 * Selects dead letters.
 *
 * @param stream the stream of the letters; empty for all streams
 * @param reason a text that the reason must contain; empty for all reasons
 * @param id the id of a single letter; empty for all ids
 */
public record DeadLetterFilter(Optional<String> stream, Optional<String> reason, Optional<String> id) {

    public static final DeadLetterFilter ALL = new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns a filter for a single letter. */
    public static DeadLetterFilter of(String id) {
        return new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.of(id));
    }

    public boolean matches(DeadLetter letter) {
        return stream.map(name -> name.equals(letter.address().stream())).orElse(true)
                && reason.map(text -> letter.cause().reason().contains(text)).orElse(true)
                && id.map(name -> name.equals(letter.id())).orElse(true);
    }
}
