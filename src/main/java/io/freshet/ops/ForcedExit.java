package io.freshet.ops;

import org.jboss.logging.Logger;

import sun.misc.Signal;

/** Ends the process at once when a second termination signal arrives during the drain. */
final class ForcedExit {

    private static final Logger LOG = Logger.getLogger(ForcedExit.class);
    /** A shell reports a process that was ended by a signal with exit code 128 plus the number of the signal. */
    private static final int BY_SIGNAL = 128;

    private ForcedExit() {
    }

    /** Makes SIGTERM and SIGINT end the process at once, with exit codes 143 and 130. */
    static void endsAtOnce() {
        for (String name : new String[] { "TERM", "INT" }) {
            try {
                Signal.handle(new Signal(name), signal -> Runtime.getRuntime().halt(BY_SIGNAL + signal.getNumber()));
            } catch (IllegalArgumentException e) {
                LOG.debugf("Signal cannot be handled on this platform: signal=%s", name);
            }
        }
    }
}
