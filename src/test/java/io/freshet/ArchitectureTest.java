package io.freshet;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

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

/** Checks the package table of the architecture page: what each package may use, and what plain packages must not use. */
@AnalyzeClasses(packages = "io.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String VALUES = "parquet table stats event codec memory retry thread model.. protobuf ";
    private static final String SOURCES = "source source.model source.retail source.chaos source.websocket source.pattern source.tap "
            + "source.channel source.twin ";
    private static final String SINKS = "sink sink.file sink.live sink.redis sink.mongo sink.database "
            + "sink.channel database ";
    private static final String KAFKA = "kafka kafka.sink kafka.source kafka.channel ";
    private static final String BELOW = VALUES + SOURCES + SINKS + KAFKA
            + "retail security stage store deadletter deadletter.channel ";
    private static final String RUNNING = "stream.load stream.definition stream.delivery stream.engine stream.health ";
    private static final String STREAMS = RUNNING + "stream stream.cluster stream.declared stream.trial stream.alert ";

    /** Two dots after a package stand for the package and its sub-packages. */
    private static final Map<String, String> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("memory", ""),
            Map.entry("thread", ""),
            Map.entry("retry", ""),
            Map.entry("parquet", ""),
            Map.entry("table", "parquet"),
            Map.entry("stats", ""),
            Map.entry("event", ""),
            Map.entry("dev", ""),
            Map.entry("security", ""),
            Map.entry("model..", "protobuf score stage table stats thread"),
            Map.entry("protobuf", ""),
            Map.entry("score", "table stats"),
            Map.entry("retail", "event stats table"),
            Map.entry("database", "parquet table"),
            Map.entry("codec", "parquet protobuf table event"),
            Map.entry("stage", "memory table event stats"),
            Map.entry("store", VALUES),
            Map.entry("embed", VALUES + "stage"),
            Map.entry("source", VALUES),
            Map.entry("source.model", VALUES + "source"),
            Map.entry("source.retail", VALUES + "source retail"),
            Map.entry("source.chaos", VALUES + "source"),
            Map.entry("source.websocket", VALUES + "source security"),
            Map.entry("source.pattern", VALUES + "source"),
            Map.entry("source.tap", VALUES + "source"),
            Map.entry("source.channel", VALUES + "source source.model source.twin"),
            Map.entry("source.twin", VALUES + "source source.model"),
            Map.entry("sink", "table event codec thread"),
            Map.entry("sink.file", "parquet table event codec sink thread"),
            Map.entry("sink.live", "table event codec sink"),
            Map.entry("sink.redis", "table event codec sink"),
            Map.entry("sink.mongo", "table event codec sink thread"),
            Map.entry("sink.database", "table event codec sink database thread"),
            Map.entry("sink.channel", "table event codec sink"),
            Map.entry("kafka", "table event codec security sink retry thread"),
            Map.entry("kafka.sink", "table event codec security sink kafka"),
            Map.entry("kafka.source", VALUES + "source source.model source.twin security kafka"),
            Map.entry("kafka.channel", VALUES
                    + "security source source.model source.twin sink sink.channel kafka kafka.sink kafka.source"),
            Map.entry("amqp", "sink sink.channel source.channel"),
            Map.entry("mqtt", "sink sink.channel source.channel"),
            Map.entry("rabbitmq", "sink sink.channel source.channel thread"),
            Map.entry("deadletter", "table event codec sink kafka thread deadletter.channel"),
            Map.entry("deadletter.channel", "table event codec sink sink.channel kafka kafka.sink"),
            Map.entry("stream.load", ""),
            Map.entry("stream.definition", BELOW + "stream.load"),
            Map.entry("stream.delivery", VALUES + "security source stage sink deadletter"),
            Map.entry("stream.engine",
                    VALUES + "source stage sink deadletter store stream.load stream.definition stream.delivery"),
            Map.entry("stream.assembly", BELOW + "stream.load stream.definition stream.delivery stream.engine"),
            Map.entry("stream.health", VALUES + "source stage stream.definition stream.delivery stream.engine"),
            Map.entry("stream", BELOW + RUNNING + "stream.assembly"),
            Map.entry("stream.cluster", BELOW + RUNNING + "stream"),
            Map.entry("stream.declared", BELOW + RUNNING + "stream stream.cluster"),
            Map.entry("stream.trial", BELOW + RUNNING + "stream.assembly"),
            Map.entry("stream.alert", VALUES + "security sink.live sink.channel stream stream.delivery stream.health"),
            Map.entry("api", BELOW + STREAMS + "score"),
            Map.entry("cli", VALUES + "score retail database stream.definition"),
            Map.entry("ops", BELOW + STREAMS + "cli")));

    private static final String[] PLAIN = { "io.freshet.parquet..", "io.freshet.protobuf..", "io.freshet.table..",
            "io.freshet.stats..",
            "io.freshet.event..",
            "io.freshet.model..", "io.freshet.score..", "io.freshet.retail..", "io.freshet.codec..", "io.freshet.stage.." };

    @ArchTest
    static void packagesUseOnlyWhatTheTableAllows(JavaClasses classes) {
        MAY_USE.forEach((name, allowed) -> {
            Set<String> may = Set.of(allowed.trim().split(" +"));
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(name) && !may.contains(other))
                    .map(other -> "io.freshet." + other)
                    .toArray(String[]::new);
            noClasses().that().resideInAPackage("io.freshet." + name)
                    .should().dependOnClassesThat().resideInAnyPackage(forbidden)
                    .allowEmptyShould(true)
                    .check(classes);
        });
    }

    @ArchTest
    static void everyPackageIsInTheTable(JavaClasses classes) {
        Set<String> packages = classes.stream().map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.freshet."))
                .map(name -> name.substring("io.freshet.".length()))
                .filter(name -> !name.startsWith("model."))
                .map(name -> name.equals("model") ? "model.." : name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isSubsetOf(MAY_USE.keySet());
        assertThat(MAY_USE.values()).flatExtracting(allowed -> Arrays.asList(allowed.trim().split(" +")))
                .filteredOn(allowed -> !allowed.isEmpty())
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
