package io.freshet.stream.definition;

/**
 * Limits the memory that a definition may reserve before the first record arrives, so that one stream cannot take it from all
 * others.
 */
final class HeapLimit {

    private static final int PARTS = 2;

    private HeapLimit() {
    }

    /**
     * @param what what needs the memory
     * @throws DefinitionException if it needs more than half of the memory of the process
     */
    static void check(DefinitionNode node, String what, long bytes) {
        long max = Runtime.getRuntime().maxMemory() / PARTS;
        if (bytes > max) {
            throw node.wrong(
                    "is too large: " + what + " needs about " + (bytes >> 20) + " MB, and the limit, half of the memory, is "
                            + (max >> 20) + " MB");
        }
    }
}
