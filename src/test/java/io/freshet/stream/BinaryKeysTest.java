package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.freshet.codec.KeyEncoder;
import io.freshet.sink.RecordHeaderFields;
import io.freshet.sink.RecordHeaders;
import io.freshet.stage.StageRecord;
import io.freshet.stream.engine.StagedRecords;

class BinaryKeysTest {

    private static final byte[] KEY = { 0, 0, 0, 1, 7, (byte) 0xfe, (byte) 0x80 };

    private static StageRecord record() {
        StageRecord record = StageRecord.of(4, 0, new LinkedHashMap<>(Map.of("id", "x")));
        record.setKey(KEY);
        return record;
    }

    private static byte[] sent(StageRecord record, RecordHeaderFields fields) {
        StagedRecords records = new StagedRecords(List.of(record), Set.of());
        return RecordHeaders.of(records.batch(), fields).from(records.origins(5)).key(0);
    }

    @Test
    void aKeyThatIsNotTextPassesThroughStagesUnchanged() {
        assertThat(sent(record(), RecordHeaderFields.NONE)).isEqualTo(KEY);
        assertThat(sent(record().part(2), RecordHeaderFields.NONE)).isEqualTo(KEY);
        assertThat(sent(record().derive("d", 1, Map.of()), RecordHeaderFields.NONE)).isEqualTo(KEY);
    }

    @Test
    void aKeyThatAStageOrASinkSetsReplacesIt() {
        StageRecord changed = record();
        changed.setKey("other");

        assertThat(sent(changed, RecordHeaderFields.NONE)).asString().isEqualTo("other");
        assertThat(sent(record(), new RecordHeaderFields(new KeyEncoder("id"), null, null, null))).asString().isEqualTo("x");
    }
}
