package io.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {

    @TempDir
    Path folder;

    @Test
    void readsWhatWasWritten() throws IOException {
        Texts texts = read(write(5));

        assertThat(texts.rows).containsExactly("[0, n0]", "[7]", "[14, n2]", "[21, n0]", "[28]");
    }

    @Test
    void readsAFileWithoutRows() throws IOException {
        assertThat(read(write(0)).rows).isEmpty();
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path text = Files.writeString(folder.resolve("t.parquet"), "a,b\n1,2\n3,4\n5,6\n");

        assertThatThrownBy(() -> ParquetFile.open(text)).isInstanceOf(ParquetException.class)
                .hasMessage("the input is not a Parquet file: it does not end with PAR1");
    }

    @Test
    void namesACutFile() throws IOException {
        byte[] bytes = Files.readAllBytes(write(1000));
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> ParquetFile.open(cut)).hasMessage("the Parquet file is cut off: its footer is missing");
    }

    @Test
    void namesColumnsThatItDoesNotHave() throws IOException {
        try (ParquetFile file = ParquetFile.open(write(3))) {
            assertThatThrownBy(() -> file.read(List.of("size"), new Texts()))
                    .hasMessage("the Parquet file has no column size; it has number, name");
        }
    }

    @Test
    void aDamagedFileGivesAnErrorOrRowsButNeverAnotherException() throws IOException {
        byte[] bytes = Files.readAllBytes(write(2000));
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = bytes.clone();
            for (int n = 0; n < 4; n++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                read(Files.write(folder.resolve("damaged.parquet"), damaged));
            } catch (ParquetException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    private Path write(int rows) throws IOException {
        List<FileColumn> columns = List.of(new FileColumn(List.of("number"), ColumnKind.LONG, 0, false),
                new FileColumn(List.of("name"), ColumnKind.TEXT, 0, true));
        Path path = folder.resolve("rows.parquet");
        try (ParquetWriter writer = new ParquetWriter(Files.newOutputStream(path), columns, List.of(false, false),
                Compression.ZSTD, Map.of("k", "v"))) {
            for (int i = 0; i < rows; i++) {
                ((NumberBuffer) writer.buffers().get(0)).put(7L * i);
                if (i % 3 == 1) {
                    writer.buffers().get(1).putMissing();
                } else {
                    byte[] name = ("n" + i % 3).getBytes(StandardCharsets.UTF_8);
                    ((TextBuffer) writer.buffers().get(1)).put(name, 0, name.length);
                }
                writer.addRows(1);
            }
        }
        return path;
    }

    private static Texts read(Path path) throws IOException {
        Texts texts = new Texts();
        try (ParquetFile file = ParquetFile.open(path)) {
            file.read(List.of(), texts);
        }
        return texts;
    }

    /** Collects the values of each row. */
    private static final class Texts implements RowReceiver {
        private final List<String> rows = new ArrayList<>();
        private final List<String> row = new ArrayList<>();

        @Override
        public Values column(List<String> path) {
            return (utf8, length, kind) -> row.add(new String(utf8, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public @Nullable LongFunction<String> timePrinter(List<String> path) {
            return null;
        }

        @Override
        public void beginRow() {
            row.clear();
        }

        @Override
        public void endRow() {
            rows.add(row.toString());
        }
    }
}
