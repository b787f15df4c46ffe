package io.freshet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the package table of the README: what each package may use, and what the plain ones must not. */
@AnalyzeClasses(packages = "io.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("table", List.of()),
            Map.entry("stats", List.of()),
            Map.entry("event", List.of()),
            Map.entry("model", List.of("table", "stats")),
            Map.entry("score", List.of("table", "stats")),
            Map.entry("retail", List.of("event", "stats")),
            Map.entry("codec", List.of("table", "event")),
            Map.entry("security", List.of()),
            Map.entry("source", List.of("security", "table", "event", "model", "retail", "codec", "stats")),
            Map.entry("stage", List.of("table", "event", "stats")),
            Map.entry("sink", List.of("security", "table", "event", "codec")),
            Map.entry("store", List.of("table", "event", "model", "codec")),
            Map.entry("stream",
                    List.of("security", "source", "stage", "sink", "store", "table", "event", "model", "retail", "codec",
                            "stats")),
            Map.entry("api",
                    List.of("stream", "security", "source", "stage", "sink", "store", "table", "event", "model", "score",
                            "retail", "codec", "stats")),
            Map.entry("ops",
                    List.of("stream", "security", "source", "stage", "sink", "store", "table", "event", "model", "retail",
                            "codec", "stats")),
            Map.entry("dev", List.of())));

    private static final String[] PLAIN = { "io.freshet.table..", "io.freshet.stats..", "io.freshet.event..",
            "io.freshet.model..", "io.freshet.score..", "io.freshet.retail..", "io.freshet.codec..", "io.freshet.stage.." };

    @ArchTest
    static void packagesUseOnlyWhatTheTableAllows(JavaClasses classes) {
        MAY_USE.forEach((name, allowed) -> {
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(other -> "io.freshet." + other + "..")
                    .toArray(String[]::new);
            noClasses().that().resideInAPackage("io.freshet." + name + "..")
                    .should().dependOnClassesThat().resideInAnyPackage(forbidden)
                    .allowEmptyShould(true)
                    .check(classes);
        });
    }

    /** The Java API may be embedded where there is no server. */
    @ArchTest
    static final ArchRule theJavaApiNeedsNoServer = noClasses().that().resideInAPackage("io.freshet")
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.freshet.source..", "io.freshet.sink..", "io.freshet.store..", "io.freshet.stream..",
                    "io.freshet.api..", "io.freshet.ops..", "io.quarkus..", "jakarta..");

    @ArchTest
    static final ArchRule nothingInsideUsesTheJavaApi = noClasses().that().resideInAPackage("io.freshet.*..")
            .should().dependOnClassesThat().resideInAPackage("io.freshet");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.freshet.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule plainPackagesKnowNoFramework = noClasses().that().resideInAnyPackage(PLAIN)
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule plainPackagesHaveNoAmbientTimeOrChance = noClasses().that().resideInAnyPackage(PLAIN)
            .should().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime")
            .orShould().callMethod(Instant.class, "now")
            .orShould().callMethod(Math.class, "random")
            .orShould().callConstructor(Random.class)
            .orShould().dependOnClassesThat().areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule kafkaStaysInSourcesAndSinks = noClasses().that()
            .resideOutsideOfPackages("io.freshet.source..", "io.freshet.sink..", "io.freshet.dev..")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "kafka..");

    @ArchTest
    static final ArchRule databasesStayInStoresAndSinks = noClasses().that()
            .resideOutsideOfPackages("io.freshet.store..", "io.freshet.sink..", "io.freshet.dev..")
            .should().dependOnClassesThat().resideInAnyPackage("com.mongodb..", "org.bson..", "io.vertx.redis..",
                    "io.quarkus.redis..", "io.quarkus.mongodb..");
}
