package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {

    private static QueryParameters of(Class<?> resource, String method) {
        Method found = Arrays.stream(resource.getDeclaredMethods())
                .filter(one -> one.getName().equals(method) && Modifier.isPublic(one.getModifiers()))
                .findFirst()
                .orElseThrow();
        return QueryParameters.of(found);
    }

    private static @Nullable Problem problem(QueryParameters parameters, String name, String... values) {
        return parameters.problem(Map.of(name, List.of(values))).orElse(null);
    }

    @Test
    void aMisspeltFilterIsUnknownAndTheRightNameIsSuggested() {
        Problem problem = problem(of(DeadLettersResource.class, "purge"), "straem", "demo");

        assertThat(problem).isNotNull().returns(422, Problem::status).returns("straem", Problem::field)
                .returns("/problems/unknown-parameter", Problem::type)
                .returns(List.of("stream", "reason", "id", "all"), Problem::allowed);
        assertThat(problem.detail()).isEqualTo("unknown query parameter straem; did you mean stream?");
    }

    @Test
    void anOperationWithoutParametersAcceptsNone() {
        Problem problem = problem(of(StreamsResource.class, "pause"), "force", "true");

        assertThat(problem).isNotNull().returns(null, Problem::allowed);
        assertThat(problem.detail()).endsWith("has none");
    }

    @Test
    void parametersOfBeansAndFamiliesAreKnown() {
        assertThat(problem(of(VoxelsResource.class, "voxels"), "since", "5")).isNull();
        assertThat(problem(of(ModelsResource.class, "partialFit"), "window_rows", "5")).isNull();
        QueryParameters fit = of(ModelsResource.class, "fit");
        assertThat(problem(fit, "type.tier", "integer")).isNull();
        assertThat(problem(fit, "type.a.b", "integer")).isNull();
        assertThat(problem(fit, "constraint", "a <= b", "b <= c")).as("a list may have several values").isNull();
        assertThat(fit.names()).contains("method", "type.COLUMN");
    }

    @ParameterizedTest
    @CsvSource({ "Type.tier,type.tier", "typ.tier,type.tier", "constraints,constraint", "strat,strata" })
    void alsoSuggestsFamilies(String given, String meant) {
        Problem problem = problem(of(ModelsResource.class, "fit"), given, "x");

        assertThat(problem).isNotNull();
        assertThat(problem.detail()).contains("did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({ "abc,a whole number", "'',a whole number", "1.5,a whole number", "99999999999,from -2147483648 to 2147483647",
            "99999999999999999999,from -2147483648 to 2147483647" })
    void aWrongNumberIsAProblemOfItsParameter(String value, String expected) {
        Problem problem = problem(of(DeadLettersResource.class, "list"), "limit", value);

        assertThat(problem).isNotNull().returns("limit", Problem::field).returns(422, Problem::status);
        assertThat(problem.detail()).isEqualTo("limit must be " + expected + ", not " + value);
    }

    @Test
    void anInvalidBooleanAndARepeatedParameterAreProblems() {
        QueryParameters samples = of(SamplesResource.class, "get");

        assertThat(problem(samples, "metadata", "yes")).isNotNull().returns("metadata must be true or false, not yes",
                Problem::detail);
        assertThat(problem(samples, "metadata", "true")).isNull();
        assertThat(problem(samples, "count", "1", "2")).isNotNull().returns("count is given 2 times", Problem::detail);
    }

    /** The native binary cannot reflect on the methods of other classes. */
    @Test
    void allResourcesAreReflected() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/freshet/api"))) {
            List<String> resources = sources.map(Path::getFileName).map(Path::toString)
                    .filter(name -> name.endsWith("Resource.java")
                            || name.endsWith("Parameters.java") && !name.equals("QueryParameters.java"))
                    .map(name -> name.replace(".java", "")).toList();
            assertThat(QueryCheck.REFLECTED).extracting(Class::getSimpleName).containsAll(resources);
        }
    }
}
