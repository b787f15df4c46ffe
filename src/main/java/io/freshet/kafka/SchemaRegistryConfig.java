package io.freshet.kafka;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Controls where the schemas of records are registered. */
@ConfigMapping(prefix = "freshet.schema-registry")
public interface SchemaRegistryConfig {

    /**
     * Sets the address of a schema registry with Confluent's API, such as {@code http://registry:8081} or
     * {@code http://apicurio:8080/apis/ccompat/v7}.
     */
    Optional<String> url();

    /** Sets the user and password for the schema registry, separated by a colon. */
    Optional<String> credentials();
}
