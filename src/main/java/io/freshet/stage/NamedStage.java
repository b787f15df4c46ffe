package io.freshet.stage;

/**
 * A stage as a definition has it.
 *
 * @param name of the stage in its stream
 * @param kind as definitions name it
 * @param onError what becomes of a record that it fails for
 */
public record NamedStage(String name, String kind, Stage stage, OnError onError) {
}
