package io.freshet.security;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that writes frames exactly as a test needs them, including malformed ones. */
final class RawSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int FINAL = 0x80;
    static final int COMPRESSED = 0x40;
    private static final int MASKED = 0x80;
    private static final byte[] KEY = { 1, 2, 3, 4 };

    private final Socket socket;
    private final DataInputStream in;
    private final String answer;

    /** A frame from the server. */
    record Frame(int head, String text, int closeCode) {
    }

    /**
     * @param extensions the extensions that the client offers; empty for none
     * @param after bytes that are sent together with the handshake
     */
    RawSocket(int port, String extensions, byte... after) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        String head = "GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (extensions.isEmpty() ? "" : "Sec-WebSocket-Extensions: " + extensions + "\r\n") + "\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(bytes.length + after.length).put(bytes).put(after);
        socket.getOutputStream().write(all.array());
        in = new DataInputStream(socket.getInputStream());
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            read.append((char) in.readUnsignedByte());
        }
        answer = read.toString();
    }

    /** Returns the head of the response to the handshake. */
    String answer() {
        return answer;
    }

    static byte[] frame(int head, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) head);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        frame.put(KEY);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ KEY[i % KEY.length]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    void send(int head, byte[] payload) throws IOException {
        write(frame(head, payload));
    }

    void send(int head, String payload) throws IOException {
        send(head, payload.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Returns the next frame that is not a ping. */
    Frame receive() throws IOException {
        Frame frame = next();
        while ((frame.head() & 0xF) == PING) {
            frame = next();
        }
        return frame;
    }

    private Frame next() throws IOException {
        int head = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        long size = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
        byte[] payload = in.readNBytes(Math.toIntExact(size));
        int code = (head & 0xF) == CLOSE && size >= 2 ? ByteBuffer.wrap(payload).getShort() : 0;
        return new Frame(head, new String(payload, StandardCharsets.UTF_8), code);
    }

    /** Returns the code of the close frame after skipping all other frames, or 1006 if the connection ended without one. */
    int closeCode() throws IOException {
        try {
            while (true) {
                Frame frame = receive();
                if ((frame.head() & 0xF) == CLOSE) {
                    return frame.closeCode();
                }
            }
        } catch (EOFException e) {
            return 1006;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
