package io.freshet.api;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the API allows. */
@ConfigMapping(prefix = "freshet.api")
public interface ApiConfig {

    /** The model that sockets use when a request names none. */
    Optional<String> defaultModel();

    /** How many sockets may be open at a time; the next one is refused. */
    @WithDefault("100")
    int maxConnections();

    /** How many records one request may ask for over a socket. */
    @WithDefault("10000000")
    long maxRecordsPerSocketRequest();

    /** How many records one message may hold. */
    @WithDefault("10000")
    int maxRecordsPerMessage();

    /** How many records one HTTP request may ask for. */
    @WithDefault("1000000000")
    long maxRecordsPerHttpRequest();

    /** How many models there may be that clients make. */
    @WithDefault("1000")
    int maxModels();

    /** How many streams clients may have at a time. */
    @WithDefault("1000")
    int maxStreams();

    /** The fastest pace a client's stream may have, in records per second; where it is set, a stream must say its pace. */
    Optional<Double> maxRecordsPerSecond();
}
