package io.freshet.faults;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.freshet.stream.LocalRegistry;

/** The faults at full length, one after the other, each with streams of its own, and what somebody counted in the end. */
public final class KafkaFaultsReport {

    private static final int PER_SECOND = 1_000;
    private static final int FEW = 200;
    private static final int KILLS = 10;
    private static final String REGISTRY_DOWN = "registry down when streams begin";
    private static String wanted = "";

    /** What befalls a run. */
    private interface Fault {

        void befall(FaultRun run);
    }

    private KafkaFaultsReport() {
    }

    /** @param args how many seconds a fault lasts; what the names of those contain that are wanted */
    public static void main(String[] args) {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        wanted = args.length > 1 ? args[1] : "";
        Duration length = Duration.ofSeconds(seconds);
        report("broker killed, " + seconds + " s", run -> {
            run.broker.kill();
            run.watch(length);
            run.broker.start();
        });
        report("black hole, " + seconds + " s", run -> {
            run.proxy.silent(true);
            run.watch(length);
            run.proxy.silent(false);
        });
        report("reset every second, " + seconds + " s", run -> {
            for (int i = 0; i < seconds; i++) {
                run.proxy.reset();
                run.watch(Duration.ofSeconds(1));
            }
        });
        report("200 ms later, " + seconds + " s", run -> {
            run.proxy.delay(Duration.ofMillis(100));
            run.watch(length);
            run.awaitProgress(FEW);
            run.proxy.delay(Duration.ZERO);
        });
        report("Freshet killed " + KILLS + " times", run -> {
            for (int i = 0; i < KILLS; i++) {
                run.freshet.kill();
                run.freshet.start();
                run.awaitProgress(FEW);
            }
        });
        report("topics deleted while the broker was away, " + seconds + " s", run -> {
            run.proxy.silent(true);
            run.proxy.reset();
            run.deleteTopics();
            run.watch(length);
            run.proxy.silent(false);
        }, FaultRun.Outcome::nothingLostSince);
        report("broker killed and the disk for dead letters full, " + seconds + " s",
                () -> new FaultRun("freshet.dead-letters.most-bytes=200000"),
                run -> {
                    run.create(PER_SECOND, "json", "5s");
                    run.awaitProgress(PER_SECOND);
                    run.broker.kill();
                    run.watch(length);
                    System.out.println("dead letters on disk, of 200,000 bytes: " + run.spilledBytes());
                    run.broker.start();
                    run.awaitProgress(PER_SECOND);
                    Processes.await("spilled letters reach Kafka", length, () -> run.spilledBytes() == 0);
                    System.out.println("dead letters replayed: " + run.freshet.post("/api/v1/dead-letters/replay", ""));
                }, FaultRun.Outcome::nothingLost);
        if (REGISTRY_DOWN.contains(wanted)) {
            try (LocalRegistry registry = LocalRegistry.start()) {
                report(REGISTRY_DOWN + ", " + seconds + " s",
                        () -> new FaultRun("freshet.schema-registry.url=" + registry.url()), run -> {
                            registry.stop();
                            run.create(PER_SECOND, "avro", "1h");
                            run.watch(length);
                            registry.startAgain();
                        }, FaultRun.Outcome::nothingLost);
            }
        }
        System.exit(0);
    }

    private static void report(String name, Fault fault) {
        report(name, fault, FaultRun.Outcome::nothingLost);
    }

    private static void report(String name, Fault fault, Predicate<FaultRun.Outcome> complete) {
        report(name, FaultRun::new, run -> {
            run.begin(PER_SECOND);
            fault.befall(run);
        }, complete);
    }

    /** Of a run that begins its streams itself. */
    private static void report(String name, Supplier<FaultRun> maker, Fault fault, Predicate<FaultRun.Outcome> complete) {
        if (!name.contains(wanted)) {
            return;
        }
        try (FaultRun run = maker.get()) {
            fault.befall(run);
            run.awaitProgress(PER_SECOND);
            run.awaitCalm();
            FaultRun.Outcome outcome = run.end();
            System.out.printf(
                    "%s: nothing lost %b, exactly once without a repeat %b, at least once with %d repeats, adds up %b, "
                            + "breaker opened %b, alert raised %b (both over by the end), records %s%n",
                    name, complete.test(outcome),
                    outcome.nothingRepeatedWhereOnce(), outcome.least().repeated(), run.addsUp(), run.breakerOpened(),
                    run.alertRaised(), outcome.positions());
        }
    }
}
