package io.freshet.table;

import static io.freshet.table.Tables.column;
import static io.freshet.table.Tables.csv;
import static io.freshet.table.Tables.refusal;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest {

    @ParameterizedTest
    @ValueSource(strings = { ",", ";", "\t", "|" })
    void theSeparatorIsDetectedInTheHeader(String separator) {
        TableSample table = csv(("\"a,;|\",b,c\n1,2,\"x,y\"\n3,4,\"x,y\"\n").replace(",b,c", separator + "b" + separator + "c")
                .replace("1,2,", "1" + separator + "2" + separator).replace("3,4,", "3" + separator + "4" + separator));
        assertThat(table.schema().columns()).extracting(Column::name).containsExactly("a,;|", "b", "c");
        assertThat(values(table, "b")).containsExactly("2", "4");
    }

    @Test
    void quotedFieldsKeepSeparatorsQuotesSpacesAndLineBreaks() {
        TableSample table = csv("a,b\n\"x,\"\"y\"\"\r\nz\", p \n\" q \",r\n");
        assertThat(values(table, "a")).containsExactly("x,\"y\"\r\nz", " q ");
        assertThat(values(table, "b")).containsExactly("p", "r");
    }

    @Test
    void blankLinesAndTheLastLineBreakDoNotCount() {
        assertThat(csv("\na,b\n\n1,2\n   \n3,4").totalRows()).isEqualTo(2);
    }

    @Test
    void oneRowIsATable() {
        TableSample table = csv("a,b\n1,x\n");
        assertThat(table.totalRows()).isEqualTo(1);
        assertThat(typeName(table, "a")).isEqualTo("constant");
    }

    @Test
    void rejectsEmptyInputAndAHeaderWithoutRows() {
        assertThat(refusal(() -> csv(""))).contains("empty");
        assertThat(refusal(() -> csv("\n\n"))).contains("empty");
        assertThat(refusal(() -> csv("\uFEFF"))).contains("empty");
        assertThat(refusal(() -> csv("a,b\n"))).contains("no rows");
    }

    @Test
    void rejectsRaggedRowsWithTheirLine() {
        assertThat(refusal(() -> csv("a,b,c\n1,2,3\n\"1\n\",2\n"))).isEqualTo("line 3 has 2 fields; the header has 3");
        assertThat(refusal(() -> csv("a,b\n1,2\n1,2,3,4\n"))).isEqualTo("line 3 has 4 fields; the header has 2");
        assertThat(refusal(() -> csv("a,b\n1,2\n1\n"))).isEqualTo("line 3 has 1 field; the header has 2");
    }

    @Test
    void rejectsAnUnclosedQuoteWithItsLine() {
        assertThat(refusal(() -> csv("a,b\n1,2\n\"1,2\n3,4\n"))).contains("line 3");
    }

    @Test
    void rejectsDuplicateNames() {
        assertThat(refusal(() -> csv("a,b,a\n1,2,3\n"))).isEqualTo("the header has the name a twice");
    }

    @Test
    void byteOrderMarksAreRecognised() {
        String text = "größe,b\n1,ä€😀\n2,ä€😀\n";
        for (Charset charset : new Charset[] { StandardCharsets.UTF_8, StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE }) {
            TableSample table = Tables.read(("\uFEFF" + text).getBytes(charset), TableFormat.CSV, ReadOptions.defaults());
            assertThat(table.schema().column(0).name()).isEqualTo("größe");
            assertThat(values(table, "b")).containsExactly("ä€😀", "ä€😀");
        }
    }

    @Test
    void rejectsAWrongEncodingWithTheByte() {
        byte[] latin = "a,b\n1,x\n2,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusal(() -> Tables.read(latin, TableFormat.CSV, ReadOptions.defaults())))
                .contains("not valid UTF-8").contains("byte 14 ").contains("0xe9");
        byte[] cut = "a\né".getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(() -> Tables.read(java.util.Arrays.copyOf(cut, 3), TableFormat.CSV, ReadOptions.defaults())))
                .contains("byte 3 ");
        byte[] utf16 = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
        assertThat(refusal(() -> Tables.read(utf16, TableFormat.CSV, ReadOptions.defaults()))).contains("byte order mark");
    }

    @Test
    void theByteIsCorrectFarIntoTheInput() {
        StringBuilder text = new StringBuilder("word\n");
        while (text.length() < 200_003) {
            text.append("Ähre\n");
        }
        byte[] good = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] bad = java.util.Arrays.copyOf(good, good.length + 1);
        bad[good.length] = (byte) 0xFF;
        assertThat(refusal(() -> Tables.read(bad, TableFormat.CSV, ReadOptions.defaults())))
                .contains("byte " + (good.length + 1) + " ");
    }

    @Test
    void fiveThousandColumnsAreRead() {
        String header = IntStream.range(0, 5_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 5_000).mapToObj(i -> i % 2 == 0 ? "" + i : "w".repeat(i % 500))
                .collect(Collectors.joining(","));
        TableSample table = csv(header + "\n" + row + "\n" + row + "\n");
        assertThat(table.schema().size()).isEqualTo(5_000);
        assertThat(values(table, "c4999")).containsExactly("w".repeat(499), "w".repeat(499));
    }

    @Test
    void longFieldsAreReadUpToALimit() {
        assertThat(values(column("x".repeat(1_000_000), "y"), "x").get(0)).hasSize(1_000_000);
        assertThat(refusal(() -> column("a", "x".repeat(1_200_000)))).contains("line 3").contains("1048576");
    }

    @Test
    void aBrokenConnectionIsNotReportedAsAnInvalidTable() {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)),
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset by peer");
                    }
                });
        assertThatThrownBy(() -> TableReader.read(broken, TableFormat.CSV, ReadOptions.defaults()))
                .isInstanceOf(IOException.class).hasMessage("reset by peer");
    }

    @Test
    void utf8IsDetectedEvenIfAClientDeclaresItsDefaultCharset() {
        ReadOptions latin = ReadOptions.defaults().withCharset(java.nio.charset.StandardCharsets.ISO_8859_1);
        String csv = "city\n" + "M\u00fcnchen\nBonn\n".repeat(10);

        for (java.nio.charset.Charset written : java.util.List.of(java.nio.charset.StandardCharsets.UTF_8,
                java.nio.charset.StandardCharsets.ISO_8859_1)) {
            TableSample table = Tables.read(csv.getBytes(written), TableFormat.CSV, latin);
            assertThat(((TextDictionary) ((CodedVector) table.rows().vector(0)).dictionary()).texts())
                    .containsExactly("Bonn", "M\u00fcnchen");
        }
    }
}
