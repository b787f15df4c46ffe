package io.freshet.api;

import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import io.freshet.model.gan.GanParameters;

/** Declares the query parameters of {@link GanParameters}, which read their values. */
public class TrainingParameters {

    @QueryParam("epochs")
    @Nullable
    String epochs;

    @QueryParam("batch_size")
    @Nullable
    String batchSize;

    @QueryParam("pac")
    @Nullable
    String pac;

    @QueryParam("embedding_dim")
    @Nullable
    String embeddingDim;

    @QueryParam("generator_dim")
    @Nullable
    String generatorDim;

    @QueryParam("discriminator_dim")
    @Nullable
    String discriminatorDim;

    @QueryParam("generator_lr")
    @Nullable
    String generatorRate;

    @QueryParam("discriminator_lr")
    @Nullable
    String discriminatorRate;

    @QueryParam("generator_decay")
    @Nullable
    String generatorDecay;

    @QueryParam("discriminator_decay")
    @Nullable
    String discriminatorDecay;

    @QueryParam("discriminator_steps")
    @Nullable
    String discriminatorSteps;

    @QueryParam(GanParameters.MAX_SECONDS)
    @Nullable
    String maxSeconds;

    @QueryParam(GanParameters.SEED)
    @Nullable
    String seed;
}
