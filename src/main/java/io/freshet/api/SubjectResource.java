package io.freshet.api;

import java.io.IOException;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.SchemaRegistry;
import io.freshet.model.declared.SchemaFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;

/** Declares models from the subjects of the schema registry. */
@Path("/api/v1/models/{name}/declare-from-subject")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class SubjectResource {

    private static final int UNAVAILABLE = 503;

    private final SchemaRegistry registry;
    private final ModelAdmission admission;
    private final ModelDeclarations declarations;

    public SubjectResource(SchemaRegistry registry, ModelAdmission admission, ModelDeclarations declarations) {
        this.registry = registry;
        this.admission = admission;
        this.declarations = declarations;
    }

    /**
     * The body of a request.
     *
     * @param subject such as orders-value
     * @param version a number, or latest (the default)
     * @param force whether running streams that could not use the model are ignored
     */
    @RegisterForReflection
    public record Request(@Nullable String subject, @Nullable String version, @Nullable Boolean force) {
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Declare a model from a subject of the schema registry", description = "Reads the Avro, Protocol Buffers "
            + "or JSON schema of a subject, and declares the model as PUT does with the text of the schema.")
    @APIResponse(responseCode = "422", description = "The subject does not exist, or no model can be made of its schema")
    @APIResponse(responseCode = "503", description = "The schema registry does not answer")
    @RequestBody(content = @Content(schema = @Schema(implementation = Request.class)))
    public Response declare(@PathParam("name") String name, @Nullable String body) {
        admission.check(name);
        Request request = JsonBody.read(body, Request.class);
        String subject = request.subject();
        if (subject == null || subject.isBlank()) {
            throw refused("subject is missing");
        }
        if (!registry.isConfigured()) {
            throw refused("no schema registry is configured; set freshet.schema-registry.url");
        }
        try {
            SchemaRegistry.SubjectSchema schema = registry.schema(subject,
                    request.version() == null ? "latest" : request.version());
            SchemaFormat format = SchemaFormat.ofRegistry(schema.type())
                    .orElseThrow(() -> refused("the schema of " + subject + " has the unknown type " + schema.type()));
            return declarations.declare(name, format, schema.text(), Boolean.TRUE.equals(request.force()));
        } catch (SchemaRegistry.RefusedException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(UNAVAILABLE, "subject", String.valueOf(e.getMessage())));
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(422, "subject", detail));
    }
}
