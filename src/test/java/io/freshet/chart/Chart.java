package io.freshet.chart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** The chart, rendered by real Helm and read as what Kubernetes would read. */
final class Chart {

    static final Path FOLDER = Path.of("helm", "freshet");

    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    private Chart() {
    }

    /** Renders it with a way in, and these values: {@code name=value}. */
    static String render(String... values) {
        List<String> all = new ArrayList<>(List.of("security.apiKeys.existingSecret=keys"));
        all.addAll(List.of(values));
        return renderBare(all.toArray(String[]::new));
    }

    static String renderBare(String... values) {
        TemplateCommand command = new Helm(FOLDER).template().withName("rel").withKubeVersion("1.31.0");
        for (String value : values) {
            int equals = value.indexOf('=');
            command.set(value.substring(0, equals), value.substring(equals + 1));
        }
        return command.call();
    }

    /** The objects of what was rendered; fails where a field is none that the type has. */
    static List<HasMetadata> objects(String rendered) {
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : rendered.split("(?m)^---\\s*$")) {
            if (document.contains("kind:")) {
                HasMetadata object = KUBERNETES.unmarshal(document);
                List<String> unknown = new ArrayList<>();
                findUnknown(object.getKind(), object, unknown, Collections.newSetFromMap(new IdentityHashMap<>()));
                if (!unknown.isEmpty() || object.getClass().getSimpleName().equals("GenericKubernetesResource")
                        && !document.contains("gateway.networking.k8s.io") && !document.contains("keda.sh")) {
                    throw new AssertionError("no fields of " + object.getKind() + ": " + unknown);
                }
                objects.add(object);
            }
        }
        return objects;
    }

    static <T> List<T> objects(String rendered, Class<T> type) {
        return objects(rendered).stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static void findUnknown(String path, Object value, List<String> found, Set<Object> seen) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Collection<?> elements) {
            elements.forEach(element -> findUnknown(path + "[]", element, found, seen));
        } else if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, each) -> findUnknown(path + "." + key, each, found, seen));
        } else if (value.getClass().getName().contains(".api.model.")
                && !value.getClass().getSimpleName().equals("GenericKubernetesResource")) {
            for (var method : value.getClass().getMethods()) {
                if (method.getParameterCount() == 0 && method.getName().startsWith("get")
                        && !method.getName().equals("getClass") && !method.getDeclaringClass().isEnum()) {
                    look(path, value, method, found, seen);
                }
            }
        }
    }

    private static void look(String path, Object value, java.lang.reflect.Method method, List<String> found, Set<Object> seen) {
        Object inner;
        try {
            inner = method.invoke(value);
        } catch (ReflectiveOperationException e) {
            return;
        }
        if (method.getName().equals("getAdditionalProperties") && inner instanceof Map<?, ?> unknown) {
            unknown.keySet().forEach(key -> found.add(path + "." + key));
        } else {
            findUnknown(path + "." + method.getName().substring(3), inner, found, seen);
        }
    }

    /** What all pods are like, whatever makes them. */
    static PodSpec podSpec(List<HasMetadata> objects) {
        for (HasMetadata object : objects) {
            if (object instanceof Deployment deployment) {
                return deployment.getSpec().getTemplate().getSpec();
            }
            if (object instanceof StatefulSet set) {
                return set.getSpec().getTemplate().getSpec();
            }
            if (object instanceof io.fabric8.knative.serving.v1.Service service) {
                var spec = service.getSpec().getTemplate().getSpec();
                return new PodSpecBuilder().withContainers(spec.getContainers()).withVolumes(spec.getVolumes())
                        .withAutomountServiceAccountToken(spec.getAutomountServiceAccountToken()).build();
            }
        }
        throw new AssertionError("nothing makes pods");
    }
}
