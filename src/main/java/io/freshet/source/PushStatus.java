package io.freshet.source;

/**
 * The state of the buffer of pushed records.
 *
 * @param records how many records were accepted
 * @param refused how many pushes were rejected because the buffer had no room
 * @param buffered how many records not all sinks have acknowledged
 * @param bufferedBytes the size of these records in bytes
 * @param capacity how many records it can hold
 * @param utilisation how full it is, by records or by bytes, whichever is higher: 0 to 1
 */
public record PushStatus(long records, long refused, int buffered, long bufferedBytes, int capacity, double utilisation) {
}
