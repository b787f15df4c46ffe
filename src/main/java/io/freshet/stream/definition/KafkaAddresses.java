package io.freshet.stream.definition;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The addresses of Kafka and of the schema registry that a Kafka sink repeats. Both are configured for the whole service,
 * together with their credentials, so a sink may repeat the addresses but not name others.
 *
 * @param servers empty if the sink does not name them
 * @param registry empty if the sink does not name it
 */
public record KafkaAddresses(Optional<DefinitionNode> servers, Optional<DefinitionNode> registry) {

    /**
     * Checks that the sink names the configured addresses.
     *
     * @param kafka the configured servers, separated by commas
     * @param schemas the configured URL of the registry; empty if there is none
     * @throws DefinitionException if the sink names others
     */
    public void check(String kafka, Optional<String> schemas) {
        servers.ifPresent(node -> {
            Set<String> known = new HashSet<>(Arrays.asList(kafka.split("\\s*,\\s*")));
            if (Arrays.stream(node.text().strip().split("\\s*,\\s*")).noneMatch(known::contains)) {
                throw node.wrong("must be the Kafka cluster of this service; set KAFKA_BOOTSTRAP_SERVERS to use another one");
            }
        });
        UnaryOperator<String> bare = url -> url.strip().replaceAll("/+$", "");
        registry.ifPresent(node -> {
            if (!schemas.map(bare).equals(Optional.of(bare.apply(node.text())))) {
                throw node.wrong(
                        "must be the schema registry of this service; set freshet.schema-registry.url to use another one");
            }
        });
    }
}
