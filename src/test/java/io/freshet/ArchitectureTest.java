package io.freshet;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.reactive.messaging.Emitter;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.smallrye.reactive.messaging.MutinyEmitter;

/** Enforces the table of packages of the architecture page, and what plain packages must not use. */
@AnalyzeClasses(packages = "io.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Path PAGE = Path.of("src", "main", "docs", "explanation", "architecture.md");
    private static final Pattern ROW = Pattern.compile("\\| (`[^|]+`) \\| [^|]+ \\| ([^|]+) \\|");
    private static final Pattern WORD = Pattern.compile("\\| (\\*[a-z]+\\*) \\| ([^|]+) \\|");
    private static final String NONE = "–";
    private static final String MODEL = "model";

    /** The packages that each package may use; {@code model} stands for its sub-packages as well. */
    private static final Map<String, Set<String>> MAY_USE = table();

    private static Map<String, Set<String>> table() {
        List<String> lines = lines();
        Map<String, List<String>> words = new HashMap<>();
        for (String line : lines) {
            Matcher word = WORD.matcher(line);
            if (word.matches()) {
                words.put(word.group(1), List.of(word.group(2).split(", ")));
            }
        }
        Map<String, Set<String>> table = new TreeMap<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> used = new TreeSet<>();
                resolve(List.of(row.group(2).split(", ")), words, used);
                List.of(row.group(1).replace("`", "").split(", ")).forEach(name -> table.put(name, used));
            }
        }
        return table;
    }

    /** Returns the lines of the page up to the packages of models. */
    private static List<String> lines() {
        try (Stream<String> lines = Files.lines(PAGE)) {
            return lines.takeWhile(line -> !line.startsWith("`model` itself")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void resolve(List<String> written, Map<String, List<String>> words, Set<String> used) {
        for (String name : written) {
            if (words.containsKey(name)) {
                resolve(words.get(name), words, used);
            } else if (!name.equals(NONE)) {
                used.add(name);
            }
        }
    }

    private static String pattern(String name) {
        return "io.freshet." + (name.equals(MODEL) ? "model.." : name);
    }

    private static final String[] PLAIN = { "io.freshet.parquet..", "io.freshet.protobuf..", "io.freshet.table..",
            "io.freshet.stats..",
            "io.freshet.event..",
            "io.freshet.model..", "io.freshet.score..", "io.freshet.retail..", "io.freshet.codec..", "io.freshet.stage.." };

    @ArchTest
    static void packagesUseOnlyWhatTheTableAllows(JavaClasses classes) {
        MAY_USE.forEach((name, allowed) -> {
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(ArchitectureTest::pattern)
                    .toArray(String[]::new);
            noClasses().that().resideInAPackage(pattern(name))
                    .should().dependOnClassesThat().resideInAnyPackage(forbidden)
                    .allowEmptyShould(true)
                    .check(classes);
        });
    }

    @ArchTest
    static void theTableListsEveryPackage(JavaClasses classes) {
        Set<String> packages = classes.stream().map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.freshet."))
                .map(name -> name.substring("io.freshet.".length()))
                .map(name -> name.startsWith(MODEL + '.') ? MODEL : name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_USE.keySet()).containsExactlyInAnyOrderElementsOf(packages);
        assertThat(MAY_USE.values()).flatExtracting(allowed -> allowed)
                .allSatisfy(allowed -> assertThat(MAY_USE).containsKey(allowed));
    }

    @ArchTest
    static final ArchRule onlyThreadsCreatesThreads = noClasses().that()
            .resideOutsideOfPackages("io.freshet.thread..", "io.freshet.dev..")
            .should().callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould().dependOnClassesThat().areAssignableTo(Executors.class);

    /** The Java API can be embedded without a server. */
    @ArchTest
    static final ArchRule theJavaApiNeedsNoServer = noClasses().that().resideInAPackage("io.freshet.embed..")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..");

    @ArchTest
    static final ArchRule nothingInsideUsesTheJavaApi = noClasses().that().resideOutsideOfPackage("io.freshet.embed..")
            .should().dependOnClassesThat().resideInAPackage("io.freshet.embed..");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.freshet.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesBetweenSubPackages = slices().matching("io.freshet.(**)").should().beFreeOfCycles();

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
    static final ArchRule kafkaStaysInItsPackages = noClasses().that()
            .resideOutsideOfPackages("io.freshet.kafka..", "io.freshet.deadletter..", "io.freshet.sink.channel..",
                    "io.freshet.dev..")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "kafka..");

    /** Everything else sends to channels and receives from them. */
    @ArchTest
    static final ArchRule onlyConnectorsHaveProducersConsumersAndEmitters = noClasses().that()
            .resideOutsideOfPackages("io.freshet.kafka..", "io.freshet.deadletter.channel..", "io.freshet.sink.channel..",
                    "io.freshet.source.channel..", "io.freshet.sink.live..", "io.freshet.dev..")
            .should().dependOnClassesThat().areAssignableTo(Producer.class)
            .orShould().dependOnClassesThat().areAssignableTo(Consumer.class)
            .orShould().dependOnClassesThat().areAssignableTo(Emitter.class)
            .orShould().dependOnClassesThat().areAssignableTo(MutinyEmitter.class);

    @ArchTest
    static final ArchRule databasesStayInStoresAndSinks = noClasses().that()
            .resideOutsideOfPackages("io.freshet.store..", "io.freshet.sink.redis..", "io.freshet.sink.mongo..",
                    "io.freshet.dev..")
            .should().dependOnClassesThat().resideInAnyPackage("com.mongodb..", "org.bson..", "io.vertx.redis..",
                    "io.quarkus.redis..", "io.quarkus.mongodb..");

    @ArchTest
    static final ArchRule jdbcStaysInItsPackages = noClasses().that()
            .resideOutsideOfPackages("io.freshet.database..", "io.freshet.sink.database..")
            .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "org.postgresql..");
}
