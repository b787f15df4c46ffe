package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.parquet.Compression;
import io.freshet.table.Column;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** How many bytes the integers of a Parquet file take. */
class IntegerWidthTest {

    private static final int ROWS = 3_000;
    private static final int FOOTER_LENGTH = 4;
    private static final int MAGIC = 4;

    @ParameterizedTest
    @EnumSource(value = SynthesisMethod.class, names = { "TREES", "GAUSSIAN_COPULA", "INDEPENDENT" })
    void integersOfAModelTakeTheWidthOfItsBounds(SynthesisMethod method) throws IOException {
        SynthesisModel model = ModelFitter.fit(table(), method);

        Map<String, Type> types = types(draw(model));

        assertThat(types).containsEntry("few", Type.INT32).containsEntry("code", Type.INT32).containsEntry("many", Type.INT32)
                .containsEntry("negative", Type.INT32).containsEntry("few_large", Type.INT64)
                .containsEntry("large", Type.INT64);
    }

    @ParameterizedTest
    @EnumSource(value = SynthesisMethod.class, names = { "TREES", "GAUSSIAN_COPULA" })
    void narrowIntegersReadBack(SynthesisMethod method) throws IOException {
        RowBatch rows = draw(ModelFitter.fit(table(), method));

        TableSample read = TableReader.read(new ByteArrayInputStream(file(rows)), TableFormat.PARQUET, ReadOptions.defaults());

        assertThat(List.copyOf(RowRecords.of(read.rows()))).isEqualTo(List.copyOf(RowRecords.of(rows)));
    }

    @Test
    void theSchemaOfTheModelDoesNotSayHowWideIntegersAre() throws IOException {
        SynthesisModel model = ModelFitter.fit(table(), SynthesisMethod.TREES);
        RowBatch rows = draw(model);

        assertThat(rows.schema()).isSameAs(model.schema());
        assertThat(rows.sizedSchema().columns()).filteredOn(Column::int32).extracting(Column::name)
                .containsExactly("few", "code", "many", "negative");
    }

    private static RowBatch draw(SynthesisModel model) {
        RowGenerator generator = model.generator(1, Conditions.none());
        RowBatch rows = generator.newBatch(ROWS);
        generator.fill(rows, 0, ROWS);
        return rows;
    }

    /** Returns the physical types in the footer of a file. */
    private static Map<String, Type> types(RowBatch rows) throws IOException {
        byte[] bytes = file(rows);
        int end = bytes.length - MAGIC - FOOTER_LENGTH;
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, end - length, length));
        Map<String, Type> types = new LinkedHashMap<>();
        footer.getSchema().stream().filter(element -> element.isSetType())
                .forEach(element -> types.put(element.getName(), element.getType()));
        return types;
    }

    private static byte[] file(RowBatch rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParquetRows file = new ParquetRows(rows, false, Compression.ZSTD, out)) {
            file.write(rows, null);
        }
        return out.toByteArray();
    }

    private static TableSample table() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        String[] names = { "red", "green", "blue" };
        StringBuilder csv = new StringBuilder("few,colour,code,many,negative,few_large,large\n");
        IntStream.range(0, ROWS).forEach(row -> {
            int name = random.nextInt(3);
            csv.append(random.nextInt(50)).append(',').append(names[name]).append(',').append(100 + 7 * name * name)
                    .append(',').append(random.nextInt(2_000_000)).append(',').append(-random.nextInt(1_000_000_000))
                    .append(',').append(random.nextInt(20) * 1_000_000_000L).append(',')
                    .append(random.nextLong(1L << 50)).append('\n');
        });
        return TableReader.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults());
    }
}
