package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentHolder;
import io.smallrye.openapi.api.SmallRyeOpenAPI;

/**
 * In the native binary, the API's description is read when somebody asks for it. Quarkus would read it at each start, before
 * anything is answered, which is a good part of the time a start takes.
 */
@TargetClass(className = "io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService$DynamicDocument")
@Substitute
final class DocumentOnDemand implements OpenApiDocumentHolder {

    private static final String STORED = OpenApiConstants.BASE_NAME + ".JSON";

    private SmallRyeOpenAPI.Builder builder;

    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    DocumentOnDemand(SmallRyeOpenAPI.Builder builder, ClassLoader loader, Set<String> filters) {
        this.builder = builder.withCustomStaticFile(() -> loader.getResourceAsStream(STORED));
        filters.forEach(filter -> builder.addFilter(filter, loader, null));
    }

    @Override
    @Substitute
    public byte[] getJsonDocument() {
        return builder.build().toJSON().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    @Substitute
    public byte[] getYamlDocument() {
        return builder.build().toYAML().getBytes(StandardCharsets.UTF_8);
    }
}
