package io.freshet.stream.definition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import io.freshet.codec.BinaryFormat;
import io.freshet.kafka.sink.CloudEvents;
import io.freshet.kafka.sink.KafkaSettings;
import io.freshet.kafka.sink.KafkaTarget;
import io.freshet.kafka.source.ConsumerSettings;
import io.freshet.table.Schema;

/** Parses the definition of a Kafka sink. */
final class KafkaDefinition {

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final String JSON = "json";
    private static final String TEXT = "string";
    /** Producer settings that transactions fix. */
    private static final Set<String> FIXED_BY_TRANSACTIONS = Set.of("acks", "enable.idempotence", "retries",
            "max.in.flight.requests.per.connection");

    private KafkaDefinition() {
    }

    static KafkaTarget parse(DefinitionNode node) {
        DefinitionNode kafka = node.object("topic", "key", "format", "keyFormat", "tombstones", "cloudEvents", "ids",
                "exactlyOnce", "timestamp", "fields", "settings", "bootstrapServers", "bootstrap_servers",
                "schemaRegistryUrl", "schema_registry_url");
        Optional<String> key = kafka.find("key").map(DefinitionNode::text);
        Optional<BinaryFormat> format = kafka.find("format").flatMap(KafkaDefinition::format);
        double tombstones = kafka.find("tombstones").map(share -> share.number(0, 1)).orElse(0.0);
        if (tombstones > 0 && key.isEmpty()) {
            throw kafka.get("tombstones").wrong("needs a key: a tombstone is a message with a key and no value");
        }
        boolean exactlyOnce = flag(kafka, "exactlyOnce", false);
        return new KafkaTarget(kafka.find("topic").map(KafkaDefinition::topic).orElse(""), key, format,
                framedKeys(kafka, format), tombstones,
                kafka.find("cloudEvents").flatMap(KafkaDefinition::cloudEvents), flag(kafka, "ids", true), exactlyOnce,
                kafka.find("timestamp").map(DefinitionNode::text),
                kafka.find("settings").map(settings -> settings(settings, exactlyOnce)).orElse(Map.of()));
    }

    /** Returns the addresses of Kafka and the registry that the sink names. */
    static KafkaAddresses addresses(DefinitionNode kafka) {
        return new KafkaAddresses(kafka.find("bootstrapServers").or(() -> kafka.find("bootstrap_servers")),
                kafka.find("schemaRegistryUrl").or(() -> kafka.find("schema_registry_url")));
    }

    private static Optional<CloudEvents> cloudEvents(DefinitionNode node) {
        if (node.json().isBoolean()) {
            return node.flag() ? Optional.of(CloudEvents.DEFAULT) : Optional.empty();
        }
        if (!node.json().isObject()) {
            throw node.wrong("must be true, false, or an object with the fields type, typeField, time");
        }
        node.object("type", "typeField", "time");
        Optional<String> type = node.find("type").map(DefinitionNode::text);
        Optional<String> typeField = node.find("typeField").map(DefinitionNode::text);
        return Optional.of(new CloudEvents(type.orElse(CloudEvents.RECORD),
                typeField.or(() -> type.isPresent() ? Optional.empty() : Optional.of(CloudEvents.TYPE_FIELD)),
                node.find("time").map(DefinitionNode::text)));
    }

    /** Returns the declared columns of the records, if there are any. */
    static Optional<Schema> columns(DefinitionNode kafka) {
        Optional<DefinitionNode> fields = kafka.find("fields");
        if (fields.isPresent() && kafka.find("format").flatMap(KafkaDefinition::format).isEmpty()) {
            throw fields.get().wrong("is only allowed for the formats " + String.join(", ", BinaryFormat.ids()));
        }
        return fields.map(ColumnDefinition::parse);
    }

    private static boolean flag(DefinitionNode node, String name, boolean otherwise) {
        return node.find(name).map(DefinitionNode::flag).orElse(otherwise);
    }

    static String topic(DefinitionNode topic) {
        if (!TOPIC.matcher(topic.text()).matches() || topic.text().equals(".") || topic.text().equals("..")) {
            throw topic.wrong("must consist of at most 249 letters, digits, dots, dashes and underscores");
        }
        return topic.text();
    }

    private static Optional<BinaryFormat> format(DefinitionNode node) {
        Optional<BinaryFormat> format = BinaryFormat.find(node.text());
        if (format.isEmpty() && !node.text().equals(JSON)) {
            throw node.wrong("must be one of " + JSON + ", " + String.join(", ", BinaryFormat.ids()));
        }
        return format;
    }

    private static boolean framedKeys(DefinitionNode kafka, Optional<BinaryFormat> format) {
        Optional<DefinitionNode> wanted = kafka.find("keyFormat");
        if (wanted.isEmpty() || wanted.get().text().equals(TEXT)) {
            return false;
        }
        if (format.map(known -> known.id().equals(wanted.get().text())).orElse(false)) {
            return true;
        }
        throw wanted.get().wrong("must be " + format.map(known -> known.id() + " or ").orElse("") + TEXT
                + ": the format of the records, or text");
    }

    private static Map<String, String> settings(DefinitionNode node, boolean exactlyOnce) {
        Map<String, String> settings = settings(node, "producer", KafkaSettings::check);
        FIXED_BY_TRANSACTIONS.stream().filter(name -> exactlyOnce && settings.containsKey(name)).findFirst().ifPresent(name -> {
            throw node.get(name).wrong("cannot be set with exactlyOnce, because transactions require a fixed value");
        });
        return settings;
    }

    /** Parses the settings of a consumer. */
    static Map<String, String> consumerSettings(DefinitionNode node) {
        return settings(node, "consumer", ConsumerSettings::check);
    }

    private static Map<String, String> settings(DefinitionNode node, String client, BiConsumer<String, String> check) {
        if (!node.json().isObject()) {
            throw node.wrong("must be an object: setting of the " + client + " to value");
        }
        Map<String, String> settings = new HashMap<>();
        for (String written : (Iterable<String>) node.json()::fieldNames) {
            DefinitionNode value = node.get(written);
            // the configuration of Python clients writes the names with underscores
            String name = written.replace('_', '.');
            if (settings.containsKey(name)) {
                throw value.wrong("is set twice");
            }
            try {
                check.accept(name, value.json().asText());
            } catch (IllegalArgumentException e) {
                throw value.wrong(String.valueOf(e.getMessage()));
            }
            settings.put(name, value.json().asText());
        }
        return settings;
    }
}
