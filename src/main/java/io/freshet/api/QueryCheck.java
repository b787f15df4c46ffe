package io.freshet.api;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Rejects requests with query parameters that the resource method does not declare, because a misspelt filter must not select
 * everything. An invalid value is reported as a problem of its parameter, and not as a missing page.
 */
@RegisterForReflection(targets = { AccessResource.class, AlertsResource.class, BuffersResource.class, DeadLettersResource.class,
        DeclarationsResource.class, EvaluationResource.class, FitParameters.class, FitResource.class, HistoryResource.class,
        InfluenceParameters.class, ModelsResource.class, PrivacyParameters.class, ProblemsResource.class,
        ReadingParameters.class, RecordsResource.class, RetailResource.class, SamplesResource.class, ServiceResource.class,
        StreamsResource.class, SubjectResource.class, TableFitResource.class, TopicFitResource.class, TrainingParameters.class,
        VoxelsResource.class, VoxelsResource.Question.class, WindowsResource.class })
class QueryCheck {

    /** The registered classes above. */
    static final List<Class<?>> REFLECTED = List.of(QueryCheck.class.getAnnotation(RegisterForReflection.class).targets());

    private final Map<Method, QueryParameters> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    @Nullable
    Response check(ResourceInfo resource, UriInfo uri) {
        return known.computeIfAbsent(resource.getResourceMethod(), QueryParameters::of).problem(uri.getQueryParameters())
                .map(Problem::response).orElse(null);
    }
}
