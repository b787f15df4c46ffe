package io.freshet.stage;

/**
 * A stage that something was wrong for.
 *
 * @param stage the name of the stage in its stream; one inside {@link Handlers} has theirs and the type in front of its own
 * @param records with how many records since the stream was started
 */
public record Failures(String stage, long records) {
}
