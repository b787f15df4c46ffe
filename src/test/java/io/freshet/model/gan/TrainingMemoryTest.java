package io.freshet.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.model.GanOptions;
import io.freshet.model.SampleTables;
import io.freshet.model.tree.CodesFitter;
import io.freshet.model.tree.TreeOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

class TrainingMemoryTest {

    private static final long HEAP = 256L << 20;
    private static final TableSample TABLE = SampleTables.mixed(2_000);
    private static final NetworkLayout LAYOUT = NetworkLayout.of(columns());

    private static List<ColumnModes> columns() {
        CodesFitter codes = new CodesFitter(TABLE, TreeOptions.defaults());
        return IntStream.range(0, TABLE.schema().size())
                .mapToObj(c -> ColumnModes.of(codes.fit(c), TABLE.rows().vector(c), TABLE.rows().size())).toList();
    }

    @Test
    void theDefaultsSuitASmallHeap() {
        long bytes = TrainingMemory.require(GanOptions.defaults(), LAYOUT, TABLE.rows().size(), HEAP);
        assertThat(bytes).isBetween(1L << 20, HEAP / 2);
    }

    @Test
    void aTrainingThatNeedsMoreThanHalfOfTheHeapIsRefusedWithWhatItNeeds() {
        GanOptions wide = GanParameters.parse(Map.of("generator_dim", "4096,4096"));
        assertThatThrownBy(() -> TrainingMemory.require(wide, LAYOUT, TABLE.rows().size(), HEAP))
                .isInstanceOf(TableException.class)
                .hasMessageMatching("ctgan needs about [67]\\d\\d MB .* more than half of the heap of 256 MB; raise -Xmx, .*");
    }

    @Test
    void manyRowsAreRefusedToo() {
        assertThatThrownBy(() -> TrainingMemory.require(GanOptions.defaults(), LAYOUT, 10_000_000, HEAP))
                .isInstanceOf(TableException.class);
    }
}
