package io.freshet.stream.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.freshet.event.FieldPath;
import io.freshet.kafka.sink.KafkaTarget;
import io.freshet.parquet.Compression;
import io.freshet.sink.SinkConfig;
import io.freshet.sink.channel.ChannelTarget;
import io.freshet.sink.database.DatabaseTarget;
import io.freshet.sink.file.FileLimits;
import io.freshet.sink.file.FilePattern;
import io.freshet.sink.file.FileTimes;
import io.freshet.sink.mongo.MongoTarget;
import io.freshet.sink.redis.RedisTarget;
import io.freshet.table.Schema;

/** A destination for the records of a stream. */
public sealed interface SinkDefinition {

    String KAFKA = "kafka";
    String WEBSOCKET = "websocket";
    String FILE = "file";
    String REDIS = "redis";
    String MONGODB = "mongodb";
    String TABLE = "table";
    String CHANNEL = "channel";

    String NDJSON = "ndjson";
    String CSV = "csv";
    String PARQUET = "parquet";

    Duration MIN_ROLL = Duration.ofSeconds(1);

    /** What happens to a row whose key the table has already. */
    List<String> EXISTING = List.of("reject", "skip");

    /** The kinds there are. */
    List<String> KINDS = List.of(KAFKA, WEBSOCKET, FILE, REDIS, MONGODB, TABLE, CHANNEL);
    /** The settings of all kinds, beside the kind. */
    List<String> SETTINGS = List.of("name", "queue", "guard", "giveUpAfter", "deadLetters", "enable_dead_letter_queue");

    /**
     * @param columns the columns of the records if the format needs them; empty to derive them
     * @param addresses the addresses of Kafka that the sink names
     */
    record ToKafka(KafkaTarget target, Optional<Schema> columns, KafkaAddresses addresses, DeliveryDefinition delivery)
            implements
                SinkDefinition {
        @Override
        public String kind() {
            return KAFKA;
        }
    }

    record ToWebSocket(DeliveryDefinition delivery) implements SinkDefinition {
        @Override
        public String kind() {
            return WEBSOCKET;
        }
    }

    /** What a file is written in. */
    sealed interface FileFormat {

        record Ndjson() implements FileFormat {
        }

        /** @param fields the columns; none for those that the records have */
        record Csv(List<FieldPath> fields) implements FileFormat {
            public Csv {
                fields = List.copyOf(fields);
            }
        }

        /** @param columns what records have; empty for what is known of them */
        record Parquet(Optional<Schema> columns, Compression compression) implements FileFormat {
        }
    }

    /**
     * @param times how files follow one another, by time or without end; empty for a single file that may be rolled over
     */
    record ToFile(String path, FileFormat format, FileSize size, Optional<FileTimes> times, DeliveryDefinition delivery)
            implements
                SinkDefinition {
        @Override
        public String kind() {
            return FILE;
        }
    }

    /**
     * Limits the size of a file.
     *
     * @param maxBytes empty for the configured size
     * @param rollOver how many full files are kept; 0 for none
     */
    record FileSize(OptionalLong maxBytes, OptionalLong maxRecords, int rollOver) {

        private static final int MAX_FILES = 1_000;

        private static FileSize parse(DefinitionNode file) {
            return new FileSize(file.find("maxSize").map(DefinitionNode::bytes).orElse(OptionalLong.empty()),
                    file.integer("maxRecords", 1, Long.MAX_VALUE),
                    (int) file.integer("rollOver", 0, MAX_FILES).orElse(0));
        }

        public FileLimits limits(SinkConfig config) {
            return new FileLimits(maxBytes.orElse(config.filesMaxSize().asLongValue()), maxRecords.orElse(Long.MAX_VALUE),
                    rollOver);
        }
    }

    record ToRedis(RedisTarget target, DeliveryDefinition delivery) implements SinkDefinition {
        @Override
        public String kind() {
            return REDIS;
        }
    }

    record ToMongo(MongoTarget target, DeliveryDefinition delivery) implements SinkDefinition {
        @Override
        public String kind() {
            return MONGODB;
        }
    }

    record ToTable(DatabaseTarget target, DeliveryDefinition delivery) implements SinkDefinition {
        @Override
        public String kind() {
            return TABLE;
        }
    }

    record ToChannel(ChannelTarget target, DeliveryDefinition delivery) implements SinkDefinition {
        @Override
        public String kind() {
            return CHANNEL;
        }
    }

    /** How records are brought there. */
    DeliveryDefinition delivery();

    /** Returns whether the sink says which columns it wants of records. */
    default boolean hasOwnColumns() {
        return this instanceof ToKafka kafka && kafka.columns().isPresent()
                || this instanceof ToFile file && file.format() instanceof FileFormat.Parquet parquet
                        && parquet.columns().isPresent();
    }

    /** Returns the kind as definitions name it, one of {@link #KINDS}. */
    String kind();

    static SinkDefinition parse(DefinitionNode node) {
        String kind = node.oneKind("kind of sink", KINDS, KINDS, SETTINGS);
        DeliveryDefinition delivery = DeliveryDefinition.parse(node);
        DefinitionNode target = node.get(kind);
        return switch (kind) {
            case KAFKA -> new ToKafka(KafkaDefinition.parse(target), KafkaDefinition.columns(target),
                    KafkaDefinition.addresses(target), delivery);
            case WEBSOCKET -> webSocket(node, delivery);
            case FILE -> file(target, delivery);
            case REDIS -> new ToRedis(RedisDefinition.parse(target), delivery);
            case MONGODB -> new ToMongo(MongoDefinition.parse(target), delivery);
            case TABLE -> new ToTable(table(target), delivery);
            case CHANNEL -> new ToChannel(ChannelDefinitions.target(target), delivery);
            default -> throw new IllegalStateException("no parser for the sink " + kind);
        };
    }

    private static ToWebSocket webSocket(DefinitionNode node, DeliveryDefinition delivery) {
        node.get(WEBSOCKET).object();
        if (node.json().has("guard")) {
            throw node.get("guard").wrong("is not for websocket sinks: they deliver at once to subscribers that drop "
                    + "records when they are slow, so that there is nothing to time out or to retry");
        }
        return new ToWebSocket(delivery);
    }

    private static ToFile file(DefinitionNode written, DeliveryDefinition delivery) {
        DefinitionNode file = written.object("path", "format", "fields", "compression", "maxSize", "maxRecords", "rollOver",
                "rollEvery", "timestamp");
        return new ToFile(file.get("path").text(), fileFormat(file), FileSize.parse(file), times(file), delivery);
    }

    private static DatabaseTarget table(DefinitionNode written) {
        DefinitionNode table = written.named().object("name", "fields", "existing");
        return new DatabaseTarget(table.get("name").text(), table.find("fields").map(SinkDefinition::fields).orElse(List.of()),
                table.oneOf("existing", EXISTING).equals("skip"));
    }

    private static FileFormat fileFormat(DefinitionNode file) {
        String format = format(file, NDJSON, CSV, PARQUET);
        if (format.equals(NDJSON) && file.find("fields").isPresent()) {
            throw file.get("fields").wrong("is only allowed for the formats csv and parquet");
        }
        if (!format.equals(PARQUET) && file.find("compression").isPresent()) {
            throw file.get("compression").wrong("is only allowed for the format parquet");
        }
        return switch (format) {
            case CSV -> new FileFormat.Csv(file.find("fields").map(SinkDefinition::fields).orElse(List.of()));
            case PARQUET -> new FileFormat.Parquet(file.find("fields").map(ColumnDefinition::parse),
                    file.find("compression").map(SinkDefinition::compression).orElse(Compression.ZSTD));
            default -> new FileFormat.Ndjson();
        };
    }

    private static Optional<FileTimes> times(DefinitionNode file) {
        Optional<String> timestamp = file.find("timestamp").map(DefinitionNode::text);
        Optional<Duration> every = file.find("rollEvery").map(SinkDefinition::rollEvery);
        FilePattern pattern;
        try {
            pattern = FilePattern.of(file.get("path").text());
        } catch (IllegalArgumentException e) {
            throw file.get("path").wrong("has braces without the pattern of a time, such as {yyyy-MM-dd}: " + e.getMessage());
        }
        if (timestamp.isPresent() && !pattern.isTimed()) {
            throw file.get("timestamp")
                    .wrong("needs a path with the pattern of a time, such as dt={yyyy-MM-dd}/orders.parquet");
        }
        if (every.isEmpty() && !pattern.isTimed()) {
            return Optional.empty();
        }
        file.find("rollOver").ifPresent(node -> {
            throw node.wrong("cannot be used with rollEvery or a path with times, which keep all files");
        });
        return Optional.of(new FileTimes(pattern, timestamp, every));
    }

    private static Duration rollEvery(DefinitionNode node) {
        Duration every = node.duration();
        if (every.compareTo(MIN_ROLL) < 0) {
            throw node.wrong("must be at least " + MIN_ROLL.toSeconds() + "s");
        }
        return every;
    }

    private static Compression compression(DefinitionNode node) {
        return Compression.find(node.text())
                .orElseThrow(() -> node.wrong("must be one of " + String.join(", ", Compression.ids())));
    }

    private static List<FieldPath> fields(DefinitionNode node) {
        return node.elements("fields").stream().map(each -> {
            try {
                return FieldPath.of(each.text());
            } catch (IllegalArgumentException e) {
                throw each.wrong("must be a field: " + e.getMessage());
            }
        }).toList();
    }

    private static String format(DefinitionNode sink, String... known) {
        Optional<DefinitionNode> format = sink.find("format");
        String name = format.map(DefinitionNode::text).orElse(known[0]);
        if (!List.of(known).contains(name)) {
            throw format.orElse(sink).wrong("must be one of " + String.join(", ", known));
        }
        return name;
    }
}
