package io.freshet.stage;

/**
 * A stage with failed records.
 *
 * @param stage the name of the stage in its stream; for a stage inside {@link Handlers}, the name of the handlers and the type
 *        precede it
 * @param records the number of failed records since the stream was started
 */
public record Failures(String stage, long records) {
}
