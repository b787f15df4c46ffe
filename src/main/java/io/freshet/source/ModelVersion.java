package io.freshet.source;

import io.freshet.model.SynthesisModel;

/**
 * A model as it is now. One that was deleted and made anew is not equal to the one before, whatever its number.
 *
 * @param version counts up whenever the model changes; begins again when it is made anew
 */
public record ModelVersion(long version, SynthesisModel model) {
}
