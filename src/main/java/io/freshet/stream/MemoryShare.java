package io.freshet.stream;

/** What a definition may take of the memory there is before a record has come: one must not take it from all others. */
final class MemoryShare {

    private static final int PARTS = 2;

    private MemoryShare() {
    }

    /**
     * @param what takes so many bytes
     * @throws DefinitionException if that is more than half of the memory of the process
     */
    static void check(DefinitionNode node, String what, long bytes) {
        long most = Runtime.getRuntime().maxMemory() / PARTS;
        if (bytes > most) {
            throw node.wrong(
                    "is too large: " + what + " needs some " + (bytes >> 20) + " MB, and half of the memory there is are "
                            + (most >> 20) + " MB");
        }
    }
}
