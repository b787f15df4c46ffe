package io.freshet.security;

import org.jboss.logging.Logger;

/** Logs who changed what: one line for each request that changes something and for each rejected request, never with a body. */
final class AuditLog {

    private static final Logger LOG = Logger.getLogger("freshet.audit");
    private static final int LONGEST = 200;

    private AuditLog() {
    }

    static void changed(Caller caller, String method, String path, String outcome, String from) {
        LOG.infof("Change: who=%s role=%s method=%s path=%s status=%s from=%s", caller.name(), caller.role().id(), method,
                harmless(path), outcome, from);
    }

    static void refused(String who, String method, String path, int status, String from) {
        LOG.warnf("Request rejected: who=%s method=%s path=%s status=%d from=%s", who, harmless(method), harmless(path),
                status, from);
    }

    /** Returns an untrusted text as a single word: characters that could imitate another line or another key are replaced. */
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST)
                .forEach(c -> safe.appendCodePoint(c <= ' ' || c == '=' || Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029 || c == 0x7f ? '_' : c));
        return safe.toString();
    }
}
