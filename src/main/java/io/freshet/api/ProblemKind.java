package io.freshet.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problems that the API reports. Each has a title and a stable type, which is the path {@code /problems/ID} of its
 * description. The detail of a problem says what is wrong with a particular request.
 */
public enum ProblemKind {

    INVALID_VALUE(422, "Invalid value", "A parameter or a field is missing, or its value is not allowed."),
    UNKNOWN_PARAMETER(422, "Unknown query parameter",
            "The operation does not accept this query parameter; the parameters that it accepts are listed in allowed."),
    UNKNOWN_FIELD(422, "Unknown field", "The body has an unknown field; the known fields are listed in allowed."),
    INVALID_CONDITION(422, "Invalid condition",
            "A condition on a column of a model is invalid, or no row of the model can satisfy it."),
    INVALID_DEFINITION(422, "Invalid stream definition",
            "A field of the stream definition is unknown or has an invalid value."),
    INVALID_TABLE(422, "Invalid table", "The body, or a file of the form, is not a valid table."),
    INVALID_MODEL_FILE(422, "Invalid model file", "The body is not a valid model file."),
    MALFORMED_REQUEST(400, "Malformed request", "The request, or its body, cannot be parsed."),
    UNAUTHENTICATED(401, "Authentication required", "The request has no valid API key or token."),
    FORBIDDEN(403, "Forbidden", "The caller's role, the origin or the host name of the request does not allow this."),
    NOT_FOUND(404, "Not found", "The path, or what it names, does not exist."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The path exists, but does not support this method."),
    NOT_ACCEPTABLE(406, "Not acceptable", "The operation supports none of the media types that the request accepts."),
    CONFLICT(409, "Conflict", "The state of the model or stream does not allow this."),
    BODY_TOO_LARGE(413, "Body too large", "The body exceeds the size limit of the service."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type",
            "The operation does not accept bodies of this media type; the types that it accepts are listed in allowed."),
    ON_ANOTHER_INSTANCE(421, "On another instance", "The stream runs on another instance; a new connection may reach it."),
    TOO_MANY_REQUESTS(429, "Too many requests", "A limit is reached; try again later."),
    INTERNAL_ERROR(500, "Internal error", "An unexpected error occurred; the log of the service has the cause."),
    UNAVAILABLE(503, "Unavailable", "A server that the request needs cannot be reached; try again later.");

    private static final String ROOT = "/problems/";

    private final int status;
    private final String title;
    private final String description;

    ProblemKind(int status, String title, String description) {
        this.status = status;
        this.title = title;
        this.description = description;
    }

    /** @return the kind of problems of this status that have no specific kind; empty if the status has no such kind */
    static Optional<ProblemKind> ofStatus(int status) {
        return Arrays.stream(values()).filter(kind -> kind.status == status).findFirst();
    }

    static Optional<ProblemKind> find(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return a URI reference, relative to the service */
    String type() {
        return ROOT + id();
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }
}
