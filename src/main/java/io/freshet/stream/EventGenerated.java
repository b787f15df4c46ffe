package io.freshet.stream;

/**
 * Told to CDI observers of every record of every stream, before the sinks have it. Costs something only where somebody
 * observes.
 *
 * @param stream the name of its stream
 * @param position its index there
 * @param json the record
 */
public record EventGenerated(String stream, long position, String json) {
}
