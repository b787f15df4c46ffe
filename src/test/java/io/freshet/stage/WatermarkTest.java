package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.freshet.event.FieldPath;
import io.freshet.event.ReadProgress;

/** How event time advances with several partitions and with implausible times. */
class WatermarkTest {

    private static final long BASE = 1_772_366_400_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final ReadProgress ALL = new ReadProgress(Set.of(0, 1, 2), 0);

    private final TimeWindow window = new TimeWindow(
            new WindowSettings("w", FieldPath.of("k"), new Aggregation(List.of()), 1000, null), FieldPath.of("t"),
            new WindowTiming(MINUTE, MINUTE, 0, 0, 0, DAY), (record, out) -> out.drop(record));
    private final StagePipeline chain = Stages.chain(window);
    private final List<StageRecord> results = new ArrayList<>();
    private long position;

    private StageRecord record(int partition, @Nullable Object time) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("t", time);
        fields.put("k", "k" + partition);
        StageRecord record = StageRecord.of(position++, BASE, fields);
        record.setPartition(partition);
        return record;
    }

    private void process(StagePipeline through, ReadProgress progress, StageRecord... records) {
        results.addAll(through.process(List.of(records), BASE, 1000, progress).records());
    }

    private void process(ReadProgress progress, StageRecord... records) {
        process(chain, progress, records);
    }

    private StageRecord[] inOrder(int partition, int minutes) {
        StageRecord[] records = new StageRecord[minutes * 2];
        for (int i = 0; i < records.length; i++) {
            records[i] = record(partition, BASE + i * MINUTE / 2);
        }
        return records;
    }

    private long count(String name) {
        return window.counts().getOrDefault(name, -1L);
    }

    @Test
    void nothingIsLateWhenOrderedPartitionsAreReadOneAfterTheOther() {
        for (int partition = 0; partition < 3; partition++) {
            process(ALL, inOrder(partition, 30));
        }

        assertThat(count("too_late")).isZero();
        assertThat(results).hasSize(3 * 29);
        assertThat(results).allSatisfy(result -> assertThat(result.fields()).containsEntry("count", 2L));
    }

    @Test
    void nothingIsTooLateWithGraceWhileAPartitionIsWaitedFor() {
        TimeWindow graceful = new TimeWindow(
                new WindowSettings("w", FieldPath.of("k"), new Aggregation(List.of()), 1000, null), FieldPath.of("t"),
                new WindowTiming(MINUTE, MINUTE, MINUTE, 0, 0, DAY), (record, out) -> out.drop(record));
        StagePipeline through = Stages.chain(graceful);
        for (int partition = 0; partition < 3; partition++) {
            process(through, ALL, inOrder(partition, 30));
        }

        assertThat(graceful.counts()).containsEntry("too_late", 0L);
        assertThat(results).hasSize(3 * 29);
    }

    @Test
    void aPartitionWithoutMoreRecordsDoesNotHoldResultsBack() {
        process(ALL, inOrder(0, 3));
        assertThat(results).isEmpty();

        process(new ReadProgress(Set.of(0), 0));

        assertThat(results).hasSize(2);
    }

    @Test
    void aPartitionThatIsPendingAgainHoldsEventTimeBackBeforeItsRecordsCome() {
        process(new ReadProgress(Set.of(0), 0), inOrder(0, 3));
        assertThat(results).hasSize(2);

        process(new ReadProgress(Set.of(0, 1), 0), record(0, BASE + 10 * MINUTE), record(1, BASE + 4 * MINUTE));

        assertThat(count("too_late")).isZero();
        assertThat(results).hasSize(3);
    }

    @Test
    void recordsThatAnEarlierStageDropsMoveEventTimeToo() {
        StagePipeline filtered = Stages.chain(new Filter((fields, now) -> "k0".equals(fields.get("k"))), window);
        process(filtered, ALL, inOrder(0, 30));
        process(filtered, ALL, inOrder(1, 30));
        process(filtered, ALL, inOrder(2, 30));

        assertThat(results).hasSize(29);
    }

    @Test
    void aPartitionWhoseRecordsHaveNoTimeIsNotWaitedFor() {
        process(ALL, record(1, "soon"), record(2, null));
        process(ALL, inOrder(0, 3));

        assertThat(results).hasSize(2);
    }

    @Test
    void aWindowBehindAWindowDoesNotWaitForPartitions() {
        TimeWindow first = new TimeWindow(
                new WindowSettings("first", null, new Aggregation(List.of()), 1000, null), FieldPath.of("t"),
                new WindowTiming(MINUTE, MINUTE, 0, 0, 0), (record, out) -> out.drop(record));
        TimeWindow second = new TimeWindow(new WindowSettings("second", null, new Aggregation(List.of()), 1000, null),
                FieldPath.of("window_start"), new WindowTiming(10 * MINUTE, 10 * MINUTE, 0, 0, 0),
                (record, out) -> out.drop(record));

        process(Stages.chain(first, second), new ReadProgress(Set.of(0), 0), inOrder(0, 30));

        assertThat(results).hasSize(2);
    }

    @Test
    void oneRecordOfTheFutureMakesNoOtherLateEvenIfItComesFirst() {
        process(ReadProgress.NONE, record(-1, "2099-01-01T00:00:00Z"));
        process(ReadProgress.NONE, inOrder(-1, 30));
        process(ReadProgress.NONE, record(-1, "2099-01-01T00:00:00Z"), record(-1, BASE + 30 * MINUTE));

        assertThat(count("too_late")).isZero();
        assertThat(count("too_far_ahead")).isEqualTo(2);
        assertThat(results).hasSize(30);
        assertThat(window.aheadShare(BASE)).isPositive();
    }

    @Test
    void aGapInTheTimesIsCrossedWhenTenRecordsAgree() {
        process(ReadProgress.NONE, inOrder(-1, 3));
        for (int i = 0; i < 9; i++) {
            process(ReadProgress.NONE, record(-1, BASE + 3 * DAY + i));
        }
        assertThat(results).hasSize(2);

        process(ReadProgress.NONE, record(-1, BASE + 3 * DAY + 9));

        assertThat(results).hasSize(3);
        assertThat(count("too_far_ahead")).isZero();
    }

    @Test
    void aGapInTheTimesIsCrossedWhenNothingFollowsItButNotIntoTheFuture() {
        process(ReadProgress.NONE, record(-1, BASE - 9 * DAY), record(-1, BASE - 3 * DAY));
        assertThat(results).isEmpty();

        process(new ReadProgress(Set.of(), 1_000));
        assertThat(results).hasSize(1);

        process(ReadProgress.NONE, record(-1, BASE + 9 * DAY));
        process(new ReadProgress(Set.of(), 1_000));
        assertThat(results).hasSize(1);
    }

    @Test
    void theShareOfLateRecordsIsThatOfTheLastMinute() {
        process(ReadProgress.NONE, record(-1, BASE + 10 * MINUTE), record(-1, BASE), record(-1, BASE),
                record(-1, BASE + 10 * MINUTE));

        assertThat(window.lateShare(BASE)).isEqualTo(0.5);
        assertThat(window.lateShare(BASE + 90_000)).isZero();
    }
}
