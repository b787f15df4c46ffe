package io.freshet.stream;

/** All models and streams that were kept or declared are there: what needs them may begin. */
public record Restored() {
}
