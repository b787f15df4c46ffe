package io.freshet.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Provides the address and the ports that development servers listen on. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {
    }

    /**
     * Returns the port to listen on.
     *
     * @param wanted 0 for any free port
     * @throws IllegalStateException if another process listens on the port; the check comes before a server is half started
     */
    static int port(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            // without this option, connections of a server that was just closed would make its port look taken
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), wanted), 1);
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new IllegalStateException("port " + wanted + " of " + HOST + " is taken by another process", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
