package io.freshet.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stands between clients and a server: passes on what they say late, or not for now, or cuts them off. */
public final class FaultProxy implements AutoCloseable {

    private static final long SHORT_NANOS = 2_000_000;
    private static final int CHUNKS = 256;

    /** Some bytes, and when they are to be passed on. */
    private record Chunk(byte[] bytes, long due) {
    }

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;
    private volatile long delayNanos;

    private FaultProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** @param port and target on loopback */
    public static FaultProxy start(int port, int target) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), target);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            Socket client = null;
            try {
                client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                pump(client, server);
                pump(server, client);
            } catch (IOException e) {
                // nobody there, as if the proxy were not there either
                reset(client);
            }
        }
    }

    private void pump(Socket from, Socket to) {
        BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
        daemon(() -> read(from, to, chunks));
        daemon(() -> write(from, to, chunks));
    }

    private void read(Socket from, Socket to, BlockingQueue<Chunk> chunks) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                chunks.put(new Chunk(java.util.Arrays.copyOf(buffer, n), System.nanoTime() + delayNanos));
            }
        } catch (IOException e) {
            // its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset(from);
        reset(to);
    }

    private void write(Socket from, Socket to, BlockingQueue<Chunk> chunks) {
        try {
            while (!to.isClosed() && !from.isClosed()) {
                Chunk next = chunks.poll(100, java.util.concurrent.TimeUnit.MILLISECONDS);
                if (next != null) {
                    while (!to.isClosed() && (silent || System.nanoTime() < next.due())) {
                        LockSupport.parkNanos(SHORT_NANOS);
                    }
                    to.getOutputStream().write(next.bytes());
                }
            }
        } catch (IOException e) {
            reset(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reset(Socket socket) {
        if (socket == null) {
            return;
        }
        open.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    /** Whether nothing comes through any more, and nobody is told. */
    public void silent(boolean now) {
        silent = now;
    }

    /** Cuts all connections off. */
    public void reset() {
        Set.copyOf(open).forEach(this::reset);
    }

    /** How late everything comes through. */
    public void delay(java.time.Duration delay) {
        delayNanos = delay.toNanos();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // closed already
        }
        reset();
    }
}
