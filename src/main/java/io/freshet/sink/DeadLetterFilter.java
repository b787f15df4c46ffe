package io.freshet.sink;

import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param stream of this stream; empty for any
 * @param reason with this text in their reason; empty for any
 * @param id the one of this id; empty for any
 */
public record DeadLetterFilter(Optional<String> stream, Optional<String> reason, Optional<String> id) {

    public static final DeadLetterFilter ALL = new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** The one letter of an id. */
    public static DeadLetterFilter of(String id) {
        return new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.of(id));
    }

    public boolean matches(DeadLetter letter) {
        return stream.map(name -> name.equals(letter.address().stream())).orElse(true)
                && reason.map(text -> letter.cause().reason().contains(text)).orElse(true)
                && id.map(name -> name.equals(letter.id())).orElse(true);
    }
}
