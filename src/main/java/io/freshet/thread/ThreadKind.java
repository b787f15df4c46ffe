package io.freshet.thread;

/** What a thread does. The architecture page describes each kind. */
public enum ThreadKind {
    STREAM("stream"),
    SINK("sink"),
    SINK_CALL("sink-call"),
    MONGODB("mongodb"),
    DATABASE("database"),
    FILES("files"),
    TOPIC("topic"),
    TWIN("twin"),
    FEED("feed"),
    FIT("fit"),
    CTGAN("ctgan"),
    SLOTS("slots"),
    KAFKA_PROBE("kafka-probe"),
    RABBITMQ("rabbitmq"),
    COMMANDS("commands"),
    STATISTICS("statistics"),
    DELETE("delete"),
    DEAD_LETTERS("dead-letters"),
    DEAD_LETTERS_DRAIN("dead-letters-drain"),
    PIPELINE("freshet-pipeline"),
    QUEUE("freshet-queue");

    private final String id;

    ThreadKind(String id) {
        this.id = id;
    }

    /** Returns the first part of the threads' names. */
    public String id() {
        return id;
    }
}
