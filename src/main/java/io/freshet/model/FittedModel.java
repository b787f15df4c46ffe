package io.freshet.model;

import java.util.Optional;

/**
 * A model that was fitted to a table.
 *
 * @param choice why its method was selected; empty if the method was given
 */
public record FittedModel(SynthesisModel model, Optional<MethodChoice> choice) {
}
