package io.freshet.api;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of the API. */
@ConfigMapping(prefix = "freshet.api")
public interface ApiConfig {

    /** Selects the model for socket requests that do not name one. */
    Optional<String> defaultModel();

    /** Limits the number of sockets that are open at a time. Further ones are rejected. */
    @WithDefault("100")
    int maxConnections();

    /** Limits how many records one request over a socket may ask for. */
    @WithDefault("10000000")
    long maxRecordsPerSocketRequest();

    /** Limits how many records one message of a socket contains. */
    @WithDefault("10000")
    int maxRecordsPerMessage();

    /** Limits how many records one HTTP request may ask for. */
    @WithDefault("1000000000")
    long maxRecordsPerHttpRequest();

    /** Limits the number of models that clients can create. */
    @WithDefault("1000")
    int maxModels();

    /** Limits the number of streams that clients can have at a time. */
    @WithDefault("1000")
    int maxStreams();

    /** Limits the pace of clients' streams, in records per second. If it is set, every stream must have a pace. */
    Optional<Double> maxRecordsPerSecond();
}
