package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

class IntegerCodesTest {

    @Test
    void fewIntegersAreDrawnAsTheyAre() throws IOException {
        int[] shops = { 101, 205, 377, 1_204 };
        StringBuilder text = new StringBuilder("hour,weekday,shop,amount\n");
        for (int i = 0; i < 2_000; i++) {
            text.append(8 + i * 7 % 11 % 5 * 3).append(',').append(1 + i * 3 % 7).append(',').append(shops[i * 13 % 17 % 4])
                    .append(',').append(i * 7_919 % 1_009).append('\n');
        }
        TableSample table = TableReader.read(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, ReadOptions.defaults());
        SynthesisModel model = ModelFitter.fit(table, SynthesisMethod.GAUSSIAN_COPULA);
        DrawnRows rows = DrawnRows.of(model, 3, Conditions.none(), 0, 3_000);
        for (int row = 0; row < 3_000; row++) {
            assertThat(rows.number("hour", row)).isIn(8.0, 11.0, 14.0, 17.0, 20.0);
            assertThat(rows.number("weekday", row) % 1).isZero();
            assertThat(rows.number("shop", row)).isIn(101.0, 205.0, 377.0, 1_204.0);
        }
    }
}
