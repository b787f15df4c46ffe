package io.freshet.sink;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Where the schemas of records are registered. */
@ConfigMapping(prefix = "freshet.schema-registry")
public interface SchemaRegistryConfig {

    /**
     * A registry with Confluent's API, such as {@code http://registry:8081} or {@code http://apicurio:8080/apis/ccompat/v7}.
     */
    Optional<String> url();

    /** User and password with a colon between them. */
    Optional<String> credentials();
}
