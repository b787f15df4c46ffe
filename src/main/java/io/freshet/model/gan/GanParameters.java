package io.freshet.model.gan;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.freshet.model.GanOptions;

/** Reads {@link GanOptions} from parameters with the names that are usual for CTGAN. */
public final class GanParameters {

    public static final String SEED = "seed";
    public static final String MAX_SECONDS = "max_seconds";
    /** All names except that of the seed. */
    public static final List<String> NAMES = List.of("epochs", "batch_size", "pac", "embedding_dim", "generator_dim",
            "discriminator_dim", "generator_lr", "discriminator_lr", "generator_decay", "discriminator_decay",
            "discriminator_steps", MAX_SECONDS);
    private static final double MILLIS = 1e3;

    private final Map<String, String> given;

    private GanParameters(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Reads options; those that are not given have their defaults.
     *
     * @throws IllegalArgumentException if a value is invalid; the message names the parameter first
     */
    public static GanOptions parse(Map<String, String> given) {
        return new GanParameters(given).options(GanOptions.defaults());
    }

    private GanOptions options(GanOptions defaults) {
        return new GanOptions(integer("epochs", defaults.epochs()), integer("batch_size", defaults.batchSize()),
                integer("pac", defaults.pac()), integer("embedding_dim", defaults.embeddingDim()),
                integers("generator_dim", defaults.generatorDim()), integers("discriminator_dim", defaults.discriminatorDim()),
                number("generator_lr", defaults.generatorRate()), number("discriminator_lr", defaults.discriminatorRate()),
                number("generator_decay", defaults.generatorDecay()),
                number("discriminator_decay", defaults.discriminatorDecay()),
                integer("discriminator_steps", defaults.discriminatorSteps()),
                value(SEED, "a whole number", Long::valueOf).orElse(defaults.seed()),
                value(MAX_SECONDS, "a number of seconds",
                        text -> Duration.ofMillis(Math.round(Double.parseDouble(text) * MILLIS))));
    }

    private int integer(String name, int otherwise) {
        return value(name, "a whole number", Integer::valueOf).orElse(otherwise);
    }

    private double number(String name, double otherwise) {
        return value(name, "a number", Double::valueOf).orElse(otherwise);
    }

    private List<Integer> integers(String name, List<Integer> otherwise) {
        return value(name, "whole numbers such as 256,256",
                text -> Arrays.stream(text.split(",", -1)).map(String::trim).map(Integer::valueOf).toList()).orElse(otherwise);
    }

    private <T> Optional<T> value(String name, String kind, Function<String, T> parse) {
        String text = given.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be " + kind + ", not " + text, e);
        }
    }
}
