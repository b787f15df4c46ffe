package io.freshet.stream.load;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

/**
 * A number of records at once, at the times of a cron expression. Keeps track of the times it has passed; confined to one
 * thread.
 */
public final class CronBursts implements LoadShape {

    private static final int CRONTAB_FIELDS = 5;
    /** Bursts that can still be told apart when an earlier time is asked for. */
    private static final int MAX_RECENT = 4096;

    private final ExecutionTime execution;
    private final int records;
    private final ZoneId zone;
    private final Instant start;
    private final Deque<Long> recent = new ArrayDeque<>();
    private long bursts;
    private long next;

    /**
     * @param expression five fields as in crontab, or six or seven as in Quartz, with seconds first
     * @param records the records of one burst, at least 1
     * @param zone the time zone of the expression
     * @throws IllegalArgumentException if the expression is not valid, with the reason
     */
    public CronBursts(String expression, int records, ZoneId zone) {
        this(execution(expression), records, zone, Instant.now());
    }

    private CronBursts(ExecutionTime execution, int records, ZoneId zone, Instant start) {
        this.execution = execution;
        this.records = records;
        this.zone = zone;
        this.start = start;
        // a burst at the moment of the start counts
        this.next = after(start.minusNanos(1));
    }

    private static ExecutionTime execution(String expression) {
        CronType type = expression.strip().split("\\s+").length == CRONTAB_FIELDS ? CronType.UNIX : CronType.QUARTZ;
        Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type)).parse(expression);
        return ExecutionTime.forCron(cron.validate());
    }

    private long after(Instant moment) {
        return execution.nextExecution(moment.atZone(zone)).map(this::nanos).orElse(Long.MAX_VALUE);
    }

    private long nanos(ZonedDateTime moment) {
        return Duration.between(start, moment.toInstant()).toNanos();
    }

    @Override
    public double records(long nanos) {
        while (next <= nanos) {
            recent.add(next);
            if (recent.size() > MAX_RECENT) {
                recent.remove();
            }
            bursts++;
            next = after(start.plusNanos(next));
        }
        long later = 0;
        Iterator<Long> times = recent.descendingIterator();
        while (times.hasNext() && times.next() > nanos) {
            later++;
        }
        return (double) (bursts - later) * records;
    }

    /** The time of a burst that has passed is reported as 0, because its records are due already. */
    @Override
    public long nanosOf(double count, long from) {
        return count <= (double) bursts * records ? 0 : next;
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return 0;
    }

    /** Bursts may be any time apart, so that the rate of one second bounds it. */
    @Override
    public double maxRecordsPerSecond() {
        return records;
    }

    @Override
    public boolean isSmooth() {
        return false;
    }

    @Override
    public int recordsAtOnce() {
        return records;
    }

    /** A scheduled burst is delivered late rather than never. */
    @Override
    public long maxArrearsNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean followsClock() {
        return true;
    }

    @Override
    public LoadShape startingAt(Instant from) {
        return new CronBursts(execution, records, zone, from);
    }
}
