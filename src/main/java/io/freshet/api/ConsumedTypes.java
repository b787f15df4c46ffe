package io.freshet.api;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.jspecify.annotations.Nullable;

/** The media types that the operations of the API accept, by method and path. Immutable. */
final class ConsumedTypes {

    private static final String VARIABLE = "\\{[^}]+}";

    private final List<Operation> operations;

    private record Operation(String method, Pattern path, List<String> types) {
    }

    private ConsumedTypes(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    static ConsumedTypes of(List<Class<?>> resources) {
        List<Operation> operations = new ArrayList<>();
        for (Class<?> resource : resources) {
            for (Method method : resource.getDeclaredMethods()) {
                Consumes consumes = method.getAnnotation(Consumes.class);
                String verb = verb(method);
                if (consumes != null && verb != null) {
                    operations.add(new Operation(verb, pattern(resource, method), List.of(consumes.value())));
                }
            }
        }
        return new ConsumedTypes(operations);
    }

    private static @Nullable String verb(Method method) {
        if (method.isAnnotationPresent(PUT.class)) {
            return "PUT";
        }
        return method.isAnnotationPresent(PATCH.class) ? "PATCH" : method.isAnnotationPresent(POST.class) ? "POST" : null;
    }

    private static Pattern pattern(Class<?> resource, Method method) {
        Path root = resource.getAnnotation(Path.class);
        Path own = method.getAnnotation(Path.class);
        String template = (root == null ? "" : root.value()) + (own == null ? "" : own.value());
        String regex = String.join("[^/]+", Arrays.stream(template.split(VARIABLE, -1)).map(Pattern::quote).toList());
        return Pattern.compile(regex + "/?");
    }

    /** @return the media types that the operations at this path accept, sorted; empty if they accept any, or there are none */
    List<String> at(String method, String path) {
        return operations.stream().filter(operation -> operation.method().equals(method))
                .filter(operation -> operation.path().matcher(path).matches()).flatMap(operation -> operation.types().stream())
                .distinct().sorted().toList();
    }
}
