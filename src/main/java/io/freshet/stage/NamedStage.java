package io.freshet.stage;

/**
 * A stage as a stream's definition declares it.
 *
 * @param name the name of the stage in its stream
 * @param kind the kind as definitions name it
 * @param onError what happens to a record for which the stage fails
 */
public record NamedStage(String name, String kind, Stage stage, OnError onError) {
}
