package io.freshet.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

class ChartTest {

    private static final String[] EVERYTHING = { "autoscaling.enabled=true", "autoscaling.customMetric.name=freshet_in_flight",
            "ingress.enabled=true", "ingress.tlsSecret=cert", "ingress.className=nginx", "gateway.enabled=true",
            "gateway.parentRefs[0].name=edge", "gateway.hostnames[0]=a.example", "metrics.serviceMonitor.enabled=true",
            "metrics.serviceMonitor.authorizationSecret=scrape", "metrics.prometheusRule.enabled=true",
            "metrics.dashboard.enabled=true", "tls.existingSecret=tls", "kafka.bootstrapServers=kafka:9092",
            "kafka.settings.acks=all", "redis.hosts=redis://redis:6379", "mongodb.connectionString=mongodb://mongo",
            "schemaRegistry.url=http://registry:8081", "security.jwt.issuer=https://issuer.example",
            "security.jwt.publicKeyLocation=https://issuer.example/keys", "security.jwt.audience=freshet",
            "security.origins[0]=https://console.example", "security.outboundAllow[0]=*.example.com", "env.JAVA_OPTS=-Xmx512m",
            "envFromSecrets[0]=more", "imagePullSecrets[0].name=registry", "podLabels.team=data", "podAnnotations.note=x",
            "streams.demo.source.pattern.seed=1", "streams.demo.sinks[0].websocket.history=false",
            "networkPolicy.egress[0].ports[0].port=9092",
            "priorityClassName=high", "nodeSelector.disk=ssd", "service.type=NodePort", "service.annotations.a=b" };

    static Stream<List<String>> combinations() {
        List<List<String>> combinations = new ArrayList<>(List.of(List.of(), List.of(EVERYTHING),
                with("persistence.enabled=true"),
                List.of("persistence.enabled=true", "replicas=3", "persistence.storageClass=fast"),
                List.of("mongodb.store=true", "mongodb.connectionString=mongodb://mongo", "replicas=3"),
                List.of("keda.enabled=true"),
                List.of("keda.enabled=true", "keda.topics[0].topic=orders", "keda.topics[0].group=freshet-orders",
                        "keda.kafkaAuthentication=kafka", "keda.prometheus.address=http://prometheus:9090",
                        "kafka.bootstrapServers=kafka:9092"),
                List.of("knative.enabled=true"),
                List.of("knative.enabled=true", "knative.minScale=1", "tls.existingSecret=", "podAnnotations.note=x",
                        "imagePullSecrets[0].name=registry", "envFromSecrets[0]=more"),
                List.of("networkPolicy.enabled=false", "podDisruptionBudget.enabled=false", "topologySpread.enabled=false",
                        "serviceAccount.create=false"),
                List.of("fullnameOverride=" + "very-long-name-".repeat(6) + "x"), List.of("image.tag=1.2.3"),
                List.of("image.digest=sha256:" + "a".repeat(64))));
        for (String one : EVERYTHING) {
            if (!one.startsWith("gateway.") && !one.startsWith("security.jwt") && !one.startsWith("streams.")) {
                combinations.add(List.of(one));
            }
        }
        return combinations.stream();
    }

    private static List<String> with(String more) {
        List<String> all = new ArrayList<>(List.of(EVERYTHING));
        all.add(more);
        return all;
    }

    @Test
    void isCleanForTheStrictLinter() {
        var result = new Helm(Chart.FOLDER).lint().strict().call();
        assertThat(result.isFailed()).as(String.valueOf(result.getMessages())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void whateverTheValuesEveryObjectIsOneThatKubernetesKnowsAndKeepsThePolicy(List<String> values) throws IOException {
        String rendered = Chart.render(values.toArray(String[]::new));
        List<HasMetadata> objects = Chart.objects(rendered);
        assertThat(objects).hasSizeGreaterThan(3).noneMatch(Secret.class::isInstance);
        assertThat(objects.stream().map(object -> object.getKind() + "/" + object.getMetadata().getName()))
                .doesNotHaveDuplicates();
        objects.forEach(object -> assertThat(object.getMetadata().getName()).hasSizeLessThanOrEqualTo(63));
        checkPod(Chart.podSpec(objects));
        for (ConfigMap map : Chart.objects(rendered, ConfigMap.class)) {
            for (String text : map.getData() == null ? List.<String> of() : map.getData().values()) {
                assertThat(text).doesNotContainPattern(Pattern.compile("(?i)(password|secret|sharedaccesskey)\\s*[=:]"))
                        .doesNotContainPattern("://[^/\\s]+@");
            }
        }
    }

    private static void checkPod(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        for (Container container : pod.getContainers()) {
            var security = container.getSecurityContext();
            assertThat(security.getRunAsNonRoot()).isTrue();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getPrivileged()).isNull();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isNullOrEmpty();
            assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            Map<String, Quantity> limits = container.getResources().getLimits();
            assertThat(limits).containsKeys("cpu", "memory");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getImage()).matches(".+(:[^:/]+|@sha256:[0-9a-f]{64})").doesNotEndWith(":latest");
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
            assertThat(container.getVolumeMounts()).extracting("name")
                    .isSubsetOf(Stream.concat(pod.getVolumes().stream().map(volume -> volume.getName()), Stream.of("data"))
                            .toList());
        }
    }

    @Test
    void thePodHasLongerThanItsDrain() throws IOException {
        String rendered = Chart.render("shutdown.delaySeconds=7", "shutdown.drainSeconds=40");
        Deployment deployment = Chart.objects(rendered, Deployment.class).get(0);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Properties properties = properties(rendered);
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(7 + 40);
        assertThat(properties).containsEntry("quarkus.shutdown.delay", "7S").containsEntry("quarkus.shutdown.timeout", "40S")
                .containsEntry("freshet.stream-grace", "20S").containsEntry("freshet.request-grace", "20S");
        assertThat(pod.getContainers().get(0).getReadinessProbe().getHttpGet().getPort().getStrVal()).isEqualTo("management");
        assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    }

    private static Properties properties(String rendered) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Chart.objects(rendered, ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().endsWith("-config")).findFirst().orElseThrow().getData()
                .get("application.properties")));
        return properties;
    }

    @Test
    void settingsReachTheServiceByTheirNames() throws IOException {
        Properties properties = properties(Chart.render(EVERYTHING));
        assertThat(properties).containsEntry("kafka.bootstrap.servers", "kafka:9092")
                .containsEntry("freshet.sinks.kafka.\"acks\"", "all").containsEntry("quarkus.redis.hosts", "redis://redis:6379")
                .containsEntry("mp.jwt.verify.issuer", "https://issuer.example")
                .containsEntry("freshet.security.api-keys-file", "/etc/freshet/keys/api-keys")
                .containsEntry("quarkus.tls.reload-period", "1h")
                .containsEntry("freshet.security.outbound.allow", "*.example.com");
    }

    @Test
    void podsOfOneReleaseShareTheirStoreWithNobodyElse() throws IOException {
        assertThat(properties(Chart.render("mongodb.store=true", "mongodb.connectionString=mongodb://mongo", "replicas=3")))
                .containsEntry("freshet.store.mongodb", "true").hasEntrySatisfying("freshet.sharing.group",
                        group -> assertThat(group.toString()).startsWith("freshet.").endsWith("freshet"));
    }

    @Test
    void aFolderStoreIsAStatefulSetWithAVolumeOfEachPod() {
        String rendered = Chart.render("persistence.enabled=true", "replicas=3");
        assertThat(Chart.objects(rendered, Deployment.class)).isEmpty();
        StatefulSet set = Chart.objects(rendered, StatefulSet.class).get(0);
        assertThat(set.getSpec().getReplicas()).isEqualTo(3);
        assertThat(set.getSpec().getVolumeClaimTemplates()).hasSize(1);
        assertThat(set.getSpec().getTemplate().getSpec().getContainers().get(0).getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/var/lib/freshet"));
    }

    @Test
    void declaredStreamsAreFilesOfAConfigMap() throws IOException {
        ConfigMap declared = Chart.objects(Chart.render("streams.demo.source.pattern.seed=1",
                "streams.demo.sinks[0].file.path=x"), ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().endsWith("-declared")).findFirst().orElseThrow();
        JsonNode stream = new YAMLMapper().readTree(declared.getData().get("demo.yaml"));
        assertThat(stream.path("name").asText()).isEqualTo("demo");
        assertThat(stream.at("/source/pattern/seed").asInt()).isEqualTo(1);
    }

    @Test
    void changedConfigurationMakesNewPodsAndChangedStreamsDoNot() {
        assertThat(checksum(Chart.render("kafka.bootstrapServers=a:1")))
                .isNotEqualTo(checksum(Chart.render("kafka.bootstrapServers=b:1")));
        assertThat(checksum(Chart.render())).isEqualTo(
                checksum(Chart.render("streams.demo.source.pattern.seed=1", "streams.demo.sinks[0].file.path=x")));
    }

    private static String checksum(String rendered) {
        return Chart.objects(rendered, Deployment.class).get(0).getSpec().getTemplate().getMetadata().getAnnotations()
                .get("checksum/config");
    }

    @Test
    void whatCannotWorkOrWouldLeakIsRefusedWithAReason() {
        assertThatThrownBy(() -> Chart.renderBare()).hasMessageContaining("no authentication is configured");
        refuses("tag", "image.tag=latest");
        refuses("publicKeyLocation", "security.jwt.issuer=https://i.example");
        refuses("envFromSecrets", "env.QUARKUS_REDIS_PASSWORD=x");
        refuses("exclude each other", "mongodb.store=true", "mongodb.connectionString=mongodb://mongo",
                "persistence.enabled=true");
        refuses("QUARKUS_MONGODB_CONNECTION_STRING", "mongodb.store=true");
        refuses("envFromSecrets", "mongodb.connectionString=mongodb://u:p@mongo");
        refuses("looks like a secret", "kafka.settings.sasl\\.jaas\\.config=x");
        refuses("exclude each other", "knative.enabled=true", "persistence.enabled=true");
        refuses("exclude each other", "knative.enabled=true", "autoscaling.enabled=true");
        refuses("maxReplicas", "autoscaling.enabled=true", "autoscaling.minReplicas=9");
        refuses("exclude each other", "keda.enabled=true", "autoscaling.enabled=true");
        refuses("exclude each other", "keda.enabled=true", "knative.enabled=true");
        refuses("maxReplicas", "keda.enabled=true", "keda.minReplicas=9");
        refuses("needs a trigger", "keda.enabled=true", "keda.targetCpuUtilization=0");
        refuses("parentRefs", "gateway.enabled=true");
        for (String misspelt : List.of("replica=1", "image.tags=1", "resources.limits.gpu=1",
                "metrics.serviceMonitor.enable=true",
                "metrics.prometheusRule.thresholds.low=1", "knative.max=1", "probes.liveness.timeout=1",
                "security.jwt.iss=x")) {
            refuses(misspelt.substring(misspelt.lastIndexOf('.') + 1, misspelt.indexOf('=')), misspelt);
        }
        refuses("replicas", "replicas=-1");
        refuses("pullPolicy", "image.pullPolicy=Sometimes");
    }

    @Test
    void kedaScalesByTheLagOfTopicsByThePaceAndByTheProcessor() throws IOException {
        String rendered = Chart.render("keda.enabled=true", "keda.topics[0].topic=orders",
                "keda.topics[0].group=freshet-orders", "keda.prometheus.address=http://prometheus:9090",
                "kafka.bootstrapServers=kafka:9092");
        GenericKubernetesResource scaled = Chart.objects(rendered, GenericKubernetesResource.class).get(0);
        assertThat(scaled.getKind()).isEqualTo("ScaledObject");
        assertThat(scaled.<List<Map<String, Object>>> get("spec", "triggers")).extracting(trigger -> trigger.get("type"))
                .containsExactly("kafka", "prometheus", "cpu");
        assertThat(scaled.<Map<String, String>> get("spec", "triggers", 0, "metadata")).containsEntry("topic", "orders")
                .containsEntry("consumerGroup", "freshet-orders").containsEntry("lagThreshold", "10000")
                .containsEntry("bootstrapServers", "kafka:9092");
        assertThat(Chart.objects(rendered, Deployment.class).get(0).getSpec().getReplicas()).isNull();
    }

    private static void refuses(String reason, String... values) {
        assertThatThrownBy(() -> Chart.render(values)).as(String.join(" ", values)).hasMessageContaining(reason);
    }

    @Test
    void everyValueIsDescribedAndInTheSchemaWhichIsClosedAtEveryLevel() throws IOException {
        List<String> lines = Files.readAllLines(Chart.FOLDER.resolve("values.yaml"));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean leaf = line.matches("\\s*[A-Za-z]+:\\s+\\S.*");
            boolean sameAsBefore = i > 0 && lines.get(i - 1).matches("\\s*(cpu):\\s+\\S.*");
            assertThat(!leaf || sameAsBefore || lines.get(i - 1).strip().startsWith("# -- "))
                    .as("line " + (i + 1) + ": " + line)
                    .isTrue();
        }
        JsonNode schema = new ObjectMapper().readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
        compare("", new YAMLMapper().readTree(Chart.FOLDER.resolve("values.yaml").toFile()), schema);
    }

    private static void compare(String path, JsonNode values, JsonNode schema) {
        if (!schema.has("properties")) {
            return;
        }
        assertThat(schema.path("additionalProperties").asBoolean(true)).as(path + " is closed").isFalse();
        for (Iterator<String> names = schema.path("properties").fieldNames(); names.hasNext();) {
            String name = names.next();
            assertThat(values.has(name) || name.equals("global")).as(path + "." + name + " is among the values").isTrue();
            compare(path + "." + name, values.path(name), schema.path("properties").path(name));
        }
        values.fieldNames().forEachRemaining(
                name -> assertThat(schema.path("properties").has(name)).as(path + "." + name + " is in the schema").isTrue());
    }

    /** Alerts and panels ask for meters that there are. */
    @Test
    void alertsAndDashboardAskForWhatTheServiceMeasures() throws IOException {
        String meters = Files.readString(Chart.FOLDER.resolve("../../src/main/java/io/freshet/stream/StreamMeters.java"));
        String asked = Files.readString(Chart.FOLDER.resolve("templates/monitoring.yaml"))
                + Files.readString(Chart.FOLDER.resolve("dashboards/freshet.json"));
        var names = Pattern.compile("freshet_[a-z_]+").matcher(asked).results().map(match -> match.group()
                .replaceFirst("_(total|seconds_bucket|seconds_count)$", "").replace('_', '.'))
                .filter(name -> name.contains("."))
                .filter(name -> name.startsWith("freshet.stream") || name.startsWith("freshet.sink")).distinct().toList();
        assertThat(names).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(meters).contains('"' + name + '"'));
        assertThat(new ObjectMapper().readTree(Chart.FOLDER.resolve("dashboards/freshet.json").toFile()).path("panels"))
                .hasSize(8);
        for (String alert : List.of("LOW_THROUGHPUT", "HIGH_QUEUE_UTILIZATION", "HIGH_ERROR_RATE", "HIGH_LATENCY")) {
            assertThat(asked).contains("alert: " + alert);
        }
    }
}
