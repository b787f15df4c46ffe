package io.freshet.source;

import io.freshet.model.SynthesisModel;

/**
 * A model as it is now.
 *
 * @param version counts up whenever the model changes
 */
public record ModelVersion(long version, SynthesisModel model) {
}
