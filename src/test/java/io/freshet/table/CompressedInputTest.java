package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import io.airlift.compress.zstd.ZstdOutputStream;

class CompressedInputTest {

    private static final byte[] TABLE = "name,size\nant,1\nbee,2\ncat,30\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void readsGzipAndZstdLikeTheTextItself() throws IOException {
        assertThat(CompressedInput.of(new ByteArrayInputStream(TABLE)).readAllBytes()).isEqualTo(TABLE);
        assertThat(CompressedInput.of(new ByteArrayInputStream(gzip(TABLE))).readAllBytes()).isEqualTo(TABLE);
        assertThat(CompressedInput.of(new ByteArrayInputStream(zstd(TABLE))).readAllBytes()).isEqualTo(TABLE);
    }

    @Test
    void readsInputsThatAreShorterThanAMark() throws IOException {
        assertThat(CompressedInput.of(new ByteArrayInputStream(new byte[] { 'a' })).readAllBytes()).containsExactly('a');
    }

    @Test
    void refusesWhatExpandsMoreThanTables() throws IOException {
        for (InputStream bomb : new InputStream[] { bomb(true), bomb(false) }) {
            assertThatThrownBy(() -> CompressedInput.of(bomb).transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(TableException.class).hasMessageContaining("250 times its size");
        }
    }

    @Test
    void namesDamage() throws IOException {
        byte[] gzip = gzip(TABLE);
        byte[] zstd = zstd(TABLE);
        Arrays.fill(gzip, 12, 20, (byte) 7);

        for (byte[] damaged : new byte[][] { gzip, Arrays.copyOf(zstd, zstd.length - 6), Arrays.copyOf(gzip(TABLE), 15) }) {
            assertThatThrownBy(() -> CompressedInput.of(new ByteArrayInputStream(damaged)).readAllBytes())
                    .isInstanceOf(TableException.class)
                    .hasMessageMatching("the compressed input \\((gzip|zstd)\\) is damaged: .+");
        }
    }

    private static InputStream bomb(boolean gzip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (OutputStream compressed = gzip ? new GZIPOutputStream(out) : new ZstdOutputStream(out)) {
            for (int i = 0; i < 300; i++) {
                compressed.write(zeros);
            }
        }
        return new ByteArrayInputStream(out.toByteArray());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressed = new GZIPOutputStream(out)) {
            compressed.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zstd(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressed = new ZstdOutputStream(out)) {
            compressed.write(bytes);
        }
        return out.toByteArray();
    }
}
