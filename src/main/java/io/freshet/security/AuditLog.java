package io.freshet.security;

import org.jboss.logging.Logger;

/** Who changed what: one line for each request that changes something, and for each that is refused. Never a body. */
final class AuditLog {

    private static final Logger LOG = Logger.getLogger("freshet.audit");
    private static final int LONGEST = 200;

    private AuditLog() {
    }

    static void changed(Caller caller, String method, String path, int status, String from) {
        LOG.infof("A change: who=%s role=%s method=%s path=%s status=%d from=%s", caller.name(), caller.role().id(), method,
                harmless(path), status, from);
    }

    static void refused(String who, String method, String path, int status, String from) {
        LOG.warnf("A request is refused: who=%s method=%s path=%s status=%d from=%s", who, harmless(method), harmless(path),
                status, from);
    }

    /** A text from outside as one word of a line: what could look like another line, or another word, is gone. */
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST)
                .forEach(c -> safe.appendCodePoint(c <= ' ' || c == '=' || Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029 || c == 0x7f ? '_' : c));
        return safe.toString();
    }
}
