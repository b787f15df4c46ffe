package io.freshet.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the owner of a table asked of the fit of a model, so that the next fit can begin from it.
 *
 * @param parameters the values of each parameter that was given, by the names of the API's query parameters; those that were
 *        left out have their defaults
 */
public record RequestedFit(Map<String, List<String>> parameters) {

    /** Every parameter has its default, or what was asked for is not known. */
    public static final RequestedFit DEFAULTS = new RequestedFit(Map.of());

    public RequestedFit {
        parameters = parameters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }
}
