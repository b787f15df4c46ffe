package io.freshet.stream;

/** Fired when all saved and declared models and streams have been restored, so that what depends on them can start. */
public record RestoreCompleted() {
}
