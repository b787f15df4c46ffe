package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** Limits of frames and messages, and how a socket that exceeds them is closed. */
@QuarkusTest
@Timeout(60)
class SocketFramesQuarkusTest {

    private static final int LIMIT = 1 << 20;
    private static final String DEFLATE = "permessage-deflate; client_max_window_bits";
    private static final String LEGACY_DEFLATE = "x-webkit-deflate-frame";

    private static RawSocket open(String extensions, byte... after) throws IOException {
        return new RawSocket(RestAssured.port, extensions, after);
    }

    /** Returns a request for statistics padded with white space. */
    private static byte[] statistics(int bytes) {
        byte[] message = new byte[bytes];
        Arrays.fill(message, (byte) ' ');
        byte[] text = "{\"action\":\"stats\"}".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, message, 0, text.length);
        return message;
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[65_536];
        for (int size = deflate(deflater, chunk); size > 0; size = deflate(deflater, chunk)) {
            out.write(chunk, 0, size);
        }
        deflater.end();
        // the receiver appends the end of the last block
        return Arrays.copyOf(out.toByteArray(), out.size() - 4);
    }

    private static int deflate(Deflater deflater, byte[] chunk) {
        return deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
    }

    @ParameterizedTest
    @ValueSource(ints = { 65_536, 65_537, 500_000, LIMIT })
    void aMessageUpToTheLimitPassesInOneFrame(int bytes) throws IOException {
        try (RawSocket socket = open("")) {
            socket.send(RawSocket.FINAL | RawSocket.TEXT, statistics(bytes));
            assertThat(socket.receive().text()).contains("total_samples");
        }
    }

    @Test
    void aLongerFrameIsTooBig() throws IOException {
        try (RawSocket socket = open("")) {
            socket.send(RawSocket.FINAL | RawSocket.TEXT, statistics(LIMIT + 1));
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aLongerMessageOfManyFramesIsTooBig() throws IOException {
        try (RawSocket socket = open("")) {
            socket.send(RawSocket.TEXT, statistics(LIMIT / 2));
            socket.send(RawSocket.CONTINUATION, statistics(LIMIT / 2));
            socket.send(RawSocket.FINAL | RawSocket.CONTINUATION, "x");
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void compressionIsOfferedAndUnderstood() throws IOException {
        try (RawSocket socket = open(DEFLATE)) {
            assertThat(socket.answer()).contains("permessage-deflate");
            byte[] whole = deflated(statistics(LIMIT));
            assertThat(whole).hasSizeLessThan(5_000);
            for (int i = 0; i < 3; i++) {
                socket.send(RawSocket.FINAL | RawSocket.COMPRESSED | RawSocket.TEXT, whole);
                RawSocket.Frame answer = socket.receive();
                assertThat(answer.head()).isEqualTo(RawSocket.FINAL | RawSocket.COMPRESSED | RawSocket.TEXT);
            }
            socket.send(RawSocket.COMPRESSED | RawSocket.TEXT, Arrays.copyOf(whole, 100));
            socket.send(RawSocket.FINAL | RawSocket.CONTINUATION, Arrays.copyOfRange(whole, 100, whole.length));
            assertThat(socket.receive().head() & 0xF).isEqualTo(RawSocket.TEXT);
        }
    }

    @Test
    void aFrameThatInflatesBeyondTheLimitIsTooBig() throws IOException {
        try (RawSocket socket = open(DEFLATE)) {
            socket.send(RawSocket.FINAL | RawSocket.COMPRESSED | RawSocket.TEXT, deflated(statistics(60_000_000)));
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aBombThatComesWithTheHandshakeIsTooBig() throws IOException {
        byte[] bomb = RawSocket.frame(RawSocket.FINAL | RawSocket.COMPRESSED | RawSocket.TEXT,
                deflated(statistics(20_000_000)));
        try (RawSocket socket = open(DEFLATE, bomb)) {
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void compressionWithoutALimitIsNotOffered() throws IOException {
        try (RawSocket socket = open(LEGACY_DEFLATE)) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 101").doesNotContain("deflate");
            socket.send(RawSocket.FINAL | RawSocket.COMPRESSED | RawSocket.TEXT, deflated(statistics(100)));
            assertThat(socket.closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void whatIsNotCompressedAsAnnouncedIsInvalid() throws IOException {
        try (RawSocket socket = open(DEFLATE)) {
            socket.send(RawSocket.FINAL | RawSocket.COMPRESSED | RawSocket.TEXT, new byte[] { -1, -1, -1, -1 });
            assertThat(socket.closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aTextThatIsNotUtf8IsInvalid(boolean oneFrame) throws IOException {
        try (RawSocket socket = open("")) {
            if (oneFrame) {
                socket.send(RawSocket.FINAL | RawSocket.TEXT, new byte[] { '{', (byte) 0xC3, '}' });
            } else {
                socket.send(RawSocket.TEXT, new byte[] { '{', (byte) 0xC3 });
                socket.send(RawSocket.FINAL | RawSocket.CONTINUATION, new byte[] { '}' });
            }
            assertThat(socket.closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void aCharacterMayBeSplitBetweenFrames() throws IOException {
        byte[] text = "é".getBytes(StandardCharsets.UTF_8);
        try (RawSocket socket = open("")) {
            socket.send(RawSocket.TEXT, new byte[] { text[0] });
            socket.send(RawSocket.FINAL | RawSocket.CONTINUATION, new byte[] { text[1] });
            assertThat(socket.receive().text()).contains("not valid JSON");
        }
    }

    @Test
    void brokenFramesAreProtocolErrors() throws IOException {
        try (RawSocket socket = open("")) {
            // a reserved opcode
            socket.send(RawSocket.FINAL | 3, "x");
            assertThat(socket.closeCode()).isEqualTo(1002);
        }
        try (RawSocket socket = open("")) {
            socket.send(RawSocket.FINAL | RawSocket.CONTINUATION, "x");
            assertThat(socket.closeCode()).isEqualTo(1002);
        }
        try (RawSocket socket = open("")) {
            // not masked
            socket.write(new byte[] { (byte) (RawSocket.FINAL | RawSocket.TEXT), 1, 'x' });
            assertThat(socket.closeCode()).isEqualTo(1002);
        }
    }
}
