package io.freshet.ops;

import org.jboss.logging.Logger;

import sun.misc.Signal;

/** Whoever tells the process to end a second time, while it drains, does not want to wait. */
final class SecondSignal {

    private static final Logger LOG = Logger.getLogger(SecondSignal.class);
    /** What the shell says of a process that a signal has ended: 128, and the number of the signal. */
    private static final int BY_SIGNAL = 128;

    private SecondSignal() {
    }

    /** From now on SIGTERM and SIGINT end the process, with 143 and 130. */
    static void endsAtOnce() {
        for (String name : new String[] { "TERM", "INT" }) {
            try {
                Signal.handle(new Signal(name), signal -> Runtime.getRuntime().halt(BY_SIGNAL + signal.getNumber()));
            } catch (IllegalArgumentException e) {
                LOG.debugf("This platform does not let us hear the signal %s", name);
            }
        }
    }
}
