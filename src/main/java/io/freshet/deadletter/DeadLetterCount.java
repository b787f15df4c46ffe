package io.freshet.deadletter;

import io.freshet.sink.DeadLetter;

/**
 * How many dead letters of a stream have the same failure code.
 *
 * @param code the id of the failure code
 */
public record DeadLetterCount(String stream, String code, int count) {

    static DeadLetterCount of(DeadLetter letter) {
        return new DeadLetterCount(letter.address().stream(), letter.cause().code().id(), 1);
    }

    DeadLetterCount plus(DeadLetterCount other) {
        return new DeadLetterCount(stream, code, count + other.count);
    }
}
