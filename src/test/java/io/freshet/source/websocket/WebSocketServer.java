package io.freshet.source.websocket;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket server whose connections behave as a test demands, including protocol violations. */
final class WebSocketServer implements AutoCloseable {

    /** The behaviour of the server; connections are numbered from 1. */
    interface Behaviour {
        void opened(Connection connection, int number) throws IOException;

        default void shaken(int number) throws IOException {
            // most answer at once
        }

        default void received(Connection connection, int number, String message) throws IOException {
            // most ignore messages
        }

        default boolean answersPings() {
            return true;
        }
    }

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Behaviour behaviour;
    final List<String> received = new CopyOnWriteArrayList<>();
    final List<String> handshakes = new CopyOnWriteArrayList<>();

    WebSocketServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        start(this::accept);
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort() + "/feed";
    }

    boolean hasOpen() {
        return open.stream().anyMatch(socket -> !socket.isClosed());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "feed-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                int number = open.size();
                start(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // the server was closed
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            Connection connection = new Connection(socket, new DataOutputStream(socket.getOutputStream()));
            shake(in, socket.getOutputStream(), number);
            start(() -> {
                try {
                    behaviour.opened(connection, number);
                } catch (IOException e) {
                    // the client has disconnected
                }
            });
            while (true) {
                read(in, connection, number);
            }
        } catch (IOException e) {
            // one side has disconnected
        }
    }

    private void shake(DataInputStream in, OutputStream out, int number) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        handshakes.add(head.toString());
        behaviour.shaken(number);
        String key = head.toString().replaceAll("(?is).*sec-websocket-key: *(\\S+).*", "$1");
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept(key) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 6455, section 4.2.2. */
    private static String accept(String key) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads frames. Clients mask them, and those of tests are short and not fragmented. */
    private void read(DataInputStream in, Connection connection, int number) throws IOException {
        int kind = in.readUnsignedByte() & 0xF;
        int length = in.readUnsignedByte() & 0x7F;
        length = length == 126 ? in.readUnsignedShort() : length;
        byte[] mask = in.readNBytes(4);
        byte[] bytes = in.readNBytes(length);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[i % 4];
        }
        if (kind == TEXT) {
            String message = new String(bytes, StandardCharsets.UTF_8);
            received.add(message);
            behaviour.received(connection, number, message);
        } else if (kind == PING && behaviour.answersPings()) {
            connection.frame(PONG | FINAL, bytes);
        } else if (kind == CLOSE) {
            throw new IOException("closed by the client");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** A connected client. */
    static final class Connection {
        private final Socket socket;
        private final DataOutputStream out;

        Connection(Socket socket, DataOutputStream out) {
            this.socket = socket;
            this.out = out;
        }

        void send(String message) throws IOException {
            frame(TEXT | FINAL, message.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] message) throws IOException {
            frame(BINARY | FINAL, message);
        }

        /** Sends one message in fragments. */
        void sendParts(String part, int parts) throws IOException {
            for (int i = 0; i < parts; i++) {
                frame((i == 0 ? TEXT : CONTINUATION) | (i == parts - 1 ? FINAL : 0), part.getBytes(StandardCharsets.UTF_8));
            }
        }

        /** Disconnects without a close frame. */
        void drop() throws IOException {
            socket.close();
        }

        /** Closes the connection properly. */
        void end() throws IOException {
            frame(CLOSE | FINAL, new byte[] { 3, (byte) 0xE9 });
        }

        synchronized void frame(int head, byte[] bytes) throws IOException {
            out.writeByte(head);
            if (bytes.length < 126) {
                out.writeByte(bytes.length);
            } else if (bytes.length < 1 << 16) {
                out.writeByte(126);
                out.writeShort(bytes.length);
            } else {
                out.writeByte(127);
                out.writeLong(bytes.length);
            }
            out.write(bytes);
            out.flush();
        }
    }
}
